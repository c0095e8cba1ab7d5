"""What PostgreSQL's own catalogue says of the walls: policies, roles, grants, keys, triggers, functions.

Asked by the start-up check, by `./frontdoor verify separation` and by the tests; it reads no case data, save `orphans`.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from frontdoor.actors.rules import Actor, acting_council

WITHOUT_POLICY = {
    "access_apiclient": "looked up by its secret before a council is known",
    "access_partner": "says for which agency somebody answers, before a council is known",
    "access_post": "gives the reach, so it is read before a council is known",
    "access_sender": "says for which agency somebody sends, before a council is known",
    "access_user": "signs in before a council is known",
    "councils_council": "names the councils themselves",
    "councils_place": "routes a postcode to a council",
    "councils_setting": "a council's public rules, read with the council",
    "organisations_agency": "names of employers, shared between councils",
    "organisations_delegation": "gives the reach, so it is read before a council is known",
    "organisations_team": "gives the reach, so it is read before a council is known",
    "trail_sealing": "the sealer's heartbeat, shown on every page, holds nothing of a case",
    "portal_draft": "its one policy is on the draft's own key, before a council is known",
    "portal_tally": "counts under keyed hashes alone, before a council is known; only a function writes it",
}
"""The short list of our tables without a council policy, each with its reason."""

LIBRARY_TABLES = ("django_", "account_", "socialaccount_", "mfa_", "usersessions_", "procrastinate_", "auth_")
"""Tables that libraries made: they hold no case data."""

PORTAL_MAY = {
    "clocks_clock": "INSERT",
    "clocks_event": "INSERT",
    "contacts_batch": "INSERT SELECT UPDATE",
    "contacts_callback": "INSERT",
    "contacts_doubt": "INSERT",
    "contacts_notice": "INSERT SELECT",
    "contacts_progress": "SELECT",
    "contacts_submission": "INSERT SELECT",
    "contacts_trial": "SELECT",
    "councils_council": "SELECT",
    "councils_place": "SELECT",
    "councils_setting": "SELECT",
    "directory_attribute": "SELECT",
    "directory_location": "SELECT",
    "directory_organization": "SELECT",
    "directory_schedule": "SELECT",
    "directory_service": "SELECT",
    "directory_serviceatlocation": "SELECT",
    "directory_taxonomy": "SELECT",
    "directory_taxonomyterm": "SELECT",
    "files_file": "INSERT",
    "files_piece": "INSERT",
    "mash_asked": "SELECT",
    "mash_capacity": "INSERT SELECT",
    "mash_circulation": "SELECT",
    "mash_confirmation": "INSERT SELECT",
    "mash_objection": "INSERT SELECT",
    "mash_opening": "INSERT SELECT",
    "mash_position": "INSERT SELECT",
    "mash_reply": "INSERT SELECT",
    "mash_request": "SELECT",
    "mash_view": "INSERT SELECT",
    "organisations_agency": "SELECT",
    "organisations_delegation": "SELECT",
    "organisations_team": "SELECT",
    "portal_draft": "DELETE INSERT SELECT UPDATE",
    "trail_entry": "INSERT",
}
"""Every grant of the portal's role. A new line here is a decision: see the table of roles in docs/security.md."""

PORTAL_RUNS = (
    "frontdoor_asked_about",
    "frontdoor_minuted",
    "frontdoor_minutes_whole",
    "frontdoor_notices_before",
    "frontdoor_objection_course",
    "frontdoor_objection_lines",
    "frontdoor_portal_count",
    "frontdoor_portal_later",
    "frontdoor_receipt_again",
    "frontdoor_receipts_sent",
    "frontdoor_services_matching",
    "frontdoor_shared_analysis",
    "frontdoor_shared_decided",
    "frontdoor_shared_decisions",
    "frontdoor_shared_meanings",
    "frontdoor_shared_replies",
    "frontdoor_shared_state",
    "frontdoor_shared_views",
    "frontdoor_take_receipt",
)
"""The functions of the owner that the portal may run."""

FIXED = ("trail_entry", "trail_leaf", "trail_seal")
"""Tables that nobody changes: a trigger of their own refuses what the guard need not."""

