"""What can be pressed on the first screen of a record."""

import pytest

from frontdoor.contacts.pages import glance
from frontdoor.shell.pages import Action

NOW = Action("Act now", "n", href="#act-now", style="warning")
PRESSING = [
    glance.Must(words, None, action=Action(words, key)) for words, key in zip("abcdefg", "abcdefg", strict=True)
]


@pytest.mark.parametrize("count", range(len(PRESSING) + 1))
def test_acting_now_is_always_there_however_much_presses(count: int) -> None:
    shown = glance.actions(PRESSING[:count], [NOW])
    assert NOW in shown
    assert len(shown) == min(count + 1, glance.MOST_ACTIONS)
    assert [each.key for each in shown if each.style == "primary"] == ["a"][:count]


def test_no_key_stands_twice() -> None:
    assert [each.text for each in glance.actions(PRESSING[:1], [Action("other", "a"), NOW])] == ["a", "Act now"]
