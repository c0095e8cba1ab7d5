"""Asking for letters: those about one matter, what the team still has to do, one letter, and the way to somebody."""

from frontdoor.letters.queries.guarding import Look, look, look_at, recipient
from frontdoor.letters.queries.lists import MOST_TASKS, Shown, Task, newest_about, of_subject, tasks
from frontdoor.letters.queries.opening import Opened, Way, open_letter, open_way
from frontdoor.letters.queries.outbox import due_again, provider_rests
from frontdoor.letters.queries.protecting import (
    mentions_protected,
    open_protected,
    open_words,
    passages_in,
    passages_in_each,
    protected,
)
from frontdoor.letters.queries.safe import Rule, rule, rules_of, to_look_at_again
from frontdoor.letters.queries.words import Said, house, in_words, preview

__all__ = [
    "MOST_TASKS",
    "Look",
    "Opened",
    "Rule",
    "Said",
    "Shown",
    "Task",
    "Way",
    "due_again",
    "house",
    "in_words",
    "look",
    "look_at",
    "mentions_protected",
    "newest_about",
    "of_subject",
    "open_letter",
    "open_protected",
    "open_way",
    "open_words",
    "passages_in",
    "passages_in_each",
    "preview",
    "protected",
    "provider_rests",
    "recipient",
    "rule",
    "rules_of",
    "tasks",
    "to_look_at_again",
]
