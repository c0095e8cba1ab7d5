"""What is pressed and ticked on the page on which it is settled who the people of a contact are."""

from collections.abc import Iterable
from typing import Any

from django import forms

from frontdoor.shell.forms import LineField, PickManyField, TickField, offer


class SaidForm(forms.Form):
    """Who is meant, how much had been said of them, and what is pressed, with the key of the record it is about."""

    named = forms.UUIDField()
    seen = forms.IntegerField(min_value=0)
    do = forms.RegexField(r"^(confirm|reject|create|add)(:[0-9a-f-]{36})?$", required=True)


class BackForm(forms.Form):
    """Which of the things said is taken back."""

    link = forms.UUIDField()


class NewsForm(forms.Form):
    """What a contact says of somebody that their record does not: written only where it is ticked."""

    news = PickManyField(label="This contact says something new. What is added to the record?", required=False)

    def __init__(self, *args: Any, offered: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "news", offered)


class FamilyForm(forms.Form):
    """That who told us is family, and that nothing speaks against their being named in the record."""

    relationship = LineField(label="What are they to the child?", missing="Say what they are to the child", most=100)
    family = TickField(label="They belong to the child's family")
    unprotected = TickField(label="They did not ask to be kept secret, and nobody would be in danger if they are named")
