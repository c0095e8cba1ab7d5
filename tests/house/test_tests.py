"""What no test may do: flush a database, wait for the clock, or be switched off."""

import ast

from tests.house.source import functions, name, ours, tree

FLUSHING = {"live_server", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback"}


def _tests() -> list[ast.Module]:
    return [path for path in ours(".py") if "tests" in path.parts]


def _called(node: ast.AST) -> str:
    """A call or decorator as it is written: pytest.mark.django_db."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def test_no_test_asks_for_a_fixture_that_flushes():
    asked = {
        f"{name(path)}: {argument.arg}"
        for path in _tests()
        for function in functions(path)
        for argument in function.args.args
        if argument.arg in FLUSHING
    }
    assert not asked


def test_no_test_asks_for_a_transaction_that_is_flushed():
    asked = {
        f"{name(path)}:{node.lineno}"
        for path in _tests()
        for node in ast.walk(tree(path))
        if _called(node).endswith("django_db") and any(word.arg == "transaction" for word in node.keywords)
    }
    assert not asked


def test_no_test_is_a_case_that_flushes():
    cases = {
        f"{name(path)}:{node.lineno}"
        for path in _tests()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        if ast.unparse(base).rpartition(".")[2]
        in {"TransactionTestCase", "LiveServerTestCase", "StaticLiveServerTestCase"}
    }
    assert not cases


def test_no_test_sleeps_or_is_switched_off():
    unwanted = {"time.sleep", "sleep", "pytest.skip", "pytest.xfail", "pytest.mark.skip", "pytest.mark.xfail"}
    found = {
        f"{name(path)}:{node.lineno} {_called(node)}"
        for path in _tests()
        for node in ast.walk(tree(path))
        if _called(node) in unwanted
    }
    assert not found
