"""The vendor folder of pages: whole, and without what is GOV.UK's own."""

import re

import pytest

from frontdoor.config.assets import FILES, Left, build, stripped
from tests.house.source import PACKAGE

VENDOR = PACKAGE / "shell" / "static" / "vendor"

SHEET = (
    '@charset "UTF-8";@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}'
    ".a{font-family:GDS Transport,arial,sans-serif}.logo:before{background-image:url(/assets/images/govuk-crest.svg)}"
    "@media print{.b{color:red}}.c{background:url(/assets/images/icon-document.svg)}\n"
    "/*# sourceMappingURL=a.css.map */\n"
)


def test_font_crest_and_source_map_are_taken_out_and_the_rest_is_kept():
    assert stripped(SHEET) == (
        '@charset "UTF-8";.a{font-family:arial,sans-serif}@media print{.b{color:red}}'
        ".c{background:url(images/icon-document.svg)}\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        ".a{font:16px 'GDS Transport'}",
        "@import url(/assets/more.css);",
        ".a{background:URL(data:crown)}",
        "@FONT-FACE{}",
    ],
)
def test_a_trace_that_is_left_stops_the_build(tmp_path, text):
    for file in FILES:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    with pytest.raises(Left, match="still holds"):
        build(tmp_path, tmp_path / "vendor")
    assert not (tmp_path / "vendor").exists()


def test_every_picture_that_a_built_sheet_asks_for_stands_beside_it():
    for sheet in VENDOR.glob("*.css"):
        for address in re.findall(r"url\(([^)]*)\)", sheet.read_text(encoding="utf-8")):
            assert address.startswith("data:") or (VENDOR / address).is_file(), address


def test_no_script_asks_for_another_file_or_for_what_the_security_policy_refuses():
    for script in VENDOR.glob("*.js"):
        assert not re.search(r"\bimport\s*[({\"']|\beval\(|new Function", script.read_text(encoding="utf-8"))
