"""The reviewed table: every address of the site, who may open it, and what opening it leaves in the trail.

The matrix (`test_matrix.py`) walks every line with each kind of role, for each council, with an object of its own, of
the other council and of none. An address that is not here fails the build; so does one whose kind or permission in the
code is not the one that was reviewed here.

To add an address, add one line:

    "contacts:detail": council(P.CONTACT_READ, key="contact", entry="contacts.open,letters.of_subject?"),

`council`, `receiving`, `portal`, `merged`, `partner`, `none`, `client` are the kinds (`access.rules.Kind`). Then:

- the permission, or None where the view leaves it to queries and actions;
- `key="contact"`: what `<uuid:key>` is, a name from `planting.py` (plant a new kind of thing there);
- `more={"name": "…"}`: other parts of the address, as they are, or the name of something planted;
- `get=405`: what a permitted GET of one's own council's object answers (200 unless said);
- `entry="a,b?"`: the actions that this GET leaves in the council's trail, in any order, each once; "" for none, and
  with a question mark for what only some of those permitted may read;
- `referrer=True`: the page may name the person who told us, to those who hold REFERRER_READ;
- `absent=200`: what is answered where there is no such object (404 unless said); another's is answered the same;
- `partner`: a page of somebody who sends for an agency (`test_partners.py`); `police=True` for the police alone;
- `agency`: a page of somebody who answers for one (`test_agencies.py`);
- `some=True`: who holds the permission may still be told 403, 404 or 409, since it is another's call or team.

What any POST may answer: whatever is no fault and, of another council's object, nothing but "not found".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from frontdoor.access.rules import Kind
from frontdoor.actors.rules import Permission as P  # noqa: N817 (a table of a hundred lines)

SETTING = "first_look.minutes"
CONTACT = {"kind": "contacts.contact"}
WAY = "letters.open_letter,letters.open_way"


@dataclass(frozen=True)
class Route:
    """One reviewed line."""

    kind: Kind
    permission: P | None = None
    key: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    get: int = 200
    entry: str = ""
    referrer: bool = False
    some: bool = False
    police: bool = False
    absent: int = 404

    def leaves(self, status: int) -> set[tuple[str, ...]]:
        """What a GET with this answer may leave in the trail: with and without what only some may read."""
        if status == 403:
            return {("access.refused",)}
        named = [action for action in self.entry.split(",") if action]
        always = tuple(sorted(action for action in named if not action.endswith("?")))
        return {always, tuple(sorted(action.rstrip("?") for action in named))}


def council(permission: P | None, key: str = "", **more: Any) -> Route:
    return Route(Kind.COUNCIL, permission, key, **more)


def receiving(permission: P | None, key: str = "", **more: Any) -> Route:
    return Route(Kind.RECEIVING, permission, key, **more)


def portal(**more: Any) -> Route:
    return Route(Kind.PORTAL, more=more)


def merged(permission: P | None = None, **more: Any) -> Route:
    return Route(Kind.MERGED, permission, **more)


def partner(key: str = "", **more: Any) -> Route:
    return Route(Kind.PARTNER, key=key, **more)


def agency(key: str = "", **more: Any) -> Route:
    return Route(Kind.AGENCY, key=key, **more)


def none(**more: Any) -> Route:
    return Route(Kind.NONE, more=more)


def client(**more: Any) -> Route:
    return Route(Kind.CLIENT, P.CONTACT_TAKE, more=more)


ROUTES: dict[str, Route] = {
    "health": none(),
    "alive": none(),
    "account_login": none(),
    "account_logout": none(),
    "account_inactive": none(),
    "account_reauthenticate": none(),
    "account_change_password": none(),
    "account_reset_password": none(),
    "account_reset_password_done": none(),
    "account_reset_password_from_key_done": none(),
    "account_reset_password_from_key": none(uidb36="a", key="b"),
    "usersessions_list": none(),
    "mfa_index": none(),
    "mfa_authenticate": none(),
    "mfa_reauthenticate": none(),
    "mfa_activate_totp": none(),
    "mfa_deactivate_totp": none(),
    "mfa_view_recovery_codes": none(),
    "mfa_generate_recovery_codes": none(),
    "mfa_download_recovery_codes": none(),
    "mfa_list_webauthn": none(),
    "mfa_add_webauthn": none(),
    "mfa_reauthenticate_webauthn": none(),
    "mfa_remove_webauthn": none(pk=1),
    "mfa_edit_webauthn": none(pk=1),
    "mfa_login_webauthn": none(),
    "openid_connect_login": none(provider_id="council"),
    "openid_connect_callback": none(provider_id="council"),
    "socialaccount_login_cancelled": none(),
    "socialaccount_login_error": none(),
    "account_signup": none(),
    "socialaccount_signup": none(),
    "socialaccount_connections": none(),
    "account_set_password": none(),
    "account_email": none(),
    "shell:gallery": none(),
    "shell:gallery-part": none(part="tables"),
    "shell:leave": none(),
    "api:openapi-json": none(),
    "api:report": client(),
    "api:notices": client(),
    "api:receipts_of": client(day="2026-11-22"),
    "api:api-root": none(),
    "desk:home": merged(),
    "desk:figure": merged(P.FIGURES_READ, more={"name": "unseen"}),
    "desk:queue": merged(P.CONTACT_READ),
    "desk:enquiries": merged(P.MASH_READ),
    "desk:agencies": merged(P.MASH_READ),
    "desk:board": merged(P.CLOCK_READ),
    "desk:notices": merged(P.CLOCK_READ),
    "desk:search": merged(P.PERSON_READ),
    "desk:typed": merged(P.PERSON_READ, get=405),
    "desk:stay": merged(),
    "settings:overview": council(P.SETTING_READ),
    "settings:details": council(P.SETTING_CHANGE),
    "settings:one": council(P.SETTING_READ, more={"name": SETTING}),
    "settings:decide": council(P.SETTING_CHANGE, more={"name": SETTING}),
    "sender:home": partner(),
    "sender:new": partner(),
    "sender:typed": partner(get=405),
    "sender:sent": partner(key="sent"),
    "sender:add": partner(key="sent"),
    "sender:day": partner(),
    "sender:of-day": partner(more={"day": "2026-11-22"}),
    "sender:notices": partner(police=True),
    "sender:notice-sample": partner(more={"form": "csv"}, police=True),
    "sender:notice-file": partner(key="police-file", police=True),
    "sender:notice-refused": partner(key="police-file", police=True),
    "sender:notice-receipts": partner(key="police-file", police=True),
    "sender:test": partner(),
    "sender:people": partner(),
    "sender:colleague": partner(),
    "sender:leaver": partner(key="sender"),
    "partner:home": agency(),
    "partner:asked": agency(key="asked"),
    "partner:typed": agency(key="asked", get=405),
    "partner:more": agency(key="asked", more={"asked": "person-asked-about"}),
    "partner:correct": agency(key="asked-said"),
    "partner:withdraw": agency(key="asked-said"),
    "partner:confirm": agency(key="asked-said", get=405),
    "partner:people": agency(),
    "partner:colleague": agency(),
    "partner:leaver": agency(key="police-colleague"),
    "portal:begin": portal(),
    "portal:where": portal(way="worry"),
    "portal:which-council": portal(),
    "portal:start": portal(way="worry"),
    "portal:check": portal(),
    "portal:sent": portal(),
    "portal:add-files": portal(),
    "portal:step": portal(step="where"),
    "portal:person": portal(step="people", place=0),
    "portal:come-back": portal(),
    "portal:forgotten": portal(),
    "portal:saved": portal(),
    "portal:young": portal(),
    "portal:young-message": portal(),
    "portal:young-sent": portal(),
    "portal:call-back": portal(),
    "portal:call-back-asked": portal(),
    "contacts:notices": council(P.CONTACT_READ, entry="contacts.notices"),
    "contacts:notice-files": council(P.CONTACT_TAKE),
    "contacts:notice-sample": council(P.CONTACT_TAKE, more={"form": "csv"}),
    "contacts:notice-file": council(P.CONTACT_TAKE, key="notice-file", entry="contacts.open_batch"),
    "contacts:notice-refused": council(P.CONTACT_TAKE, key="notice-file", entry="contacts.open_batch"),
    "contacts:notice-answers": council(P.CONTACT_TAKE, key="notice-file", entry="contacts.open_batch"),
    "contacts:notice-looks": council(P.CONTACT_LOOK),
    "contacts:notice-look": council(P.CONTACT_LOOK, key="police-notice", entry="contacts.open_look"),
    "contacts:notice-join": council(P.CONTACT_SCREEN),
    "contacts:incident": council(P.CONTACT_READ, key="incident", entry="contacts.open_incident"),
    "contacts:storm": council(P.CONTACT_ASSIGN, key="storm"),
    "contacts:waiting": council(P.CONTACT_DECIDE, entry="contacts.waiting"),
    "contacts:recommend": council(P.CONTACT_SCREEN, key="matter", entry="contacts.open"),
    "contacts:withdraw": council(P.CONTACT_SCREEN, key="matter", entry="contacts.open"),
    "contacts:decide": council(P.CONTACT_DECIDE, key="matter", entry="contacts.open"),
    "contacts:send-back": council(P.CONTACT_DECIDE, key="matter", entry="contacts.open"),
    "contacts:void": council(P.CONTACT_DECIDE, key="decided", entry="contacts.open"),
    "contacts:correct": council(P.CONTACT_DECIDE, key="decided", entry="contacts.open"),
    "contacts:confirm": council(P.HANDOVER_OVERRULE, key="decided", entry="contacts.open"),
    "contacts:pattern": council(P.CONTACT_DECIDE, key="matter", entry="contacts.open"),
    "contacts:received-report": council(P.CONTACT_READ, key="passed-report", get=302),
    "contacts:passed": council(None, key="decided", entry="contacts.open_passed", some=True),
    "contacts:replay": council(P.CONTACT_READ, key="decided", entry="contacts.open"),
    "contacts:night": council(P.CONTACT_READ, entry="contacts.night"),
    "contacts:add-shift": council(P.ROTA_KEEP, entry="contacts.night"),
    "contacts:end-shift": council(P.ROTA_KEEP, key="shift"),
    "contacts:queue": council(P.CONTACT_READ, entry="contacts.queue"),
    "contacts:take-next": council(P.CONTACT_SCREEN, get=405),
    "contacts:calls": council(P.CONTACT_ADVISE, entry="contacts.call_backs", referrer=True),
    "contacts:call": council(P.CONTACT_ADVISE, key="call-back", entry="contacts.open_call_back", referrer=True),
    "contacts:advice": council(P.REFERRER_READ, entry="contacts.consultations", referrer=True),
    "contacts:add-consultation": council(P.CONTACT_TAKE),
    "contacts:consultation": council(
        P.REFERRER_READ, key="consultation", entry="contacts.open_consultation", referrer=True
    ),
    "contacts:convert": council(
        P.CONTACT_TAKE, key="consultation", entry="contacts.open_consultation", referrer=True, some=True
    ),
    "contacts:oversight": council(P.CONTACT_DECIDE, entry="contacts.unseen_protections"),
    "contacts:oversee": council(P.CONTACT_DECIDE, key="protection", entry="contacts.open_protection"),
    "contacts:write-after": council(P.CONTACT_PROTECT, key="protection", entry="contacts.open_protection"),
    "contacts:drafts": council(P.CONTACT_TAKE, entry="contacts.drafts"),
    "contacts:step-draft": council(P.CONTACT_TAKE, key="matter", more={"step": "recommend"}, get=405, some=True),
    "contacts:step-draft-drop": council(P.CONTACT_TAKE, key="matter", more={"step": "recommend"}, get=405, some=True),
    "contacts:step-draft-take-over": council(P.CONTACT_TAKE, key="step-draft", get=405, some=True),
    "down:down": council(P.DOWN_KEEP),
    "down:sheet": council(P.DOWN_KEEP, some=True),
    "down:paper": council(P.CONTACT_TAKE),
    "contacts:families": council(P.CONTACT_READ, entry="contacts.families,contacts.not_told"),
    "contacts:telling": council(P.CONTACT_READ, key="telling", entry="contacts.open_telling", some=True),
    "contacts:telling-choose": council(P.FAMILY_TELL, key="telling", entry="contacts.open_telling", some=True),
    "contacts:telling-tell": council(P.FAMILY_TELL, key="telling", entry="contacts.open_telling", some=True),
    "contacts:telling-not": council(P.FAMILY_RELEASE, key="telling", entry="contacts.open_telling", some=True),
    "contacts:telling-add": council(P.FAMILY_TELL, key="contact", entry="contacts.open,letters.of_subject"),
    "contacts:safe": council(P.SAFE_CONTACT_KEEP, key="contact", entry="contacts.open_safe"),
    "contacts:safe-reviews": council(P.SAFE_CONTACT_KEEP, entry="letters.to_look_at_again"),
    "contacts:safe-review": council(P.SAFE_CONTACT_KEEP, key="safe-rule", entry="contacts.open_rule"),
    "contacts:safe-end": council(P.SAFE_CONTACT_KEEP, key="safe-rule", entry="contacts.open_rule"),
    "contacts:safe-address": council(P.PROTECTED_OPEN, key="protected-person", entry="contacts.protected_person"),
    "contacts:safe-lift": council(P.LETTER_RELEASE, key="protected-person", entry="contacts.protected_person"),
    "contacts:family-calls": council(P.FAMILY_TELL, entry="contacts.to_ring_back"),
    "contacts:family-call": council(P.FAMILY_TELL, key="family-call", entry="contacts.open_family_call", some=True),
    "contacts:sample": council(P.SAMPLE_READ, entry="contacts.sample"),
    "contacts:sample-counts": council(P.SAMPLE_READ, entry="contacts.sample_counts"),
    "contacts:sampled": council(P.SAMPLE_READ, key="sampled", entry="contacts.open_sampled", some=True),
    "contacts:duty": council(P.CONTACT_TAKE, key="contact", entry="contacts.open_duties", some=True),
    "contacts:doubts": council(P.CONTACT_SCREEN, entry="contacts.doubts,contacts.dangerous_doubts"),
    "contacts:doubt": council(P.CONTACT_SCREEN, key="doubt", entry="contacts.open_doubt"),
    "contacts:doubts-alike": council(P.CONTACT_SCREEN, key="doubt", entry="contacts.doubts_alike"),
    "contacts:doubts-agree": council(P.CONTACT_SCREEN, key="doubt", entry="contacts.doubts_asked", some=True),
    "contacts:mistakes": council(P.CONTACT_READ, entry="contacts.mistakes"),
    "contacts:mistake": council(P.CONTACT_TAKE, key="contact"),
    "contacts:mistake-said": council(P.CONTACT_READ, key="mistake", entry="contacts.open_mistake", some=True),
    "contacts:answer": council(P.CONTACT_TAKE, key="question", entry="contacts.open_question"),
    "contacts:screen-again": council(P.CONTACT_SCREEN, key="question", get=405),
    "contacts:unlink": council(P.CONTACT_SCREEN, key="link"),
    "contacts:give": council(P.CONTACT_ASSIGN, key="contact"),
    "contacts:give-back": council(P.CONTACT_SCREEN, key="contact"),
    "contacts:keep": council(P.CONTACT_SCREEN, key="contact", get=405),
    "contacts:take-flag": council(P.CONTACT_SCREEN, key="contact", get=405),
    "contacts:ask": council(P.CONTACT_SCREEN, key="contact"),
    "contacts:attempt": council(P.CONTACT_TAKE, key="contact"),
    "contacts:end": council(P.CONTACT_TAKE, key="contact"),
    "contacts:link": council(P.CONTACT_SCREEN, key="contact"),
    "contacts:agreement": council(P.CONTACT_SCREEN, key="contact", entry="contacts.open_people"),
    "contacts:basis": council(P.CONTACT_SCREEN, key="contact"),
    "contacts:detail": council(P.CONTACT_READ, key="contact", entry="contacts.open,letters.of_subject?"),
    "contacts:people": council(P.PERSON_READ, key="contact", entry="contacts.who_is_who", some=True),
    "contacts:people-back": council(P.PERSON_KEEP, key="contact", get=405, some=True),
    "contacts:people-referrer": council(P.REFERRER_READ, key="contact", some=True),
    "contacts:referrer": council(P.REFERRER_READ, key="contact", get=405, referrer=True),
    "contacts:sort": council(P.REFERRER_READ, key="paper", entry="contacts.open_original", referrer=True),
    "contacts:reopen-original": council(P.REFERRER_READ, key="sorted-paper", some=True),
    "contacts:council-word": council(P.CONTACT_TAKE, key="paper"),
    "contacts:take-in": receiving(P.CONTACT_TAKE, entry="contacts.unsorted"),
    "contacts:take-in-letter": receiving(P.CONTACT_TAKE),
    "contacts:take-in-council": receiving(P.CONTACT_TAKE),
    "contacts:taken-in": receiving(P.CONTACT_TAKE, key="paper", some=True),
    "contacts:telephone-earlier": council(P.CONTACT_READ, key="call", get=405, some=True),
    "contacts:telephone-take-over": council(P.CONTACT_TAKE, key="call", get=404, some=True),
    "contacts:safety-call": council(P.CONTACT_READ, key="safety-call", entry="contacts.open_safety_call", some=True),
    "contacts:look": receiving(P.CONTACT_LOOK, entry="contacts.open_look"),
    "contacts:look-at": receiving(P.CONTACT_LOOK, key="fresh", entry="contacts.open_look"),
    "contacts:flag": receiving(None, key="contact", some=True),
    "contacts:protect": receiving(P.CONTACT_PROTECT, key="contact"),
    "contacts:telephone": receiving(P.CONTACT_TAKE, entry="contacts.safety_calls"),
    "contacts:telephone-call": receiving(
        P.CONTACT_TAKE, key="call", entry="contacts.open_call,contacts.open_known?", some=True
    ),
    "contacts:telephone-draft": receiving(P.CONTACT_TAKE, key="call", get=405, some=True),
    "contacts:telephone-mark": receiving(P.CONTACT_TAKE, key="call", entry="contacts.open_call", some=True),
    "contacts:telephone-ended": receiving(P.CONTACT_TAKE, key="call", get=404, some=True),
    "clocks:missed": council(P.CLOCK_EXPLAIN, entry="desk.missed"),
    "clocks:explain": council(P.CLOCK_READ, key="missed-clock", some=True),
    "clocks:pause": council(P.CLOCK_PAUSE, key="quiet-clock"),
    "clocks:resume": council(P.CLOCK_PAUSE, key="paused-clock"),
    "clocks:seen": council(P.CLOCK_READ, key="notice", get=405, some=True),
    "handovers:inbox": council(P.HANDOVER_ANSWER, entry="handovers.inbox"),
    "handovers:accepted": council(P.HANDOVER_ANSWER, entry="handovers.accepted"),
    "handovers:given": council(P.HANDOVER_SEND, entry="handovers.given"),
    "handovers:escalated": council(P.HANDOVER_OVERRULE, entry="handovers.escalated"),
    "handovers:detail": council(None, key="handover", entry="handovers.open", some=True),
    "handovers:print": council(None, key="handover", entry="handovers.print", some=True),
    "handovers:accept": council(P.HANDOVER_ANSWER, key="handover", get=405, some=True),
    "handovers:refuse": council(P.HANDOVER_ANSWER, key="handover", entry="handovers.open", some=True),
    "handovers:correct": council(P.HANDOVER_ANSWER, key="handover", entry="handovers.open", some=True),
    "handovers:chase": council(P.HANDOVER_SEND, key="handover", entry="handovers.open", some=True),
    "handovers:send-again": council(P.HANDOVER_SEND, key="handover", entry="handovers.open", some=True),
    "handovers:withdraw": council(P.HANDOVER_SEND, key="handover", entry="handovers.open", some=True),
    "handovers:take-over": council(P.HANDOVER_SEND, key="handover", get=405, some=True),
    "handovers:settle": council(P.HANDOVER_OVERRULE, key="handover", entry="handovers.open", some=True),
    "handovers:answer-outside": council(P.HANDOVER_SEND, key="handover", entry="handovers.open", some=True),
    "handovers:copy": council(P.HANDOVER_ANSWER, key="copy", entry="handovers.open_copy", some=True),
    "handovers:accept-copy": council(P.HANDOVER_ANSWER, key="copy", get=405, some=True),
    "handovers:refuse-copy": council(P.HANDOVER_ANSWER, key="copy", entry="handovers.open_copy", some=True),
    "handovers:correct-copy": council(P.HANDOVER_ANSWER, key="copy", entry="handovers.open_copy", some=True),
    "directions:mine": council(P.DIRECTION_DO, entry="directions.mine"),
    "directions:back": council(P.DIRECTION_GIVE, entry="directions.drifting,directions.given_by_me_due"),
    "directions:detail": council(None, key="direction", entry="directions.open", some=True),
    "directions:do": council(P.DIRECTION_DO, key="direction", get=405, some=True),
    "directions:check": council(P.DIRECTION_GIVE, key="direction", get=405, some=True),
    "directions:ask": council(P.DIRECTION_GIVE, key="direction", entry="directions.open", some=True),
    "directions:move": council(P.DIRECTION_GIVE, key="direction", entry="directions.open", some=True),
    "directions:reopen": council(P.DIRECTION_GIVE, key="direction", entry="directions.open", some=True),
    "directions:withdraw": council(P.DIRECTION_GIVE, key="direction", entry="directions.open", some=True),
    "contacts:files": council(P.CONTACT_READ, key="contact", entry="contacts.files"),
    "contacts:sent": council(P.CONTACT_READ, key="submission", get=302),
    "files:file": council(None, key="file", entry="files.show", some=True),
    "files:download": council(None, key="file", entry="files.open", some=True),
    "files:page": council(None, key="file", more={"number": "1"}, entry="files.see_page", some=True),
    "files:release": council(P.FILE_RELEASE, key="held-file", entry="files.show"),
    "files:original": council(P.FILE_RELEASE, key="file", entry="files.show"),
    "letters:to-be-told": council(P.LETTER_READ, entry="letters.tasks"),
    "letters:about": council(P.LETTER_READ, key="contact", more=CONTACT, entry="letters.of_subject", absent=200),
    "letters:letter": council(P.LETTER_READ, key="letter", entry="letters.open_letter"),
    "letters:hold": council(P.LETTER_SEND, key="letter", entry="letters.open_letter"),
    "letters:release": council(
        P.LETTER_SEND, key="letter", entry="letters.open_letter,letters.open_way", referrer=True
    ),
    "letters:cancel": council(P.LETTER_SEND, key="letter", entry="letters.open_letter"),
    "letters:nobody": council(P.REFERRER_TELL, key="letter", entry="letters.open_letter"),
    "letters:another-way": council(P.LETTER_SEND, key="letter", entry="letters.open_letter"),
    "letters:told": council(P.REFERRER_TELL, key="letter", entry=WAY, referrer=True),
    "letters:send-again": council(P.LETTER_SEND, key="letter", get=405),
    "letters:print": council(P.LETTER_SEND, key="letter", get=405),
    "letters:posted": council(P.LETTER_SEND, key="letter", get=405),
    "mash:enquiry": council(P.MASH_READ, key="enquiry", entry="mash.open"),
    "mash:child": council(P.MASH_READ, key="enquired-child", get=302),
    "mash:of-slip": council(P.MASH_READ, key="handover", get=302, some=True),
    "mash:accept": council(P.MASH_WORK, key="handover", entry="handovers.open", some=True),
    "mash:enquiry-take": council(P.MASH_WORK, key="enquiry", get=405),
    "mash:enquiry-rate": council(P.MASH_WORK, key="enquiry", entry="mash.open", some=True),
    "mash:enquiry-question": council(P.MASH_WORK, key="enquiry", entry="mash.open"),
    "mash:enquiry-note": council(P.MASH_WORK, key="enquiry", entry="mash.open"),
    "mash:enquiry-stand-down": council(P.MASH_DECIDE, key="enquiry", entry="mash.open"),
    "mash:enquiry-join": council(P.MASH_DECIDE, key="enquiry", entry="mash.open"),
    "mash:enquiry-reopen": council(P.MASH_DECIDE, key="enquiry", entry="mash.open"),
    "mash:enquiry-safety": council(P.MASH_WORK, key="enquiry", entry="mash.open"),
    "mash:asking": council(P.MASH_READ, key="enquiry", entry="mash.open_asking"),
    "mash:agreement": council(P.MASH_WORK, key="enquiry", entry="mash.open_asking"),
    "mash:dispense": council(P.MASH_DECIDE, key="enquiry", entry="mash.open_asking"),
    "mash:grounds": council(P.MASH_WORK, key="enquiry", entry="mash.open_asking"),
    "mash:grounds-of": council(P.MASH_WORK, key="enquiry", more={"desk": "desk"}, entry="mash.open_asking"),
    "mash:send": council(P.MASH_WORK, key="enquiry", entry="mash.open_asking"),
    "mash:told": council(P.MASH_WORK, key="asked", entry="mash.open_request"),
    "mash:stop-request": council(P.MASH_WORK, key="asked", entry="mash.open_request"),
    "mash:agencies": council(P.MASH_DECIDE, entry="mash.list_desks"),
    "mash:agency-add": council(P.MASH_DECIDE, entry=""),
    "mash:agency": council(P.MASH_DECIDE, key="desk", entry=""),
    "mash:capacity": council(P.MASH_WORK, key="desk", entry=""),
    "mash:disagreements": council(P.DISAGREEMENT_KEEP, entry="mash.disagreements"),
    "mash:disagree": council(P.DISAGREEMENT_RAISE, key="contact", entry="mash.open_to_dispute"),
    "mash:disagreement": council(P.DISAGREEMENT_RAISE, key="disagreement", entry="mash.open_disagreement"),
    "mash:disagreement-say": council(P.DISAGREEMENT_RAISE, key="disagreement", entry="mash.open_disagreement"),
    "mash:disagreement-own": council(P.DISAGREEMENT_KEEP, key="disagreement", entry="mash.open_disagreement"),
    "mash:disagreement-take-on": council(P.DISAGREEMENT_KEEP, key="disagreement", entry="mash.open_disagreement"),
    "mash:disagreement-resolve": council(P.DISAGREEMENT_KEEP, key="disagreement", entry="mash.open_disagreement"),
    "complaints:complaints": council(P.COMPLAINT_KEEP, entry="complaints.list"),
    "complaints:take": council(P.COMPLAINT_TAKE),
    "complaints:of-contact": council(P.COMPLAINT_TAKE, key="contact", entry="complaints.open_contact"),
    "complaints:complaint": council(P.COMPLAINT_KEEP, key="complaint", entry="complaints.open"),
    "complaints:own": council(P.COMPLAINT_KEEP, key="complaint", entry="complaints.open"),
    "complaints:complex": council(P.COMPLAINT_KEEP, key="complaint", entry="complaints.open"),
    "complaints:reply": council(P.COMPLAINT_KEEP, key="complaint", entry="complaints.open"),
    "complaints:next-stage": council(P.COMPLAINT_KEEP, key="complaint", entry="complaints.open"),
    "complaints:withdraw": council(P.COMPLAINT_KEEP, key="complaint", entry="complaints.open"),
    "complaints:thank": council(P.COMPLAINT_KEEP, key="complaint", entry="complaints.open"),
    "complaints:risk": council(P.COMPLAINT_KEEP, key="complaint", entry="complaints.open"),
    "desk:referrals": merged(P.REFERRAL_READ),
    "referrals:referral": council(P.REFERRAL_READ, key="referral", entry="referrals.open"),
    "referrals:pick-up": council(P.REFERRAL_KEEP, key="referral", get=405),
    "referrals:visit": council(P.REFERRAL_KEEP, key="referral", entry="referrals.open"),
    "referrals:date": council(P.REFERRAL_KEEP, key="referral", entry="referrals.open"),
    "referrals:need": council(P.REFERRAL_KEEP, key="referral", entry="referrals.open"),
    "referrals:give": council(P.REFERRAL_KEEP, key="referral", entry="referrals.open", some=True),
    "referrals:pass-on": council(P.REFERRAL_KEEP, key="referral", entry="referrals.open", some=True),
    "referrals:open-case": council(P.REFERRAL_KEEP, key="referral", entry="referrals.open"),
    "referrals:join": council(P.REFERRAL_KEEP, key="referral", entry="referrals.open", some=True),
    "referrals:close": council(P.REFERRAL_KEEP, key="referral", entry="referrals.open", some=True),
    "referrals:strike-visit": council(
        P.REFERRAL_KEEP, key="referral", more={"visit": "visit"}, entry="referrals.open"
    ),
    "referrals:strike-date": council(
        P.REFERRAL_KEEP, key="referral", more={"kind": "section47_started"}, entry="referrals.open"
    ),
    "disclosures:requests": council(P.DISCLOSURE_PREPARE, entry="disclosures.requests"),
    "disclosures:ledger": council(P.DISCLOSURE_LEDGER, entry="disclosures.ledger"),
    "disclosures:of-contact": council(P.DISCLOSURE_READ, key="contact", entry="disclosures.ledger_of"),
    "disclosures:begin": council(P.CONTACT_TAKE, key="contact", entry="disclosures.open_contact"),
    "disclosures:request": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:take": council(P.DISCLOSURE_PREPARE, key="request", get=405),
    "disclosures:sort": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:risk": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:pass-on": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:redirect": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:there": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:came-back": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:end": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:asker": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:grounds": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:people": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:person": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:search": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:propose": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:take-back": council(P.DISCLOSURE_PREPARE, key="request", get=405),
    "disclosures:send-back": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open", some=True),
    "disclosures:approve": council(P.DISCLOSURE_PREPARE, key="request", get=405, some=True),
    "disclosures:correct": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:send": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "disclosures:reopen": council(P.DISCLOSURE_PREPARE, key="request", entry="disclosures.open"),
    "contacts:watching": council(P.SETTING_READ),
    "contacts:silence": council(P.CLOCK_EXPLAIN, key="silence"),
    "access:let-send": council(P.SENDER_KEEP, key="account"),
    "access:end-sender": council(P.SENDER_KEEP, key="sender"),
    "access:let-answer": council(P.PARTNER_KEEP, key="account"),
    "access:end-partner": council(P.PARTNER_KEEP, key="partner"),
    "access:accounts": council(P.ACCOUNT_KEEP),
    "access:new-account": council(P.ACCOUNT_KEEP),
    "access:new-agency": council(P.AGREEMENT_KEEP),
    "access:clients": council(P.ACCOUNT_KEEP),
    "access:new-client": council(P.ACCOUNT_KEEP),
    "access:client": council(P.ACCOUNT_KEEP, key="client"),
    "access:rotate": council(P.ACCOUNT_KEEP, key="client"),
    "access:end-client": council(P.ACCOUNT_KEEP, key="client"),
    "access:end-post": council(P.ACCOUNT_KEEP, key="post"),
    "access:account": council(P.ACCOUNT_KEEP, key="account"),
    "access:correct": council(P.ACCOUNT_KEEP, key="account"),
    "access:invite": council(P.ACCOUNT_KEEP, key="account", get=405),
    "access:wake": council(P.ACCOUNT_KEEP, key="account", get=405),
    "access:reset-factors": council(P.ACCOUNT_KEEP, key="account"),
    "access:end": council(P.ACCOUNT_KEEP, key="account"),
    "access:give-post": council(P.ACCOUNT_KEEP, key="account"),
    "access:agreements": council(P.SETTING_READ),
    "access:end-agreement": council(P.AGREEMENT_KEEP, key="agreement"),
    "access:trail": council(P.TRAIL_READ),
    "access:trail-subject": council(P.TRAIL_READ, key="contact", entry="trail.read", absent=200),
    "access:trail-actor": council(P.TRAIL_READ, key="account", entry="trail.read"),
    "desk:afterwards": merged(P.CONTACT_SCREEN),
    "child:supervision": council(P.CONTACT_SCREEN, key="sampled", some=True),
    "child:chronology": council(P.PERSON_READ, key="person", entry="desk.chronology"),
    "child:mark": council(P.PERSON_KEEP, key="person", more={"event": "contact"}),
    "contacts:matches": council(P.MATCH_EXPLAIN, entry="contacts.matches"),
    "contacts:match": council(P.MATCH_EXPLAIN, key="match", entry="contacts.open_match"),
    "matching:weights": council(P.MATCH_EXPLAIN),
    "matching:apart": council(P.APART_KEEP, entry="matching.apart"),
    "matching:keep-apart": council(P.APART_KEEP, key="person", entry="matching.before_apart"),
    "matching:apart-agree": council(P.APART_KEEP),
    "matching:apart-end": council(P.APART_KEEP, key="apart", entry="matching.open_apart"),
    "matching:doubles": council(P.MATCH_EXPLAIN, entry="matching.doubles"),
    "matching:doubles-search": council(P.MATCH_EXPLAIN),
    "matching:double": council(P.MATCH_EXPLAIN, key="double", entry="matching.open_double"),
    "matching:joins": council(P.JOIN_PROPOSE, entry="matching.joins"),
    "matching:of-person": council(P.JOIN_PROPOSE, key="person", entry="matching.joins_of"),
    "matching:propose": council(P.JOIN_PROPOSE, key="person", get=302),
    "matching:told-list": council(P.PERSON_READ, entry="matching.told"),
    "matching:told": council(P.PERSON_READ, key="told", entry="matching.open_told", some=True),
    "matching:join": council(P.JOIN_PROPOSE, key="join", entry="matching.open_join"),
    "matching:answer": council(P.JOIN_APPROVE, key="join", entry="matching.open_join"),
    "matching:undo": council(P.JOIN_APPROVE, key="made-join", entry="matching.open_join"),
    "matching:divide": council(P.JOIN_APPROVE, key="parted-join", entry="matching.open_join"),
    "people:person": council(P.PERSON_READ, key="person", entry="people.open"),
    "people:new": council(P.PERSON_KEEP),
    "people:add": council(P.PERSON_KEEP, key="person", more={"kind": "name"}, entry="people.name"),
    "people:born": council(P.PERSON_KEEP, key="unborn", entry="people.name"),
    "people:row": council(P.PERSON_KEEP, key="school-fact", more={"table": "fact"}, entry="people.open_row"),
    "people:end": council(P.PERSON_KEEP, key="school-fact", more={"table": "fact"}, entry="people.open_row"),
    "people:strike": council(P.PERSON_KEEP, key="school-fact", more={"table": "fact"}, entry="people.open_row"),
    "people:protect": council(P.SAFE_CONTACT_KEEP, key="home-address", entry="people.open_row"),
    "people:family": council(P.PERSON_READ, key="person", entry="people.family"),
    "people:relate": council(P.PERSON_KEEP, key="person", entry="people.name,people.family"),
    "people:relationship": council(
        P.PERSON_KEEP, key="person", more={"row": "relationship"}, entry="people.open_relationship"
    ),
    "people:relationship-end": council(
        P.PERSON_KEEP, key="person", more={"row": "relationship"}, entry="people.open_relationship"
    ),
    "people:relationship-strike": council(
        P.PERSON_KEEP, key="person", more={"row": "relationship"}, entry="people.open_relationship"
    ),
    "people:household-new": council(P.PERSON_KEEP, key="person", entry="people.name"),
    "people:household": council(P.PERSON_READ, key="person", more={"home": "household"}, entry="people.family"),
    "people:household-rename": council(P.PERSON_KEEP, key="person", more={"home": "household"}, entry="people.family"),
    "people:household-join": council(P.PERSON_KEEP, key="person", more={"home": "household"}, entry="people.family"),
    "people:household-change": council(P.PERSON_KEEP, key="person", more={"home": "household"}, entry="people.family"),
    "people:member": council(P.PERSON_KEEP, key="person", more={"row": "membership"}, entry="people.family"),
    "people:member-strike": council(P.PERSON_KEEP, key="person", more={"row": "membership"}, entry="people.family"),
    "people:change": council(
        P.PERSON_READ, key="person", more={"change": "household-change"}, entry="people.family,people.open_change"
    ),
    "people:change-make": council(P.PERSON_KEEP, key="person", more={"change": "household-change"}, get=405),
    "people:change-drop": council(P.PERSON_KEEP, key="person", more={"change": "household-change"}, get=405),
    "people:change-undo": council(P.PERSON_KEEP, key="person", more={"change": "made-change"}, get=405),
    "people:brought": council(P.PEOPLE_BRING, entry="people.brought"),
    "people:brought-run": council(P.PEOPLE_BRING, key="brought", entry="people.open_brought"),
    "people:brought-refused": council(P.PEOPLE_BRING, key="brought", entry="people.open_brought"),
    "people:restrictions": council(P.RESTRICTION_KEEP, entry="people.restrictions"),
    "people:restrict": council(P.RESTRICTION_KEEP, key="person", entry="people.before_restricting"),
    "people:restriction": council(P.RESTRICTION_KEEP, key="restriction", entry="people.open_restriction"),
    "people:restriction-review": council(P.RESTRICTION_KEEP, key="restriction", entry="people.open_restriction"),
    "people:restriction-end": council(P.RESTRICTION_KEEP, key="restriction", entry="people.open_restriction"),
    "people:restriction-name": council(P.RESTRICTION_KEEP, key="restriction", entry="people.open_restriction"),
    "people:restriction-bar": council(P.RESTRICTION_KEEP, key="restriction", entry="people.open_restriction"),
    "people:reader-end": council(P.RESTRICTION_KEEP, key="reader", entry="people.open_reader"),
    "people:bar-end": council(P.RESTRICTION_KEEP, key="bar", entry="people.open_bar"),
    "people:glass": council(P.RESTRICTED_ASK, key="restriction", entry="people.ask_for_restricted"),
    "people:glasses": council(P.GLASS_REVIEW, entry="people.broken"),
    "people:glass-look": council(P.GLASS_REVIEW, key="glass", entry="people.open_broken"),
    "people:glass-end": council(P.RESTRICTED_ASK, key="glass", get=404, some=True),
    "people:mine": council(None),
    "people:declared": council(P.MATCH_EXPLAIN, entry="people.declared"),
    "people:declared-answer": council(P.MATCH_EXPLAIN, key="declared", entry="people.open_declared"),
    "people:sealed": council(P.PROTECTED_OPEN, key="sealed-address", entry="people.sealed_of"),
}
