"""What else stands in both councils: notices, letters, files, accounts and senders, what a family was told, agreements.

`planting` takes it in at its end.
"""

from datetime import date
from typing import Any
from uuid import UUID

from tests.separation.planting import Ground, plants, token


@plants("notice")
def notice(ground: Ground) -> Any:
    """That a clock of this council has passed, told to a manager."""
    from frontdoor.actors.rules import CLOCK_SWEEP
    from frontdoor.clocks import actions as clocks
    from frontdoor.clocks.rules import Escalation, Recipient, Step

    manager = Recipient(ground.world.user("team_manager").pk, Escalation.TEAM_MANAGER)
    with ground.world.system(CLOCK_SWEEP, council=ground.council) as by:
        return clocks.tell(UUID(ground.keys["missed-clock"]), Step.PASSED, [manager], by=by, at=ground.at)[0].pk


@plants("letter")
def letter(ground: Ground) -> Any:
    from frontdoor.letters.models import Letter

    with ground.acting("social_worker"):
        return Letter.objects.order_by("id")[0].key


@plants("told-letter")
def told_letter(ground: Ground) -> Any:
    """A letter that was told by telephone: whom somebody spoke to, and what they said, is of who told us."""
    from frontdoor.letters import actions
    from frontdoor.letters.models import Letter

    told = token(ground.council, "referrer")
    with ground.acting("social_worker") as by:
        row = Letter.objects.filter(subject_key=ground.keys["other-contact"]).order_by("id")[0]
        return actions.record_told_by_phone(row.key, seen=row.version, whom=told, said=told, by=by, at=ground.at).key


@plants("file")
def file(ground: Ground) -> Any:
    """A file of the contact, scanned and with the copy that people open."""
    import io

    from frontdoor.files import actions
    from frontdoor.files.actions.keeping import put_page
    from frontdoor.files.models import File, Piece

    content = io.BytesIO(ground.said().encode())
    with ground.acting("contact_officer") as by:
        subject = ("contacts.contact", UUID(ground.keys["contact"]))
        kept = actions.keep(content, name=f"{token(ground.council, 'case')}.txt", subject=subject, by=by, at=ground.at)
        copied = {"copy_digest": actions.put(content, kept.pk, Piece.COPY, by=by), "copy_size": kept.size}
        copied["page_digests"] = put_page(ground.said().encode(), kept.pk, 0, by=by)
        File.objects.filter(pk=kept.pk).update(state="clean", hold="", scanned_at=ground.at, **copied)
    return kept.pk


@plants("doubt")
def doubt(ground: Ground) -> Any:
    """A report from the public pages that was marked as perhaps not genuine."""
    from frontdoor.actors.rules import PUBLIC_INTAKE
    from frontdoor.contacts.actions import submit, take_in
    from frontdoor.contacts.models import Doubt
    from frontdoor.contacts.rules.doors import Mark
    from frontdoor.contacts.rules.intake import PersonGiven, Report

    told = Report(story=ground.said(), people=(PersonGiven(kind="child", given_name=token(ground.council, "case")),))
    with ground.world.system(PUBLIC_INTAKE, council=ground.council) as by:
        given = submit(told, channel="web", idem="planted doubt", marks=(Mark.TRAP,), by=by, at=ground.at)
        take_in(str(given.submission), by=by, at=ground.at)
        return Doubt.objects.get(submission=given.submission).pk


@plants("held-file")
def held_file(ground: Ground) -> Any:
    """A file of the contact that nobody could scan."""
    import io

    from frontdoor.files import actions
    from frontdoor.files.models import File

    with ground.acting("contact_officer") as by:
        kept = actions.keep(
            io.BytesIO(ground.said().encode()), name=f"{token(ground.council, 'case')}.txt", by=by, at=ground.at,
            subject=("contacts.contact", UUID(ground.keys["contact"])),
        )  # fmt: skip
        File.objects.filter(pk=kept.pk).update(hold="no_scanner", tried_at=ground.at)
    return kept.pk


@plants("account")
def account(ground: Ground) -> Any:
    from frontdoor.access.actions import give_post, make_account
    from frontdoor.access.rules import Role

    name = token(ground.council, "account")
    with ground.acting("administrator", of=ground.council) as by:
        user = make_account(f"{name}@example.org", name, by=by, at=ground.at)
        employer = ground.world.team("oversight", council=ground.council).agency
        post = give_post(
            user, team=ground.world.team("oversight", council=ground.council), role=Role.AUDITOR, agency=employer,
            starts_on=date(2026, 1, 1), by=by, at=ground.at,
        )  # fmt: skip
    ground.keys["post"] = str(post.key)
    return user.key


@plants("sender")
def sender(ground: Ground) -> Any:
    """The planted account sends for an agency too."""
    from frontdoor.access.actions import let_send

    with ground.acting("administrator", of=ground.council) as by:
        agency = ground.world.agencies["Fenland Education Outreach"]
        return let_send(
            UUID(ground.keys["account"]), agency=agency, lead=True, starts_on=date(2026, 1, 1), by=by, at=ground.at
        ).key


@plants("partner")
def partner(ground: Ground) -> Any:
    """The planted account answers for an agency too."""
    from frontdoor.access.actions import let_answer

    with ground.acting("administrator", of=ground.council) as by:
        agency = ground.world.agencies["Fenland Education Outreach"]
        return let_answer(
            UUID(ground.keys["account"]), agency=agency, lead=True, starts_on=date(2026, 1, 1), by=by, at=ground.at
        ).key


