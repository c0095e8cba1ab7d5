"""Telling: what may happen to a contact, one verb and one transaction each."""

from frontdoor.contacts.actions.intake import Given, submit, submit_and_take_in, take_in

__all__ = ["Given", "submit", "submit_and_take_in", "take_in"]