_CURRENT = "NULLIF(current_setting('frontdoor.authority'::text, true), ''::text))::smallint"
_ACTOR = "NULLIF(current_setting('frontdoor.actor'::text, true), ''::text)"
_AGENCY = "(NULLIF(current_setting('frontdoor.agency'::text, true), ''::text))::uuid"
_ANSWERS_FOR = (
    f"\nCASE\n    WHEN (current_setting('frontdoor.draft'::text, true) ~~ 'partner:%'::text) THEN {_AGENCY}\n"
    "    ELSE NULL::uuid\nEND"
)
_ONE_COUNCIL = f"(authority_id = ({_CURRENT})"
_FORMS = {
    _ONE_COUNCIL,
    f"(from_authority_id = ({_CURRENT})",  # the giver's insert of the receiver's copy
    f"({_ONE_COUNCIL} AND (actor = {_ACTOR}))",  # an entry of the trail, in one's own name
    f"({_ONE_COUNCIL} AND (agency = {_AGENCY}))",  # what an agency may read back of what it sent
    f"({_ONE_COUNCIL} AND (agency ={_ANSWERS_FOR}))",  # what is addressed to the agency for which somebody answers
}
"""The permissive policies that there are: one scalar equality, never an OR, never a list of councils."""

OPEN_WORDS = ("directory_service", "words", "{frontdoor_search}", "SELECT", "true")
"""The one policy without a council: whoever owns the search of open services reads their words, and asks for it."""

SHUT = (
    "people_person", "people_name", "people_birth", "people_residence", "people_identifier", "people_fact",
    "people_caution", "people_relationship", "people_membership", "people_involvement", "people_casedate",
    "matching_link", "matching_suspicion",
)  # fmt: skip
"""Tables of people behind the second wall: what is shut, and what somebody is barred from, is not there for them."""

_SECOND_WALL = """
SELECT wanted.name, kind,
       count(p.policyname) FILTER (WHERE p.qual = p.with_check AND p.roles = '{frontdoor_app}' AND p.cmd = 'ALL'
                                     AND p.qual LIKE kinds.begins)
  FROM unnest(%(tables)s::text[]) AS wanted (name)
  CROSS JOIN (VALUES ('shut', '((NOT shut) OR %%'), ('barred', '%% <> ALL %%frontdoor_barred()%%'))
             AS kinds (kind, begins)
  LEFT JOIN pg_policies p ON p.schemaname = 'public' AND p.tablename = wanted.name AND p.policyname = kind
   AND p.permissive = 'RESTRICTIVE'
 GROUP BY wanted.name, kind ORDER BY wanted.name, kind
"""

_KEEPS_SHUT = """
SELECT wanted.name FROM unnest(%(tables)s::text[]) AS wanted (name)
 WHERE NOT EXISTS (SELECT FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                    WHERE c.relname = wanted.name AND t.tgname = 'shut' AND t.tgenabled = 'O')
 ORDER BY wanted.name
"""

_OPEN = """
SELECT c.relname FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
   AND NOT (c.relrowsecurity AND c.relforcerowsecurity
            AND EXISTS (SELECT FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = c.relname))
 ORDER BY c.relname
"""

_POLICIES = """
SELECT tablename, policyname, cmd, roles, qual, with_check FROM pg_policies
 WHERE schemaname = 'public' AND permissive = 'PERMISSIVE' ORDER BY tablename, policyname
"""

_ROLES = """
SELECT format('role %s is a superuser or passes by the policies', rolname) FROM pg_roles
 WHERE rolname IN ('frontdoor_app', 'frontdoor_owner', 'frontdoor_portal', 'frontdoor_search')
   AND (rolsuper OR rolbypassrls)
UNION ALL SELECT 'the application inherits the portal''s policies'
 WHERE pg_has_role('frontdoor_app', 'frontdoor_portal', 'USAGE')
UNION ALL SELECT format('table %s belongs to %s', relname, pg_get_userbyid(relowner)) FROM pg_class
 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
   AND pg_get_userbyid(relowner) IN ('frontdoor_app', 'frontdoor_portal')
"""