def _sent(ground: Ground, code: str, kind: str) -> Any:
    from frontdoor.contacts.actions import submit
    from frontdoor.contacts.rules.intake import PersonGiven, ReferrerGiven, Report

    name = token(ground.council, kind)
    report = Report(
        story=ground.said(kind), where_now=ground.said(kind), danger="no", source_code="2A",
        people=(PersonGiven(kind="child", given_name=name, said_words=ground.said(kind)),),
        referrer=ReferrerGiven(kind="professional", identity="given", name=name, agency=name, route="email"),
    )  # fmt: skip
    with ground.world.sending(code, council=ground.council) as by:
        return submit(report, channel="web", idem=f"matrix-{kind}", by=by, at=ground.at).submission


@plants("sent")
def sent_by_school(ground: Ground) -> Any:
    """Sent with an account of the school, and read by no job yet: its own people alone see it."""
    return _sent(ground, "school", "sent")


@plants("silence")
def silence(ground: Ground) -> Any:
    from frontdoor.actors.rules import CLOCK_SWEEP
    from frontdoor.contacts.actions.silence import raise_silences
    from frontdoor.contacts.queries.silence import Watched

    with ground.world.system(CLOCK_SWEEP, council=ground.council) as by:
        name = token(ground.council, "case")
        (raised,) = raise_silences([Watched(f"domain:{name}.example.org", name, 4, 0, 8)], by=by, at=ground.at)
    return raised.key


@plants("sent-by-police")
def sent_by_police(ground: Ground) -> Any:
    return _sent(ground, "police-desk", "police")


@plants("police-file")
def police_file(ground: Ground) -> Any:
    """A file that the police desk sent with its account: one notice was taken in, one refused for what it lacks.

    Staff of that council list it by its reference; what it says stands on the pages of its own desk alone as yet.
    """
    from frontdoor.contacts.actions import notices
    from frontdoor.contacts.rules import notices as rules

    said, named = ground.said("police"), f"PPN-{ground.council}"
    rows = [
        {"police_reference": named, "kind": "other_concern", "narrative": said, "children": [], "adults": []},
        {"police_reference": f"{named}-2", "kind": "", "narrative": said, "children": [], "adults": []},
    ]
    with ground.world.sending("police-desk", council=ground.council) as by:
        content = rules.as_csv(rows, ["", ""]).encode()
        batch = notices.check_file(content, name="night.csv", by=by, at=ground.at)
        return notices.take(batch.key, seen=batch.version, by=by, at=ground.at).key


@plants("telling")
def telling(ground: Ground) -> Any:
    """A mother who is to be told that something arrived; every text of it is a canary."""
    from frontdoor.contacts.actions import family
    from frontdoor.contacts.models import Matter, Named

    with ground.acting("contact_officer") as by:
        contact = ground.keys["other-contact"]
        matter = Matter.objects.filter(contact__key=contact).order_by("id")[0]
        mother = Named.objects.get(contact__key=contact, kind="adult")
        return family.add(matter.key, person=mother.key, told="arrived", by=by, at=ground.at).key


@plants("safe-rule")
def safe_rule(ground: Ground) -> Any:
    from frontdoor.contacts.actions import safe
    from frontdoor.contacts.models import Named
    from frontdoor.letters.models import SafeContact

    with ground.acting("contact_officer") as by:
        contact = ground.keys["other-contact"]
        mother = Named.objects.get(contact__key=contact, kind="adult")
        safe.set_rule(
            contact, whom=str(mother.key), way="voicemail", never=True, why=ground.said(), code_word=ground.said()[:60],
            review_on=ground.at.date(), by=by, at=ground.at,
        )  # fmt: skip
        return SafeContact.objects.latest("id").key


@plants("protected-person")
def protected_person(ground: Ground) -> Any:
    """A child whose address is protected: the address is a canary of what nobody sees without asking."""
    from frontdoor.contacts.actions import safe
    from frontdoor.contacts.models import Named

    with ground.acting("contact_officer") as by:
        contact = ground.keys["other-contact"]
        child = Named.objects.get(contact__key=contact, kind="child")
        where = f"1 {token(ground.council, 'protected')} Lane, Ely, CB7 4ZZ"
        safe.protect(contact, whose=[str(child.key)], address=where, why=ground.said(), by=by, at=ground.at)
        return child.key


@plants("family-call")
def family_call(ground: Ground) -> Any:
    from frontdoor.contacts.actions import calling

    with ground.acting("contact_officer") as by:
        call = calling.begin(ground.said(), by=by, at=ground.at)
        return calling.pick(call.key, seen=call.version, contact=ground.keys["other-contact"], by=by, at=ground.at).key


@plants("client")
def client(ground: Ground) -> Any:
    from frontdoor.access.actions import make_client

    name = token(ground.council, "client")
    with ground.acting("administrator", of=ground.council) as by:
        agency = ground.world.agencies["Whittle Brook Primary School"]
        made, ground.secret = make_client(name, agency=agency, purpose=name, by=by, at=ground.at)
    return made.key


@plants("agreement")
def agreement(ground: Ground) -> Any:
    """An agreement of each council; Cambridgeshire's own is with Peterborough and begins after this century."""
    from frontdoor.organisations.actions import delegate
    from frontdoor.organisations.models import Function

    with ground.acting("administrator", of=ground.council) as by:
        return delegate(
            Function.SPECIALIST, operator=ground.world.agencies["Peterborough City Council"],
            starts_on=date(2100, 1, 1), ends_on=date(2101, 1, 1), clause="None", by=by, at=ground.at,
        ).key  # fmt: skip
