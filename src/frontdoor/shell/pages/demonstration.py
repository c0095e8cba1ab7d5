"""What every page of a demonstration says."""

from django.conf import settings

from frontdoor.shell.pages.frame import Notice

INVENTED = Notice(
    "All people on this site are invented, and so is the extension of the councils' agreement to 2029.",
    label="Demonstration",
)


def of_the_site() -> tuple[Notice, ...]:
    """What stands on every page of this installation, whoever opens it."""
    return (INVENTED,) if settings.DEMO else ()
