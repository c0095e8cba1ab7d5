"""Invitations that calendars read (RFC 5545 and 5546): when and where, and nothing of a family."""

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from frontdoor.familyhelp.models import Invited, Meeting
from frontdoor.familyhelp.rules.meetings import State
from frontdoor.letters.rules import House

LONDON = ZoneInfo("Europe/London")
SUMMARY = "Meeting"
TYPE = "text/calendar; charset=utf-8"


def invitation(meeting: Meeting, asked: Invited, house: House, *, email: str = "") -> bytes:
    """The invitation of one person to one meeting, or the word that it is cancelled, for all or for them.

    A calendar lies on telephones and on screens that others see: it names no child, no family, nobody else who is
    asked, and not what the meeting is about. The key of the meeting names it in every calendar, and a change has the
    next number.

    :param email: to which address it goes, where it is not handed over
    """
    off, over = asked.off_at, meeting.state == State.CANCELLED
    cancelled = over or off is not None
    calendar = Calendar()
    calendar.add("prodid", "-//Front Door//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    event, starts = Event(), asked.known_for.astimezone(LONDON)
    event.add("uid", str(meeting.key))
    event.add("sequence", meeting.sequence if asked.off_sequence is None else asked.off_sequence)
    event.add("dtstamp", (off or meeting.changed_at).astimezone(UTC))
    event.add("dtstart", starts)
    event.add("summary", SUMMARY)
    event.add("description", f"Arranged by {house.council}. Questions: {house.phone}.")
    if off is None:  # whoever is taken off hears nothing of where and how long it is now
        event.add("dtend", _after(meeting.starts_at, meeting.minutes))
        event.add("location", meeting.place)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["cn"] = vText(house.council)
    event.add("organizer", organizer)
    event.add("attendee", _attendee(asked, email))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _after(starts_at: datetime, minutes: int) -> datetime:
    """Sums are done in UTC: a meeting over a change of the clocks has its length."""
    return (starts_at.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(LONDON)


def _attendee(asked: Invited, email: str) -> vCalAddress:
    """The one person asked, by e-mail where there is one; nobody is named who has none."""
    email = email or (asked.practitioner.email if asked.practitioner else "")
    address = vCalAddress(f"mailto:{email}" if email else f"urn:uuid:{asked.key}")
    address.params["role"] = vText("REQ-PARTICIPANT")
    return address
