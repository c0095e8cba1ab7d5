"""Background handlers of records that few may open: load, one action."""

from datetime import datetime

from django.core.mail import send_mass_mail
from django.template.loader import render_to_string

from frontdoor.access.models import User
from frontdoor.actors.rules import MAILER, MATCHER, Actor
from frontdoor.background.actions import job
from frontdoor.people.actions import restricting_declared, restricting_glass
from frontdoor.trail import actions as trail


@job("people.tell_of_glass", by=MAILER)
def tell_of_glass(*, by: Actor, at: datetime, glass: str) -> None:
    """Tell the owner of a restriction and the data protection officers that a glass was broken; by mail, not whose."""
    told = restricting_glass.whom_to_tell(glass, by=by, at=at)
    emails = User.objects.filter(pk__in=told, is_active=True).order_by("pk").values_list("email", flat=True)
    body = render_to_string("people/mail/restriction_glass.txt", using="jinja2")
    trail.record("people.tell_of_glass", by=by, at=at, users=told)
    send_mass_mail([("Something to look at today", body, None, [email]) for email in emails])


@job("people.match_declared", by=MATCHER)
def match_declared(*, by: Actor, at: datetime) -> None:
    """Look for the records of those whom our own people declared."""
    restricting_declared.match_declared(by=by, at=at)
