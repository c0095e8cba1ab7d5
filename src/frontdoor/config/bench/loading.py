"""Loading invented contacts: COPY into staging tables without a wall, then INSERT … SELECT, one council at a time.

Forced policies bind the owner too: COPY into a case table is refused, so nothing is loaded past them.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import psycopg
from psycopg import sql

from frontdoor.config.bench.invented import Chain, Chunk, DueAt, chunks, waiting_of

Connection = psycopg.Connection[tuple[object, ...]]

STAGING = """
CREATE SCHEMA IF NOT EXISTS loading;
CREATE UNLOGGED TABLE loading.{arrival} (
  id bigint, submission uuid, key uuid, channel text, number bigint, body jsonb, digest bytea, hash bytea,
  received_at timestamptz, due_at timestamptz, state text, ended_at timestamptz, outcome text, looked_after int,
  family uuid
);
CREATE UNLOGGED TABLE loading.{person} (
  contact_id bigint, position smallint, kind text, given_name text, family_name text, date_of_birth date, sex text,
  address text, postcode text, match_name text, match_place text, match_family text, match_postcode text
);
"""

_TABLES = ("arrival", "person")

# What an arrival of the web leaves, row by row as the actions write it; {council}, {team} and {kinds} are numbers and
# words of ours. Numbers follow from the contact's own: four people and two children a contact at most.
INSERTS = (
    """
    INSERT INTO contacts_submission (id, authority_id, channel, sender, idem, body, digest, received_at, entered_at)
    SELECT submission, {council}, channel, 'public', key::text, body, digest, received_at, received_at
      FROM loading.{arrival}
    """,
    """
    INSERT INTO contacts_receipt (authority_id, channel, number, submission_id, digest, hash)
    SELECT {council}, channel, number, submission, digest, hash FROM loading.{arrival}
    """,
    """
    INSERT INTO contacts_contact (
      id, authority_id, key, submission_id, receipt, channel, category, sub_type, source_code, source_local,
      received_at, entered_at, out_of_hours, story, danger_said, where_now, with_whom, until_when, postcode,
      responsible_authority, team_id, family, state, danger_rank, looked, due_at, flagged_by, flagged_why, closed_at,
      version)
    SELECT id, {council}, key, submission, {council} || '-' || marks.mark || '-' || lpad(number::text, 6, '0'),
           arrival.channel, body->>'category', body->>'sub_type', body->>'source_code', '', received_at, received_at,
           false, body->>'story', body->>'danger', '', '', '', body->>'postcode', '', {team}, family, state,
           CASE body->>'danger' WHEN 'yes' THEN 0 WHEN 'unknown' THEN 1 ELSE 2 END,
           CASE state WHEN 'received' THEN 0 ELSE 1 END, due_at, '', '', ended_at, 1
      FROM loading.{arrival} arrival JOIN loading.marks USING (channel)
    """,
    """
    INSERT INTO contacts_named (
      id, authority_id, key, contact_id, position, kind, given_name, family_name, known_as, date_of_birth,
      description, sex, ethnicity, language, address, postcode, school, nhs_number, upn, relationship, concern,
      safe_contact, match_name, match_place, match_family, match_postcode, address_protected)
    SELECT contact_id * 4 + position, {council}, md5('named' || contact_id * 4 + position)::uuid, contact_id,
           position, kind, given_name, family_name, '', date_of_birth, '', sex, '', '', address, postcode, '', '', '',
           '', '', '', match_name, match_place, match_family, match_postcode, false
      FROM loading.{person}
    """,
    """
    INSERT INTO contacts_matter (id, authority_id, key, contact_id, child_id, state, outcome, version)
    SELECT contact_id * 2 + position, {council}, md5('matter' || contact_id * 2 + position)::uuid, contact_id,
           contact_id * 4 + position, CASE WHEN ended_at IS NULL THEN 'open' ELSE 'closed' END, outcome, 1
      FROM loading.{person} JOIN loading.{arrival} arrival ON arrival.id = contact_id
     WHERE kind = 'child'
    """,
    """
    INSERT INTO contacts_referrer (
      id, authority_id, key, contact_id, kind, identity, name, role, agency, phone, email, address, relationship,
      route, route_note, family_knows)
    SELECT id, {council}, md5('referrer' || id)::uuid, id, body->'referrer'->>'kind', body->'referrer'->>'identity',
           body->'referrer'->>'name', '', '', '', body->'referrer'->>'email', '', '', body->'referrer'->>'route', '', ''
      FROM loading.{arrival}
    """,
    """
    INSERT INTO contacts_agreement (
      id, authority_id, key, contact_id, purpose, status, given_by, reason_not_sought, limits, recorded_at)
    SELECT id, {council}, md5('agreement' || id)::uuid, id, 'referral', body->'agreement'->>'status', '', '', '',
           received_at
      FROM loading.{arrival}
    """,
    """
    INSERT INTO clocks_clock (
      id, authority_id, kind, subject_kind, subject_key, label, team_id, unit, length, day_end, counting,
      rule_version, started_at, half_at, due_at, rings_at, stopped_at, ended, outcome, late_reason, late_note,
      explained_by, explained_at, version)
    SELECT md5(kind || submission)::uuid, {council}, kind, 'contacts.submission', submission::text, '', {team}, unit,
           length, 'midnight', counting, rule_version, received_at, received_at + (due - received_at) / 2, due,
           CASE WHEN stopped IS NULL THEN received_at + (due - received_at) / 2 END, stopped,
           CASE WHEN stopped IS NULL THEN '' ELSE 'done' END,
           CASE WHEN stopped IS NULL THEN '' WHEN stopped > due THEN 'late' ELSE 'in_time' END,
           CASE WHEN stopped > due THEN 'capacity' ELSE '' END, '',
           CASE WHEN stopped > due THEN 'system:seeder' ELSE '' END,
           CASE WHEN stopped > due THEN stopped END, 1
      FROM (
        SELECT submission, received_at, kinds.*,
               CASE WHEN kinds.minutes IS NULL THEN due_at
                    ELSE received_at + kinds.minutes * interval '1 minute' END due,
               CASE WHEN kinds.minutes IS NULL THEN ended_at
                    WHEN state <> 'received' THEN received_at + looked_after * interval '1 minute' END stopped
          FROM loading.{arrival} CROSS JOIN loading.kinds
      ) clocks
    """,
)

SEQUENCES = ("contact", "named", "matter", "referrer", "agreement")


COUNTER = "INSERT INTO contacts_receiptcounter (authority_id, channel, last, hash) VALUES (%s, %s, %s, %s)"

REFERENCES = (
    ("receipt", "submission_id", "submission"),
    ("contact", "submission_id", "submission"),
    ("named", "contact_id", "contact"),
    ("referrer", "contact_id", "contact"),
    ("agreement", "contact_id", "contact"),
    ("matter", "contact_id", "contact"),
    ("matter", "child_id", "named"),
)
"""What refers to what among the loaded rows."""


class Orphans(Exception):
    """Loaded rows refer to none of the same council."""


@dataclass(frozen=True, slots=True)
class Part:
    """One council's share: its first number, how many, how many of them wait, and the team they came to."""

    council: int
    first: int
    count: int
    waiting: int
    team: int


