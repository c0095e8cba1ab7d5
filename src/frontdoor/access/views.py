"""How allauth meets our accounts: nobody signs up; an administrator makes accounts, a council's directory may vouch."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up, and keeps allauth's messages off pages that may hold a family's record."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        return None


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """A council's directory signs in people who have an account here; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
