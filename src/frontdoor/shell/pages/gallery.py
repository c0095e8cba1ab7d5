"""What the gallery shows: every component in every state, with invented people."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.templatetags.static import static
from django.utils.datastructures import MultiValueDict

from frontdoor.actors.rules import Permission
from frontdoor.shell.forms.sample import FILLED, WRONG, SampleForm
from frontdoor.shell.pages import cells, families
from frontdoor.shell.pages.frame import Frame, Item, Notice, Person, Place, Reading, Session, SpeakTo, Telephone
from frontdoor.shell.pages.genogram import Family, genogram
from frontdoor.shell.pages.journey import Step, Wait, journey
from frontdoor.shell.pages.parts import Action, Event, Figure, Glance, Piece, Sheets, Version
from frontdoor.shell.rules import answers

NOW = datetime(2026, 4, 2, 15, 50, tzinfo=UTC)
PARTS = (
    "contents",
    "fields",
    "mistakes",
    "messages",
    "lists",
    "record",
    "family",
    "question",
    "question-mistakes",
    "print",
)
TELEPHONES = (
    Telephone("Peterborough, in the day", "01632 960001", "Monday to Friday, 9am to 5pm"),
    Telephone("At night and at weekends", "01632 960002"),
)
ANSWERS: dict[str, tuple[int, dict[str, Any]]] = {
    "NotFound": (404, {}),
    "NotPermitted": (403, {"refusal": answers.refusal(Permission.CONTACT_DECIDE)}),
    "Forbidden": (403, {}),
    "OldForm": (403, {}),
    "StepNotAllowed": (
        409,
        {
            "what": "This contact was decided: early help.",
            "who": "Sam Sample, team manager",
            "when": NOW,
            "typed": {"rationale": "Mum has not been seen since Friday."},
        },
    ),
    "Conflict": (
        409,
        {
            "versions": [
                Version("Rationale", "Seen at school today.", "Seen at home today."),
                Version("Level", "3", "3"),
            ]
        },
    ),
    "SameKeyOtherBody": (422, {"typed": {"Story": "Other words\nin two lines"}}),
    "InvalidInput": (422, {"failures": {"": "The day of the visit lies before the contact."}, "typed": {"Day": "1"}}),
    "BadRequest": (400, {}),
    "Fault": (500, {}),
    "Unavailable": (503, {}),
}


PLACE = Place(
    "Peterborough",
    (Item("Take a call", "/gallery/"), Item("First look", "/gallery/lists/"), Item("Night inbox", "/gallery/")),
    (Item("Cambridgeshire", "/gallery/"),),
    (("Who is who", (Item("The wrong record", "/gallery/"), Item("Restricted records", "/gallery/record/"))),),
)


def context(part: str) -> dict[str, Any]:
    """What the template of one part is given."""
    made: dict[str, Any] = {"frame": _frame(part), "now": NOW, "answers": sorted(ANSWERS), "parts": PARTS}
    return made | _OF.get(part, dict)()


def _frame(part: str) -> Frame:
    navigation = tuple(Item(name.capitalize(), f"/gallery/{name}/", current=name == part) for name in PARTS[1:7])
    public = part.startswith("question")
    return Frame(
        council="Peterborough City Council",
        slug="peterborough",
        home="/gallery/",
        navigation=() if public else navigation,
        place=None if public else PLACE,
        notices=(
            Notice("All people and places here are invented.", label="Demonstration"),
            *(() if public else (Notice("Clocks have not been swept for 3 minutes.", kind="error"),)),
        ),
        person=None if public else Person("Alex Example", "Team manager, MASH", "/gallery/", "/gallery/", "/leave/"),
        session=None if public else Session(1800, "/gallery/"),
        speak_to=SpeakTo(TELEPHONES, "/gallery/question/"),
        reading=Reading(offered=True),
        footer=(Item("Accessibility", "/gallery/"), Item("Privacy", "/gallery/")),
        exit_href="/leave/",
        at=NOW,
    )


def _fields() -> dict[str, Any]:
    return {
        "extra": SampleForm(prefix="extra"),
        "empty": SampleForm(auto_id="empty_%s"),
        "filled": SampleForm(_data(FILLED), auto_id="filled_%s"),
    }


def _mistakes() -> dict[str, Any]:
    return {"form": SampleForm(_data(WRONG))}


def _data(values: dict[str, Any]) -> MultiValueDict[str, Any]:
    return MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in values.items()})


def _messages() -> dict[str, Any]:
    return {
        "pieces": [
            Piece("At lunch she said "),
            Piece("I don't want to go home", "The child's own words"),
            Piece(".\nHer aunt is kind."),
        ],
        "notices": [Notice(f"A notice: {kind}.", kind=kind) for kind in ("information", "success", "warning", "error")],
        "tones": [
            *((tone.capitalize(), tone) for tone in ("danger", "late", "soon", "ok", "waiting", "done", "plain")),
            ("Parted, and every later row given to one of them", "plain"),
        ],
        "versions": ANSWERS["Conflict"][1]["versions"],
        "tasks": [
            ("Ring the school back", "/gallery/", "Late", "late"),
            ("Tell the referrer", "/gallery/", "Done", "done"),
            ("First look", "", "Waiting", "waiting"),
        ],
        "crumbs": [Item("Desk", "/gallery/"), Item("Contacts", "/gallery/")],
        "clocks": _clocks(),
    }


def _clocks() -> list[cells.Cell]:
    return [
        cells.clock(NOW + timedelta(hours=2, minutes=5), NOW),
        cells.clock(NOW + timedelta(minutes=20), NOW),
        cells.clock(NOW - timedelta(hours=1, minutes=10), NOW),
        cells.clock(NOW, NOW, paused="waiting for the family"),
        cells.clock(None, NOW),
    ]


def rows(count: int) -> list[cells.Row]:
    """As many rows of a queue, each with every kind of cell."""
    names = ("Ewa Example", "Sam Sample", "", "A family with a rather long name of its own, Example-Sample")
    return [
        cells.Row(
            (
                cells.reference(
                    f"PBO-2026-{n:05}", "/gallery/record/", hidden=f"for {names[n % 4] or 'a child not named'}"
                ),
                cells.person(names[n % 4], born=NOW.date() - timedelta(days=9 + 400 * n), on=NOW.date()),
                cells.tag(*(("Danger now", "danger"), ("Not looked at", "waiting"), ("Screening", "plain"))[n % 3]),
                cells.since(NOW - timedelta(minutes=7 + 97 * n), NOW),
                cells.clock(NOW + timedelta(minutes=150 - 61 * n), NOW),
                cells.when(NOW - timedelta(minutes=7 + 97 * n)),
                cells.number(n),
                cells.text(("School", None, "Member of the public")[n % 3]),
            ),
            tone=("danger", "", "")[n % 3],
        )
        for n in range(count)
    ]


def _lists() -> dict[str, Any]:
    heads = ["Number", "Child", "State", "Waiting", "Time left", "Received"]
    return {
        "head": [*heads, cells.Column("Earlier", numeric=True), "From"],
        "rows": rows(8),
        "presses": [
            cells.Row((cells.text("First look"), cells.press("Seen", "/gallery/", form="press", name="seen", value=1))),
        ],
        "figures": [
            Figure("3", "waiting for a first look", "oldest 41 minutes", "/gallery/", "soon"),
            Figure("1", "in danger now", "taken by nobody", "/gallery/", "danger"),
            Figure("12", "waiting for screening", tone="plain"),
            Figure("4", "late", "of 31 running clocks", "/gallery/", "late"),
            Figure("27", "decided yesterday"),
            Figure("0", "handovers refused", "all accepted", tone="ok"),
        ],
        "filter_form": SampleForm(auto_id="filter_%s"),
        "sections": [("Contacts", [Item("Waiting", "/gallery/", True), Item("Mine", "/gallery/")])],
    }


def _record() -> dict[str, Any]:
    received = NOW - timedelta(hours=5, minutes=10)
    minutes = timedelta(minutes=1)
    steps = [
        Step("Received online", received, who="A school"),
        Step("First look", received + 52 * minutes, "Alex Example", since=received, due=received + 30 * minutes),
        Step("Taken to screen", received + 60 * minutes, hands="Sam Sample", since=received + 52 * minutes),
        Step("Recommended to a manager", received + 180 * minutes, "Sam Sample", hands="the managers"),
    ]
    waits = [
        Wait("A manager's decision", received + 180 * minutes, NOW + 50 * minutes, "the managers"),
        Wait("Acknowledgement to the person who told us", received, NOW - 5 * minutes, "the contact centre"),
    ]
    return {
        "picture": journey(steps, NOW, waits=waits),
        "sheets": [Sheets("letter.pdf", ((static("shell/icon.svg"), "letter.pdf, page 1"),), "A sample")],
        "cards": (
            Glance(
                "What worries us",
                (("", "She is not to go home today."),),
                quote="I don't want to go home.",
                who="Ewa, 8",
                href="#told",
                link="All that was told",
            ),
            Glance("Where the child is", (("Where", "At school"), ("Until", "3:15pm")), tone="danger"),
        ),
        "events": [
            Event("Decision asked for", NOW - timedelta(hours=2), "Sam Sample", "Recommended: early help.\nSee below."),
            Event(
                "Red flag", NOW - timedelta(hours=3), "Fenland Primary", href="/gallery/", link="Open", tone="danger"
            ),
            Event("Received", received),
        ],
        "clock": cells.clock(NOW + timedelta(minutes=50), NOW),
        "age": cells.since(received, NOW),
        "ways": [Item("Write down what was said", "/gallery/forms/"), Item("Close it", "/gallery/")],
        "tabs": [Item("Contact", "/gallery/record/", True, "1"), Item("Family", "/gallery/", False, "2")],
        "actions": [
            Action("Agree", "y", "answer", "yes", style="primary"),
            Action("Send back", "n", "answer", "no"),
            Action("Protect now", "alt+p", "answer", "protect", style="warning"),
            Action("Next", "j", href="/gallery/"),
        ],
        "form": SampleForm(),
    }


def _family() -> dict[str, Any]:
    whole = families.sample()
    alone = Family(tuple(person for person in whole.people if person.about))
    return {
        "picture": genogram(whole, families.ON, title="Ola's family"),
        "before": genogram(whole, families.BEFORE, title="Ola's family"),
        "alone": genogram(alone, families.ON, title="Only one person"),
        "nobody": genogram(Family(()), families.ON, title="Nobody"),
    }


def _question() -> dict[str, Any]:
    return {"form": SampleForm()}


_OF = {
    "fields": _fields,
    "mistakes": _mistakes,
    "messages": _messages,
    "lists": _lists,
    "record": _record,
    "family": _family,
    "print": _record,
    "question": _question,
    "question-mistakes": _mistakes,
}
