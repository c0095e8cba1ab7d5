"""Every setting is named in the documents, with the default and the source that the code declares."""

import re

from frontdoor.councils.rules import every_setting
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "settings.md"


def _rows() -> dict[str, str]:
    """The lines of the page's tables by the name of the setting."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return {found[1]: line for line in lines if (found := re.match(r"\| `([^`]+)` \|", line))}


def test_the_page_of_settings_is_what_the_rooms_declare():
    declared = {
        setting.name: f"| `{setting.name}` | {setting.label}{' (fixed)' if setting.fixed else ''}"
        f" | {setting.shown(setting.default)} | {setting.source} |"
        for setting in every_setting()
    }
    assert _rows() == declared
