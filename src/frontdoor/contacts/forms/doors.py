"""What is typed of a report that may not be genuine, as clean values."""

from frontdoor.contacts.forms.screening import Seen
from frontdoor.shell.forms import LineField


class NotGenuineForm(Seen):
    """Why a report is not genuine."""

    why = LineField(
        label="Why is it not genuine, in one line?", most=280, missing="Write one line: why it is not genuine",
        help_text="What shows it, not who you think sent it. Another person has to agree.",
    )  # fmt: skip
