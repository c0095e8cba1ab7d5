"""What a contact says of its files."""

from frontdoor.contacts.rules.correspondence import ORIGINALS

CAME = {
    "contacts.submission": "With the report",
    "contacts.contact": "Added here",
    ORIGINALS: "The letter or e-mail itself",
}
"""By what files belong to, how they came."""

NONE = "No file came with it, and none was added."
WITH_WHO_TOLD_US = "None was added here. The letter or e-mail itself lies with who told us, for those who may see that."


def empty(*, on_paper: bool) -> str:
    """What is said where no file is shown: there may be one that the reader may not see."""
    return WITH_WHO_TOLD_US if on_paper else NONE