class Loader:
    """Loads councils side by side; a connection each. The owner may set `session_replication_role` here.

    :param url: of the database, for the owner of the tables
    :param kinds: name, unit, length, minutes or None, counting and rule version of each clock that an arrival starts
    :param marks: the letter of each channel in a receipt
    """

    def __init__(self, url: str, kinds: list[tuple[object, ...]], marks: Mapping[str, str]) -> None:
        self.url, self.kinds, self.marks = url, kinds, marks

    def load(self, teams: Mapping[int, int], count: int, due_at: Mapping[int, DueAt], *, actor: str) -> None:
        """Load so many contacts in all, divided among the councils evenly.

        :param teams: the contact centre's number by council
        :param actor: who loads, as the trail names it
        """
        share, waiting = count // len(teams), waiting_of(count) // len(teams)
        with psycopg.connect(self.url, autocommit=True) as connection:
            self._prepare(connection, teams)
        with ThreadPoolExecutor(len(teams)) as pool:
            work = [
                pool.submit(
                    self._council, Part(council, 1 + place * share, share, waiting, team), due_at[council], actor
                )
                for place, (council, team) in enumerate(teams.items())
            ]
            for each in work:
                each.result()
        with psycopg.connect(self.url, autocommit=True) as connection:
            self._finish(connection, count)

    def _prepare(self, connection: Connection, teams: Mapping[int, int]) -> None:
        for council in teams:
            connection.execute(sql.SQL(STAGING).format(**_staging(council)))
        connection.execute(
            "CREATE UNLOGGED TABLE loading.kinds"
            " (kind text, unit text, length int, minutes int, counting text, rule_version text)"
        )
        connection.execute("CREATE UNLOGGED TABLE loading.marks (channel text, mark text)")
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO loading.kinds VALUES (%s, %s, %s, %s, %s, %s)", self.kinds)
            cursor.executemany("INSERT INTO loading.marks VALUES (%s, %s)", list(self.marks.items()))

    def _council(self, part: Part, due_at: DueAt, actor: str) -> None:
        chain = Chain()
        with psycopg.connect(self.url, autocommit=True) as connection:
            # What is half loaded is thrown away and begun anew; references are counted when all is loaded, which takes
            # a tenth of checking them row by row.
            connection.execute("SET synchronous_commit = off")
            connection.execute("SET session_replication_role = replica")
            made = chunks(
                part.council, first=part.first, count=part.count, waiting=part.waiting, chain=chain, due_at=due_at
            )
            for chunk in made:
                with connection.transaction():
                    _act(connection, part.council, actor)
                    _write(connection, part.council, part.team, chunk)
            with connection.transaction():
                _act(connection, part.council, actor)
                for channel, last in chain.numbers.items():
                    connection.execute(COUNTER, [part.council, channel, last, chain.hashes[channel]])
                for child, column, parent in REFERENCES:
                    _refuse_orphans(connection, child, column, parent)

    def _finish(self, connection: Connection, count: int) -> None:
        """Throw staging away, let the numbers of new rows begin after those loaded, and gather statistics."""
        connection.execute("DROP SCHEMA loading CASCADE")
        for name in SEQUENCES:
            connection.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [f"contacts_{name}", 4 * count + 8]
            )
        connection.execute("VACUUM (ANALYZE)")


