"""Functions, files and templates stay short enough to be read at one go."""

import ast
from statistics import quantiles

from tests.house.source import functions, name, ours


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _lines(suffix: str) -> dict[str, int]:
    return {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in ours(suffix)}


def test_no_function_has_more_than_sixty_lines():
    long = {
        f"{name(path)}:{function.name}": _length(function)
        for path in ours(".py")
        for function in functions(path)
        if _length(function) > 60
    }
    assert not long


def test_nineteen_functions_of_twenty_have_at_most_thirty_lines():
    lengths = [_length(function) for path in ours(".py") for function in functions(path)]
    assert quantiles(lengths, n=20)[-1] <= 30


def test_no_file_has_more_than_five_hundred_lines():
    assert not {file: lines for file, lines in _lines(".py").items() if lines > 500}


def test_no_template_has_more_than_a_hundred_and_twenty_lines():
    assert not {file: lines for file, lines in _lines(".html").items() if lines > 120}


def test_nineteen_templates_of_twenty_have_at_most_eighty_lines():
    lengths = list(_lines(".html").values())
    assert quantiles(lengths, n=20)[-1] <= 80