_GRANTS = """
SELECT c.relname, string_agg(DISTINCT kind, ' ' ORDER BY kind) FROM pg_class c
  CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS kinds (kind)
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
   AND CASE WHEN kind IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
            THEN has_any_column_privilege(%(role)s, c.oid, kind) ELSE has_table_privilege(%(role)s, c.oid, kind) END
 GROUP BY c.relname
"""

_EVERYBODY = """
SELECT format('everybody may use %s', relname) FROM pg_class, aclexplode(relacl) acl
 WHERE relnamespace = 'public'::regnamespace AND acl.grantee = 0
UNION ALL SELECT format('function %s runs as its owner for everybody, or without a fixed path', proname)
  FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef AND proname NOT LIKE 'procrastinate%'
   AND (proconfig IS NULL OR NOT 'search_path=pg_catalog, public, pg_temp' = ANY (proconfig)
        OR proacl IS NULL OR EXISTS (SELECT FROM aclexplode(proacl) acl WHERE acl.grantee = 0))
UNION ALL SELECT format('view %s does not ask as its reader', relname) FROM pg_class
 WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'
   AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'] OR reloptions @> ARRAY['security_invoker=on'], false)
UNION ALL SELECT format('materialised view %s', relname) FROM pg_class
 WHERE relnamespace = 'public'::regnamespace AND relkind = 'm'
"""

_PORTAL_RUNS = """
SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
   AND proname NOT LIKE 'procrastinate%' AND has_function_privilege('frontdoor_portal', oid, 'EXECUTE')
"""

_GUARDS = """
SELECT c.relname, coalesce(max(t.tgtype) FILTER (WHERE p.proname = 'frontdoor_guard_actor'), 0)::int,
       coalesce(max(t.tgtype) FILTER (WHERE p.proname = 'frontdoor_trail_fixed'), 0)::int
  FROM pg_class c LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND t.tgenabled = 'O'
  LEFT JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') GROUP BY c.relname ORDER BY c.relname
"""
# pg_trigger.tgtype: 2 before, 4 insert, 8 delete, 16 update, 32 truncate, and no 1: once a statement.
_EVERY_WRITE, _INSERT, _CHANGE = 2 | 4 | 8 | 16 | 32, 2 | 4, 2 | 8 | 16 | 32

_KEYS = """
SELECT c.conrelid::regclass::text, c.conname, c.contype, c.confrelid::regclass::text,
       ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k (n, place)
               JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n ORDER BY k.place),
       ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY k (n, place)
               JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.n ORDER BY k.place), c.convalidated
  FROM pg_constraint c WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('f', 'u') ORDER BY 1, 2
"""


