"""How the sign-in library meets our accounts: nobody signs up, and every sign-in leaves an entry in the trail."""

from base64 import urlsafe_b64encode
from datetime import datetime
from functools import cache as once
from ipaddress import ip_address, ip_network
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account import signals as account_signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.internal import httpkit, ratelimit
from allauth.mfa import signals as mfa_signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth import signals as auth_signals
from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes

from frontdoor.access.actions import note_sign_in, one_at_a_time, send_link
from frontdoor.access.models import User
from frontdoor.access.queries import account_of_address
from frontdoor.access.rules import DORMANT, SEEN_AT, SIGNED_IN_AT, Kind, Link, address, asleep
from frontdoor.actors.actions import current
from frontdoor.actors.rules import NotFound


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up, keeps sleeping accounts out, and keeps messages off pages that may hold a family's record."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        return None

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count attempts at one account one after the other: at once, each would see the count of before.

        Whoever tries from where the account has signed in before is counted apart: strangers who guess keep nobody out
        of their night shift.
        """
        email = str(credentials.get("email", ""))
        one_at_a_time(email)
        place = _place(email, request)
        if not cache.get(place):
            super().pre_authenticate(request, **credentials)
            return
        self._login_failed_rl_usage = ratelimit.consume(request, app="allauth.account", action="login_known", key=place)
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Stop an account that fell asleep, whichever way it signs in, after it has proved itself."""
        if asleep(user.last_login, user.awake_since, at=_at(request)):
            note_sign_in("access.sign_in_refused", user, why="asleep", by=current(), at=_at(request))
            clear_login(request)
            response: HttpResponse = self.respond_user_inactive(request, user)
            return response
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again before a second factor changes, unless the sign-in itself is only minutes old."""
        records = get_authentication_records(context.request, context.request.user)
        since = _at(context.request).timestamp() - account_settings.REAUTHENTICATION_TIMEOUT
        if any(record["at"] > since for record in records):
            return False
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Leave the link to a job: sent at once, a known address would answer later than an unknown one."""
        send_link(user, Link.RESET, site=_site())


class FactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted, so that a copy of the database signs nobody in."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


@once
def _cipher() -> MultiFernet:
    """Encrypts by the service's secret key; what an earlier key encrypted stays readable during a rotation."""
    keys = [force_bytes(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    derived = [HKDF(SHA256(), 32, salt=None, info=b"frontdoor second factors").derive(key) for key in keys]
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in derived])


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """A council's directory signs in people who have an account here; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


@address(Kind.NONE)
def closed(request: HttpRequest) -> HttpResponse:
    """What the sign-in library offers and this service does not."""
    raise NotFound


def _site() -> str:
    """Scheme and host of this request, which the allowed hosts have checked: what a link in a mail begins with."""
    site: str = context.request.build_absolute_uri("/")
    return site


def _place(email: str, request: HttpRequest) -> str:
    """An account at a place, as it is remembered: neither can be read back. A place is a network, not one machine."""
    address = httpkit.get_client_ip(request) or "::"
    version = ip_address(address).version
    network = ip_network(f"{address}/{24 if version == 4 else 56}", strict=False)
    return f"known-place-{salted_hmac('frontdoor places', f'{email.lower()} {network}').hexdigest()}"


def _at(request: Any) -> datetime:
    at: datetime = getattr(request, "at", None) or timezone.now()
    return at


def signed_in(sender: Any, request: Any, user: User, **kwargs: Any) -> None:
    """Begin the session's limits and write the sign-in down."""
    at = _at(request)
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = at.timestamp()
    cache.set(_place(user.email, request), 1, DORMANT.total_seconds())
    methods = [record.get("method", "") for record in get_authentication_records(request, user)]
    note_sign_in("access.sign_in", user, by=current(), at=at, methods=methods)


def sign_in_failed(sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
    """Write down a wrong password; of an unknown address nothing is kept, for people type passwords there too."""
    user = account_of_address(str(credentials.get("email", "")))
    note_sign_in("access.sign_in_failed", user, by=current(), at=_at(request), step="password")


def factor_failed(sender: Any, request: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Write down a wrong second factor."""
    note_sign_in("access.sign_in_failed", user, by=current(), at=_at(request), step=authenticator.type)


def signed_out(sender: Any, request: Any, user: User | None, **kwargs: Any) -> None:
    """Write a sign-out down, and have the browser forget."""
    request.signed_out = True
    if user is not None:
        note_sign_in("access.sign_out", user, by=current(), at=_at(request))


def password_changed(sender: Any, request: Any, user: User, **kwargs: Any) -> None:
    """Write down that an account has a new password, and tell its owner."""
    note_sign_in("access.change_password", user, by=current(), at=_at(request))
    send_link(user, Link.NEW_PASSWORD, site=_site())


def factor_added(sender: Any, instance: Authenticator, created: bool, **kwargs: Any) -> None:
    """Write a new second factor down and tell the owner; who has just proved it need not give it again."""
    request = context.request
    if not created or request is None:
        return
    if instance.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, instance.user, "mfa", id=instance.pk, type=instance.type, added=True)
    note_sign_in("access.add_factor", instance.user, by=current(), at=_at(request), factor=instance.type)
    send_link(instance.user, Link.NEW_FACTOR, site=_site())


def factor_removed(sender: Any, instance: Authenticator, **kwargs: Any) -> None:
    """Write down that a second factor is gone."""
    if (request := context.request) is not None:
        note_sign_in("access.remove_factor", instance.user, by=current(), at=_at(request), factor=instance.type)
        send_link(instance.user, Link.NEW_FACTOR, site=_site())


def connect() -> None:
    """Listen to Django and the sign-in library; called once, when the room is ready.

    The library tells of second factors only after commit, so their rows are listened to.
    """
    auth_signals.user_logged_in.connect(signed_in)
    auth_signals.user_login_failed.connect(sign_in_failed)
    auth_signals.user_logged_out.connect(signed_out)
    mfa_signals.authentication_failed.connect(factor_failed)
    for signal in (account_signals.password_set, account_signals.password_changed, account_signals.password_reset):
        signal.connect(password_changed)
    post_save.connect(factor_added, sender=Authenticator)
    post_delete.connect(factor_removed, sender=Authenticator)
