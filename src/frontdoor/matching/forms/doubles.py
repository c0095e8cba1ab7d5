"""What is typed about possible doubles."""

from django import forms

from frontdoor.shell.forms import LineField


class RejectForm(forms.Form):
    """Why two records are not one person."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    why = LineField(label="Why are they not the same person?", most=300, missing="Say why they are not the same person")
