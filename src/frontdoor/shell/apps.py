"""Django's entry for the room."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """The room's name and label; it has no tables."""

    name = "frontdoor.shell"
    label = "shell"
    verbose_name = "Pages"
