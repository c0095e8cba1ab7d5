"""What stands at the information desk, among complaints and disagreements; `planting` takes it in at its end."""

from typing import Any

from tests.separation.planting import Ground, _contact, plants


@plants("complaint")
def complaint(ground: Ground) -> Any:
    """A complaint that somebody rang about, in a manager's hands."""
    from frontdoor.complaints import actions

    with ground.acting("contact_officer") as by:
        made = actions.take(
            kind="complaint", way="phone", what=ground.said(), who="parent", name=ground.said(), reply_to=ground.said(),
            about_contact=ground.keys["contact"], by=by, at=ground.at,
        )  # fmt: skip
    with ground.acting("team_manager") as by:
        owner = ground.world.user("head_of_service").pk
        actions.own(made.key, seen=made.version, owner=owner, by=by, at=ground.at)
    return made.key


@plants("disagreement")
def disagreement(ground: Ground) -> Any:
    """A health visitor's disagreement about the first contact, in the hands of a head of service."""
    from frontdoor.mash.actions import disagreements
    from frontdoor.mash.rules.disagreements import Raised

    raised = Raised(
        about="threshold", who=ground.said(), agency=ground.said(), role=ground.said(), position=ground.said(),
        wanted=ground.said(), safety=ground.said(),
    )  # fmt: skip
    with ground.acting("social_worker") as by:
        made = disagreements.disagree(ground.keys["contact"], raised, by=by, at=ground.at)
    with ground.acting("team_manager") as by:
        owner = ground.world.user("head_of_service").pk
        disagreements.own(made.key, seen=1, owner=owner, counterpart=ground.said(), by=by, at=ground.at)
    return made.key


@plants("request")
def request(ground: Ground) -> Any:
    """A request about the child of the first contact: taken, searched, one answer sent, opened again, proposed anew."""
    from frontdoor.disclosures import actions, queries
    from frontdoor.disclosures.models import Request

    asks = _contact(ground, 61, category="request_for_information", sub_type="cafcass_s7", call_back=None)
    asker: dict[str, Any] = {
        "name": ground.said(),
        "role": ground.said(),
        "agency": ground.said(),
        "reply_to": ground.said(),
    }
    why: dict[str, Any] = {"purpose": ground.said(), "necessity": ground.said(), "proportionality": ground.said()}

    def seen() -> dict[str, Any]:
        return {"seen": Request.objects.get().version, "at": ground.at}

    with ground.acting("information_officer") as by:
        key = actions.begin(asks.key, by=by, at=ground.at).key
        actions.take(key, **seen(), by=by)
        actions.check_asker(key, **seen(), **asker, checked="order_seen", how=ground.said(), by=by)
        actions.set_grounds(key, **seen(), **why, basis="legal_obligation", condition="justice", by=by)
        for about in queries.people_asked(Request.objects.get(), by=by):
            names: dict[str, Any] = {
                "given_name": about.given_name,
                "family_name": about.family_name,
                "elsewhere": ground.said(),
            }
            actions.search(key, about.key, **seen(), **names, by=by)
        told = [fact.code for fact in queries.facts(Request.objects.get(), by=by)]
        answer = actions.propose(key, **seen(), kind="facts", facts=told, by=by)
    with ground.acting("team_manager") as by:
        actions.approve(key, **seen(), digest=answer.digest, by=by)
    with ground.acting("information_officer") as by:
        actions.send(key, **seen(), how="post", to_whom=ground.said(), by=by)
        actions.reopen(key, **seen(), why="It is asked again", by=by)
        actions.propose(key, **seen(), kind="facts", facts=told, by=by)
    return key


@plants("copy-for")
def copy(ground: Ground) -> Any:
    """A copy for somebody that waits for a second person, and a decision not to share something."""
    from frontdoor.contacts.models import Named
    from frontdoor.disclosures.actions import copies as actions

    contact = _contact(ground, 91, call_back=None)
    with ground.acting("social_worker") as by:
        adult = Named.objects.get(contact=contact, kind="adult")
        adult.safe_contact = ground.said()
        adult.save(update_fields=["safe_contact"])
        made = actions.begin_copy(
            contact.key, how="post", named=str(adult.key), agency=ground.said(), why=ground.said(), basis="public_task",
            title=ground.said(), parts=["told", "decided", "earlier", "shared"], by=by, at=ground.at,
        )  # fmt: skip
        actions.decide_not_to_share(
            contact.key, child="", what=ground.said(), to_whom=ground.said(), agency=ground.said(), why=ground.said(),
            by=by, at=ground.at,
        )  # fmt: skip
        return actions.ask_release(made.key, seen=made.version, why=ground.said(), by=by, at=ground.at).key
