"""Check digits of the numbers that identify a child: NHS number and unique pupil number."""

import re

from stdnum.exceptions import ValidationError
from stdnum.gb import nhs, upn

from frontdoor.codes.rules.national import AUTHORITIES


class NotANumber(ValueError):
    """What was typed cannot be such a number; the text says why in words for the person who typed it."""


_SPACES = re.compile(r"[\s\-\u2010-\u2015]+")

# Authorities that are gone or were never real, and whose numbers still stand in pupil numbers (census rule 1530).
_PAST = frozenset({"820", "835", "836", "837", "909", "928"})
_PSEUDO = frozenset(f"{number:03d}" for span in (range(1, 6), range(660, 682), range(701, 709)) for number in span)


def nhs_number(text: str) -> str:
    """An NHS number as ten digits.

    :raises NotANumber: wrong length, letters, a wrong check digit, or ten equal noughts or nines
    """
    digits = _SPACES.sub("", text)
    if not (digits.isascii() and digits.isdigit()) or len(digits) != 10:
        raise NotANumber("An NHS number has 10 digits")
    if digits in {"0000000000", "9999999999"}:  # both pass the check and belong to nobody
        raise NotANumber("This is not a real NHS number")
    try:
        return str(nhs.validate(digits))
    except ValidationError as error:
        raise NotANumber("Check the NHS number: one of its digits is wrong") from error


def shown_nhs_number(digits: str) -> str:
    """An NHS number in the usual groups, 3-3-4."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def pupil_number(text: str) -> str:
    """A unique pupil number (UPN) of 13 characters; a temporary one may end in a letter.

    The numbers of authorities are our own: python-stdnum's list is from 2011.

    :raises NotANumber: wrong length, shape, authority or check letter (census rules 1510 to 1550)
    """
    number = _SPACES.sub("", text).upper()
    if not re.fullmatch(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]", number, re.ASCII):
        raise NotANumber("A pupil number is a letter and 12 digits, for example B801200005001")
    if number[1:4] not in AUTHORITIES and number[1:4] not in _PAST and number[1:4] not in _PSEUDO:
        raise NotANumber("Check the pupil number: digits 1 to 3 are not those of a council")
    if upn.calc_check_digit(number[1:]) != number[0]:
        raise NotANumber("Check the pupil number: its letter does not fit its digits")
    return number