def _rows(statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def _ours(table: str) -> bool:
    return not table.startswith(LIBRARY_TABLES)


def _case_table(table: str) -> bool:
    return _ours(table) and table not in WITHOUT_POLICY


def tables_without_wall() -> list[str]:
    """Our tables that lack forced row-level security or a policy and are not in the short list."""
    return [table for (table,) in _rows(_OPEN) if _case_table(table)]


def faults() -> Iterator[str]:
    """Everything that is wrong with the walls between councils, in words."""
    yield from (f"table {table} has no wall" for table in tables_without_wall())
    yield from _policy_faults()
    yield from _second_wall_faults()
    yield from (words for (words,) in _rows(_ROLES))
    yield from _grant_faults()
    yield from (words for (words,) in _rows(_EVERYBODY))
    yield from _guard_faults()
    yield from _key_faults()


def _policy_faults() -> Iterator[str]:
    """A permissive policy of another form, or two that PostgreSQL would join by OR for one role and command."""
    seen: set[tuple[str, str, str]] = set()
    for table, name, command, roles, using, check in _rows(_POLICIES):
        if table in WITHOUT_POLICY or (table, name, _text(roles), command, using) == OPEN_WORDS:
            continue
        if any(form is not None and form not in _FORMS for form in (using, check)):
            yield f"policy {name} of {table} is not one equality on the council"
        for role in roles:
            for one in ("SELECT", "INSERT", "UPDATE", "DELETE") if command == "ALL" else (command,):
                if (table, role, one) in seen:
                    yield f"table {table} has two policies for {role} and {one}"
                seen.add((table, role, one))


def _text(roles: object) -> str:
    return roles if isinstance(roles, str) else "{" + ",".join(map(str, roles)) + "}"  # type: ignore[call-overload]


def _second_wall_faults() -> Iterator[str]:
    """A table of people without one of its two restrictive policies, or without the trigger that keeps rows shut."""
    for table, kind, stands in _rows(_SECOND_WALL, {"tables": list(SHUT)}):
        if not stands:
            yield f"table {table} shows what is {kind}"
    yield from (f"rows of {table} are not kept shut" for (table,) in _rows(_KEEPS_SHUT, {"tables": list(SHUT)}))


def _grant_faults() -> Iterator[str]:
    portal = dict(_rows(_GRANTS, {"role": "frontdoor_portal"}))
    for table in sorted(portal.keys() | PORTAL_MAY.keys()):
        if portal.get(table, "") != PORTAL_MAY.get(table, ""):
            yield f"the portal may {portal.get(table, 'nothing')} on {table}, not {PORTAL_MAY.get(table, 'nothing')}"
    runs = sorted(name for (name,) in _rows(_PORTAL_RUNS))
    if runs != sorted(PORTAL_RUNS):
        yield f"the portal runs {', '.join(runs)}"
    for table, kinds in _rows(_GRANTS, {"role": "frontdoor_app"}):
        if {"TRUNCATE", "TRIGGER", "REFERENCES"} & set(kinds.split()):
            yield f"the application may {kinds} on {table}"
        if table in FIXED and {"UPDATE", "DELETE"} & set(kinds.split()):
            yield f"the application may {kinds} on {table}"


def _guard_faults() -> Iterator[str]:
    for table, guard, fixed in _rows(_GUARDS):
        if not _ours(table):
            if guard:
                yield f"table {table} of a library carries the guard"
        elif table in FIXED:
            if (guard, fixed) != (_INSERT, _CHANGE):
                yield f"table {table} can be changed"
        elif guard != _EVERY_WRITE:
            yield f"table {table} can be written while nobody acts"


def _key_faults() -> Iterator[str]:
    """A reference between case tables without the council in it, or a unique constraint that begins elsewhere."""
    keys = [key for key in _rows(_KEYS) if _case_table(key[0])]
    composite = {(table, columns[-1]) for table, _, kind, _, columns, *_ in keys if kind == "f" and len(columns) > 1}
    for table, name, kind, parent, columns, parent_columns, valid in keys:
        if not valid:
            yield f"key {name} of {table} was never checked"
        if kind == "u" and columns[0] != "authority_id" and columns != ["key"]:
            yield f"unique constraint {name} of {table} does not begin with the council"
        if kind == "f" and _case_table(parent):
            if len(columns) > 1 and (columns[0], parent_columns[0]) != ("authority_id", "authority_id"):
                yield f"key {name} of {table} does not begin with the council"
            if len(columns) == 1 and (table, columns[0]) not in composite:
                yield f"{table}.{columns[0]} may point at another council's {parent}"


def orphans(*, by: Actor) -> Iterator[str]:
    """Rows of the council acted for that point at a row which it does not have: another council's, or none."""
    council = acting_council(by)
    for table, name, kind, parent, columns, parent_columns, _ in _rows(_KEYS):
        if kind != "f" or not _case_table(table) or len(columns) < 2 or not _case_table(parent):
            continue
        same = " AND ".join(f"p.{theirs} = c.{ours}" for ours, theirs in zip(columns, parent_columns, strict=True))
        present = " AND ".join(f"c.{column} IS NOT NULL" for column in columns)
        counted = _rows(
            f"SELECT count(*) FROM {table} c WHERE c.authority_id = %s AND {present}"  # noqa: S608 (the catalogue's names)
            f" AND NOT EXISTS (SELECT FROM {parent} p WHERE {same})",
            [council],
        )
        if counted[0][0]:
            yield f"{counted[0][0]} rows of {table} point by {name} at nothing of this council"