def _staging(council: int) -> dict[str, sql.Composable]:
    return {name: sql.Identifier(f"{name}_{council}") for name in _TABLES}


def _act(connection: Connection, council: int, actor: str) -> None:
    connection.execute(
        "SELECT set_config('frontdoor.authority', %s, true), set_config('frontdoor.actor', %s, true)",
        [str(council), actor],
    )


def _refuse_orphans(connection: Connection, child: str, column: str, parent: str) -> None:
    """Count, in the council acted for, the rows that refer to none of its own.

    :raises Orphans: there are some
    """
    statement = sql.SQL(
        "SELECT count(*) FROM {child} WHERE {column} IS NOT NULL"
        " AND NOT EXISTS (SELECT FROM {parent} WHERE {parent}.id = {child}.{column})"
    ).format(
        child=sql.Identifier(f"contacts_{child}"),
        column=sql.Identifier(column),
        parent=sql.Identifier(f"contacts_{parent}"),
    )
    if connection.execute(statement).fetchone() != (0,):
        raise Orphans(f"{child}.{column}")


def _write(connection: Connection, council: int, team: int, chunk: Chunk) -> None:
    names: dict[str, sql.Composable] = {**_staging(council), "council": sql.Literal(council), "team": sql.Literal(team)}
    connection.execute(sql.SQL("TRUNCATE loading.{arrival}, loading.{person}").format(**names))
    with connection.cursor() as cursor:
        for name, lines in (("arrival", chunk.arrivals), ("person", chunk.people)):
            with cursor.copy(sql.SQL("COPY loading.{} FROM STDIN").format(names[name])) as copy:
                copy.write(lines)
        cursor.execute(sql.SQL("ANALYZE loading.{arrival}").format(**names))
        for statement in INSERTS:
            cursor.execute(sql.SQL(statement).format(**names))
