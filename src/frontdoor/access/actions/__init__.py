"""Telling: accounts and posts, clients of other systems, what happens at the door."""

from frontdoor.access.actions.accounts import (
    correct_account,
    end_account,
    end_post,
    give_post,
    invite,
    make_account,
    reset_factors,
    set_password,
    wake_account,
)
from frontdoor.access.actions.clients import end_client, make_client, rotate_secret
from frontdoor.access.actions.door import note_sign_in, one_at_a_time, send_link
from frontdoor.access.actions.for_agencies import (
    end_partner,
    end_sender,
    invite_partner,
    invite_sender,
    let_answer,
    let_send,
)

__all__ = [
    "correct_account",
    "end_account",
    "end_client",
    "end_partner",
    "end_post",
    "end_sender",
    "give_post",
    "invite",
    "invite_partner",
    "invite_sender",
    "let_answer",
    "let_send",
    "make_account",
    "make_client",
    "note_sign_in",
    "one_at_a_time",
    "reset_factors",
    "rotate_secret",
    "send_link",
    "set_password",
    "wake_account",
]
