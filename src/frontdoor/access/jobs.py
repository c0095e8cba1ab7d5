"""Mails about accounts."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from frontdoor.access.models import User
from frontdoor.access.rules import SUBJECTS, Link
from frontdoor.actors.rules import MAILER, Actor
from frontdoor.background.actions import job
from frontdoor.trail import actions as trail


@job("access.send_link", by=MAILER)
def send_link(*, by: Actor, at: datetime, user: int, link: str, site: str) -> None:
    """Send a mail about an account; the one-time link is made here, so that no job argument holds it."""
    account = User.objects.get(pk=user)
    if not account.is_active:
        return
    kind, where = Link(link), ""
    if kind in (Link.INVITATION, Link.RESET):
        where = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(account), _token(account)])
    context = {"site": site.rstrip("/"), "where": where, "at": at}
    body = render_to_string(f"access/mail/{kind}.txt", context, using="jinja2")
    trail.record("access.send_link", subject=account, by=by, at=at, link=kind)
    send_mail(SUBJECTS[kind], body, None, [account.email])


def _token(account: User) -> str:
    token: str = default_token_generator.make_token(account)
    return token
