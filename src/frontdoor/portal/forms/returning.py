"""The code of a report that was put aside."""

from django import forms

from frontdoor.portal.forms.base import Page
from frontdoor.shell.forms import LineField


class CodeForm(Page):
    """Sixteen letters and numbers, however they are typed."""

    code = LineField(
        label="Your code",
        help_text="It has 16 letters and numbers. Dashes and small letters do not matter.",
        missing="Enter your code",
        most=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
