"""The shell owns all markup of components, so that a change of the Design System is a change of one room."""

import re

import pytest

from tests.house.source import PACKAGE, name, ours

SHELL = PACKAGE / "shell"
CLASS = re.compile(r"\b(?:govuk|moj|fd)-[a-z]")
HANDLERS = "click|change|input|load|submit|focus|blur|error|key[a-z]+|mouse[a-z]+|pointer[a-z]+"
INLINE = re.compile(
    rf"""<style|\sstyle=["'][^"']*:|\son(?:{HANDLERS})=|<script(?![^>]*\ssrc=)(?![^>]*type="application/json")""",
    re.IGNORECASE,
)
# A template as it is named in Python or in another template; what an f-string puts in stands for any name.
REFERENCE = re.compile(r"""["']((?:[\w/-]|\{[^{}"']*\})+\.html)["']""")


def _templates():
    return [path for path in ours(".html") if path.is_relative_to(PACKAGE)]


def _lines(paths, pattern):
    return [
        f"{name(path)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_a_class_of_a_component_stands_in_the_shell_alone():
    assert not _lines([path for path in _templates() if not path.is_relative_to(SHELL)], CLASS)


def test_no_module_of_another_room_names_a_class_of_a_component():
    quoted = re.compile(r"""["'][^"']*\b(?:govuk|moj|fd)-[a-z-]+[^"']*["']""")
    others = [path for path in ours(".py") if path.is_relative_to(PACKAGE) and not path.is_relative_to(SHELL)]
    assert not _lines([path for path in others if path.parent.name not in ("config", "demo")], quoted)


def test_what_is_wrong_is_summed_up_once():
    """The layouts do it already before their content: a page does so itself where it takes the layout's main part."""
    own = [path for path in _templates() if not path.is_relative_to(SHELL)]
    twice = [path for path in own if "{% block main %}" not in path.read_text(encoding="utf-8")]
    assert not _lines(twice, re.compile(r"ui\.error_summary\(form\)"))


STANDS_ALONE = PACKAGE / "config" / "down_sheet.html"
"""Opened from a disk, without the site and its policy: it brings its own script and style, and names their hashes."""


def test_no_template_holds_a_script_or_a_style():
    assert not _lines([path for path in _templates() if path != STANDS_ALONE], INLINE)
    assert "default-src 'none'; script-src 'SCRIPT_HASH'" in STANDS_ALONE.read_text(encoding="utf-8")


@pytest.mark.parametrize("line", ['<p style="color: red">', "<style>", '<a onclick="x">', "<script>x</script>"])
def test_a_script_or_style_in_a_template_would_be_found(line):
    assert INLINE.search(line)


def _named():
    files = [path for path in ours(".html", ".py") if path.is_relative_to(PACKAGE)]
    names = {found for path in files for found in REFERENCE.findall(path.read_text(encoding="utf-8"))}
    return re.compile("|".join(re.sub(r"\\\{.*?\\\}", r"[\\w-]+", re.escape(one)) for one in names))


def test_no_template_is_left_unused():
    # Components are reached by their names (tests/shell), what allauth draws by allauth.
    named = _named()
    templates = {str(path).partition("/jinja2/")[2] for path in _templates() if "jinja2" in path.parts}
    unused = {each for each in templates if not named.fullmatch(each) and not each.startswith("shell/components/")}
    assert not unused
