"""Rows of accounts and posts."""

from collections.abc import Iterable

from django.urls import reverse

from frontdoor.access.models import ApiClient
from frontdoor.access.queries import Account, PostHeld, SenderHeld
from frontdoor.access.rules import ROLE_NAMES
from frontdoor.shell.pages import Row, link, tag, text, when
from frontdoor.shell.rules import words

_STATES = {
    "in use": ("In use", "ok"),
    "asleep": ("Asleep", "soon"),
    "invited": ("Invited", "waiting"),
    "ended": ("Ended", "done"),
}
_POST_STATES = {"in force": ("In force", "ok"), "to come": ("To come", "waiting"), "ended": ("Ended", "done")}


def account_rows(accounts: Iterable[Account], slug: str) -> list[Row]:
    """The list of accounts: who, state, roles today, last sign-in."""
    return [
        Row(
            (
                link(each.name, reverse("access:account", args=[slug, each.key]), below=each.email),
                tag(*_STATES[each.state]),
                text("; ".join(_in_force(each))),
                when(each.last_sign_in),
                text("Here" if each.kept_here else "By another council"),
            )
        )
        for each in accounts
    ]


def _in_force(account: Account) -> list[str]:
    return [f"{ROLE_NAMES[post.role]}, {post.team}" for post in account.posts if post.state == "in force"]


def about(account: Account) -> list[tuple[str, str]]:
    """One account as key and value."""
    rows = [
        ("E-mail address", account.email),
        ("State", _STATES[account.state][0]),
        ("Social Work England number", account.registration or "None"),
        ("Second step at sign-in", "Set up" if account.has_second_factor else "Not set up yet"),
        ("Made", words.moment(account.made_at)),
        ("Last sign-in", words.moment(account.last_sign_in) if account.last_sign_in else "Never"),
    ]
    return [*rows, ("Ended", words.moment(account.ended_at))] if account.ended_at else rows


def post_rows(posts: Iterable[PostHeld], slug: str) -> list[Row]:
    """The posts of one account in this council, each with the link that ends it."""
    return [
        Row(
            (
                text(ROLE_NAMES[post.role], below=post.team),
                text(post.agency),
                text(words.day(post.starts_on)),
                text(words.day(post.ends_on) if post.ends_on else "Open"),
                tag(*_POST_STATES[post.state]),
                link("End it", reverse("access:end-post", args=[slug, post.key]), hidden=f": {ROLE_NAMES[post.role]}")
                if post.state != "ended"
                else text(None),
            )
        )
        for post in posts
    ]


def sender_rows(senders: Iterable[SenderHeld], slug: str, *, end: str = "access:end-sender") -> list[Row]:
    """For whom one account sends or answers, each with the link that ends it at once."""
    return [
        Row(
            (
                text(each.agency, below="Lead person" if each.lead else ""),
                text(words.day(each.starts_on)),
                text(words.day(each.ends_on) if each.ends_on else "Open"),
                tag(*_POST_STATES[each.state]),
                link("End it", reverse(end, args=[slug, each.key]), hidden=f": {each.agency}")
                if each.state != "ended"
                else text(None),
            )
        )
        for each in senders
    ]


def client_rows(clients: Iterable[ApiClient], slug: str) -> list[Row]:
    """The systems that send to this council."""
    return [
        Row(
            (
                link(client.name, reverse("access:client", args=[slug, client.key]), below=client.purpose),
                text(client.agency.name),
                tag("Ended", "done") if client.ended_at else tag("In use", "ok"),
                when(client.ended_at or client.expires_at),
            )
        )
        for client in clients
    ]


def about_client(client: ApiClient) -> list[tuple[str, str]]:
    """One client as key and value; its secret is nowhere."""
    rows = [
        ("Whose it is", client.agency.name),
        ("What it sends, and why", client.purpose),
        ("Made", words.moment(client.made_at)),
        ("Secret works until", words.moment(client.expires_at)),
    ]
    if client.previous_until:
        rows.append(("The secret before works until", words.moment(client.previous_until)))
    return [*rows, ("Ended", words.moment(client.ended_at))] if client.ended_at else rows
