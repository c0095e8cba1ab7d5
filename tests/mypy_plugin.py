"""mypy's plugin for Django: the settings need an environment, and types need none that is real."""

import os

from mypy_django_plugin.main import plugin

__all__ = ["plugin"]

os.environ.setdefault("FRONTDOOR_DATABASE_URL", "postgresql:///none")
os.environ.setdefault("FRONTDOOR_OWNER_URL", "postgresql:///none")
os.environ.setdefault("FRONTDOOR_SECRET_KEY", "types" * 10)
os.environ["FRONTDOOR_TESTING"] = "1"
