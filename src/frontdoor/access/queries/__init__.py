"""Asking what somebody reaches, and for accounts, clients and agreements."""

from frontdoor.access.queries.accounts import (
    Account,
    PostHeld,
    account,
    account_elsewhere,
    account_for_post,
    account_in_trail,
    account_of_address,
    account_post,
    accounts,
)
from frontdoor.access.queries.clients import api_client, client, client_actor, clients
from frontdoor.access.queries.reach import (
    Colleague,
    Place,
    Standing,
    actor_for,
    colleague,
    colleagues,
    names,
    standing,
)
from frontdoor.access.queries.senders import SenderHeld, Sending, sender, senders, sending

__all__ = [
    "Account",
    "Colleague",
    "Place",
    "PostHeld",
    "SenderHeld",
    "Sending",
    "Standing",
    "account",
    "account_elsewhere",
    "account_for_post",
    "account_in_trail",
    "account_of_address",
    "account_post",
    "accounts",
    "actor_for",
    "api_client",
    "client",
    "client_actor",
    "clients",
    "colleague",
    "colleagues",
    "names",
    "sender",
    "senders",
    "sending",
    "standing",
]
