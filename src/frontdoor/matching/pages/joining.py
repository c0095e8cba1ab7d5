"""What the pages of joining show: two records side by side, lists of joins, rows in words."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.urls import reverse

from frontdoor.codes import rules as codes
from frontdoor.matching.models import Join, Link, NotSame, Suspicion, Told
from frontdoor.matching.queries.joining import Compared, Listed, Opened, Waiting
from frontdoor.matching.queries.joining_alike import Alike
from frontdoor.matching.rules.joining import Clash, State
from frontdoor.matching.rules.joining_telling import Act, Did
from frontdoor.people.models import (
    Birth,
    Caution,
    Fact,
    Identifier,
    Involvement,
    Membership,
    Name,
    Person,
    Relationship,
    Residence,
)
from frontdoor.people.rules.index_rows import fact_in_words
from frontdoor.shell.pages import Cell, Row, link, tag, text, when
from frontdoor.shell.rules import moment, short_day

HEADINGS: dict[type[Model], str] = {
    Name: "Names", Birth: "Birth", Residence: "Addresses", Identifier: "Numbers", Fact: "Other facts",
    Caution: "Warnings", Membership: "Households", Involvement: "Open to",
}  # fmt: skip
JOIN_COLUMNS = ("Goes on", "Is joined into it", "Proposed", "By", "Where it stands")
OF_PERSON_COLUMNS = ("Goes on", "Joined into it", "Proposed", "Where it stands")
ALIKE_COLUMNS = ("Record", "Born", "How like", "Why", "Against")
ACT_COLUMNS = ("Who", "What", "When", "About")
TOLD_COLUMNS = ("Records", "What you did", "Told", "What you found")
CHANGED_COLUMNS = ("What", "What it says now")
STATE_TONES = {
    State.PROPOSED: "waiting", State.REFUSED: "done", State.MADE: "ok", State.UNDONE: "late", State.DIVIDED: "done"
}  # fmt: skip


def side_columns(compared: Compared) -> list[str]:
    """The heads of the two records."""
    return ["What", _called(compared.one), _called(compared.other), "Compared"]


def _called(person: Person) -> str:
    return f"{person.label or 'Name not known'}, record of {short_day(person.made_at)}"


def side_rows(compared: Compared) -> list[Row]:
    """Field by field, with what differs marked."""
    lines = [(HEADINGS[model], _said(ours), _said(theirs)) for model, (ours, theirs) in compared.rows.items()]
    lines.append(("Relationships", _tied(compared.ties[0]), _tied(compared.ties[1])))
    named = [[_reports(count)] if count else [] for count in compared.reports]
    lines.append(("Reports about them", named[0], named[1]))
    return [_line(*line) for line in lines if line[1] or line[2]]


def _said(rows: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(said_of(row) for row in rows))


def _line(what: str, ours: Sequence[str], theirs: Sequence[str]) -> Row:
    if set(ours) == set(theirs):
        mark = tag("The same", "ok")
    elif not ours or not theirs:
        mark = tag("In one only", "plain")
    else:
        mark = tag("Differs", "late")
    return Row((text(what), text("; ".join(ours) or None), text("; ".join(theirs) or None), mark))


def _tied(ties: Iterable[tuple[Relationship, bool, str]]) -> list[str]:
    return [f"{_kin(row.kind)} of {label}" if first else f"{label} is {_kin(row.kind)}" for row, first, label in ties]


def _kin(kind: str) -> str:
    row = codes.RELATIONSHIPS.get(kind)
    return str(row.label).lower() if row else kind


def _reports(count: int) -> str:
    return "1 report" if count == 1 else f"{count} reports"


def said_of(row: Any) -> str:
    """A row of any table that a join moves, in words; "Restricted" where its reader may not see it."""
    if row is None:
        return "A row that you may not open"
    for model, words in _WORDS.items():
        if isinstance(row, model):
            return f"{words(row)}{_until(row)}"
    return f"{str(row._meta.verbose_name).capitalize()} {row}"


def _until(row: Any) -> str:
    until = getattr(row, "until", None)
    return f", until {short_day(until)}" if isinstance(until, date) and not isinstance(until, datetime) else ""


_WORDS: dict[type[Any], Any] = {
    Name: lambda row: f"{row}" if row.kind == "legal" else f"{row.get_kind_display()}: {row}",
    Birth: lambda row: f"{row.get_basis_display()}: {short_day(row.day)}",
    Residence: lambda row: ", ".join(filter(None, [str(row), row.postcode])) or row.get_kind_display(),
    Identifier: lambda row: f"{row.get_kind_display()}: {row.value}",
    Fact: lambda row: f"{row.get_kind_display()}: {fact_in_words(row.kind, row.value)}",
    Caution: lambda row: f"{row.get_kind_display()}: {row.words}",
    Membership: lambda row: row.household.label,
    Involvement: lambda row: ", ".join(filter(None, [row.kind, row.worker, row.team])),
    Relationship: lambda row: f"{row.person.label} is {_kin(row.kind)} of {row.other.label}",
    Link: lambda row: f"{'Named' if row.state == 'confirmed' else 'Is not who was named'} in a report",
    NotSame: lambda row: f"Not the same as another: {row.get_ground_display()}",
    Suspicion: lambda row: "May be the same as another record",
}


def reasons(compared: Compared) -> tuple[list[str], list[str]]:
    """Why the two may be one, and what speaks against it, in sentences."""
    return list(compared.verdict.reasons), list(compared.verdict.against)


def clash_choices(compared: Compared, what: Clash) -> list[tuple[str, str]]:
    """The two answers to what cannot both stand."""
    differs = next(each for each in compared.differs if each.what is what)
    sides = (("one", differs.kept), ("other", differs.gone))
    return [(value, " and ".join(_value(what, said) for said in values)) for value, values in sides]


def _value(what: Clash, said: str) -> str:
    if what in (Clash.BIRTH, Clash.DIED):
        try:
            return short_day(date.fromisoformat(said))
        except ValueError:
            return said
    return fact_in_words("sex", said) if what is Clash.SEX else said


def join_rows(found: Iterable[Listed], slug: str) -> list[Row]:
    """Joins in a list."""
    return [
        Row(
            (
                link(each.join.kept.label or "Name not known", reverse("matching:join", args=[slug, each.join.key])),
                text(each.join.gone.label or "Name not known"), when(each.join.proposed_at), text(each.proposed_by),
                state_tag(each.join),
            ),
            key=str(each.join.key),
        )
        for each in found
    ]  # fmt: skip


def of_person_rows(joins: Iterable[Join], slug: str) -> list[Row]:
    """The joins of one record."""
    return [
        Row((
            link(join.kept.label or "Name not known", reverse("matching:join", args=[slug, join.key])),
            text(join.gone.label or "Name not known"), when(join.proposed_at), state_tag(join),
        ))
        for join in joins
    ]  # fmt: skip


def state_tag(join: Join) -> Cell:
    """Where a join stands."""
    return tag(State(join.state).words, STATE_TONES[State(join.state)])


def alike_rows(found: Iterable[Alike], person: Person, slug: str) -> list[Row]:
    """Records that are like this one, each with a way to lay the two side by side."""
    here = reverse("matching:propose", args=[slug, person.key])
    return [
        Row((
            link(each.person.label or "Name not known", f"{here}?with={each.person.key}", hidden="side by side"),
            when(each.person.born_on), text(each.verdict.words), text("; ".join(each.verdict.reasons)),
            text("; ".join(each.verdict.against) or None),
        ))
        for each in found
    ]  # fmt: skip


def name_choices(names: Iterable[Name]) -> list[tuple[str, str]]:
    """The names that may lead a joined record, the one that leads by itself first."""
    found = [(str(each.key), said_of(each)) for each in names]
    return [(key, f"{words} (leads by itself)" if place == 0 else words) for place, (key, words) in enumerate(found)]


def facts(opened: Opened) -> list[tuple[str, str]]:
    """What was said and done of a join, by whom and when."""
    join, users = opened.join, opened.users
    rows = [
        ("Goes on", join.kept.label or "Name not known"), ("Joined into it", join.gone.label or "Name not known"),
        ("Proposed", _who(users, join.proposed_by, join.proposed_at)), ("Why", join.why),
    ]  # fmt: skip
    rows += [(f"Goes on: {what.words.lower()}", _taken(join, what)) for what in Clash if what.value in join.choices]
    if join.choices.get("nhs_why"):
        rows.append(("Why there are two NHS numbers", join.choices["nhs_why"]))
    if join.answered_at:
        rows.append(("Answered", _who(users, join.answered_by, join.answered_at)))
    if join.answered_why:
        rows.append(("What was answered", join.answered_why))
    if join.choices.get("name"):
        led = said_of(opened.leading) if opened.leading else "A name that you may not open"
        rows += [("Chosen to lead", led), ("Why that name leads", join.choices["name_why"])]
    if opened.moved and join.state != State.PROPOSED:
        rows.append(("Rows that were moved", ", ".join(f"{name}: {count}" for name, count in opened.moved.items())))
    if join.undone_at:
        rows += [("Parted", _who(users, join.undone_by, join.undone_at)), ("Why it was parted", join.undone_why)]
    if join.divided_at:
        rows.append(("Every later row given to one of them", _who(users, join.divided_by, join.divided_at)))
    return rows


def _taken(join: Join, what: Clash) -> str:
    return "that of the record that goes on" if join.choices[what.value] == "kept" else "that of the other record"


def _who(users: dict[int, str], number: int | None, at: datetime | None) -> str:
    return ", ".join(filter(None, [users.get(number or 0, ""), moment(at) if at else ""]))


def waiting_words(each: Waiting) -> str:
    """A row that waits to be divided, and when it was written."""
    at = next((value for name in _WRITTEN if isinstance(value := getattr(each.row, name, None), datetime)), None)
    return f"{said_of(each.row)} (written {moment(at)})" if at else said_of(each.row)


_WRITTEN = ("recorded_at", "said_at", "set_at", "since", "at", "as_at", "made_at")


def changed_rows(opened: Opened) -> list[Row]:
    """Rows that went back as somebody had changed them."""
    return [Row((text(str(row._meta.verbose_name).capitalize()), text(said_of(row)))) for row in opened.changed]


def act_rows(found: Iterable[Act], users: dict[int, str], slug: str, *, reads: bool) -> list[Row]:
    """What people did with the joined record; its reader may open contacts, or only reads their numbers."""
    return [
        Row((
            text(act.who or users.get(act.user_id or 0, "")), text(act.what.words), when(act.at),
            link(act.number, _contact(slug, act)) if reads and act.number and act.key else text(act.number or None),
        ))
        for act in found
    ]  # fmt: skip


def _contact(slug: str, act: Act) -> str:
    return reverse("contacts:detail", args=[slug, act.key])


def told_rows(found: Iterable[Told], slug: str) -> list[Row]:
    """What one is asked to look at again."""
    return [
        Row((
            link(about_words(told), reverse("matching:told", args=[slug, told.key])), text(acts_words(told)),
            when(told.told_at),
            tag("Waits for you", "waiting") if told.looked_at is None else text(told.get_finding_display()),
        ))
        for told in found
    ]  # fmt: skip


def about_words(told: Told) -> str:
    """Of which records somebody is told: two that stood as one, or the one for whom a child was taken by mistake."""
    if told.join is not None:
        return pair_words(told.join)
    return f"Taken for {told.link.person.label or 'somebody of unknown name'}" if told.link else ""


_AS_ONE = "These two records stood as one and have been parted. What you did may rest on the wrong person."
_TAKEN_FOR = "A child of a contact was taken for this person, and is not. What you did may rest on the wrong history."


def about(told: Told) -> dict[str, Any]:
    """What its page says of it: the heading, what happened, why it was put right, and whose records to open."""
    heading = about_words(told)
    if told.join is not None:
        people, why = [told.join.kept, told.join.gone], told.join.undone_why
        return {"heading": heading, "happened": _AS_ONE, "why": why, "people": people}
    link = told.link
    people, why = ([link.person], link.ended_why) if link else ([], "")
    return {"heading": heading, "happened": _TAKEN_FOR, "why": why, "people": people}


def told_who_rows(opened: Opened) -> list[Row]:
    """Who was told, and what they found."""
    return [
        Row((
            text(opened.users.get(told.user_id, "")), text(acts_words(told)), when(told.told_at),
            tag("Has not looked yet", "waiting")
            if told.looked_at is None
            else text(told.get_finding_display(), below=told.words),
        ))
        for told in opened.told
    ]  # fmt: skip


def acts_words(told: Told) -> str:
    """What somebody did and how often: "Opened the record: 3"."""
    return "; ".join(f"{Did(what).words}: {count}" for what, count in sorted(told.acts.items()))


def pair_words(join: Join) -> str:
    """The two records of a join."""
    return f"{join.kept.label or 'Name not known'} and {join.gone.label or 'Name not known'}"


def division_choices(join: Join) -> list[tuple[str, str]]:
    """To whom a row may be given."""
    people = (join.kept, join.gone)
    return [(str(person.key), _called(person)) for person in people]
