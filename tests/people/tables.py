"""Invented tables of a case system, as many people as are asked for, the same for the same seed."""

import csv
import json
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import BRINGER
from tests.worlds import PETERBOROUGH

GIVEN = ("Ada", "Bartosz", "Amina", "Callum", "Dovilė", "Ewa", "Farid", "Grace", "Hamza", "Ioana", "José", "Katya")
FAMILY = ("Fen", "Nowak", "Hussain", "Petrauskas", "Silva", "Popescu", "O’Brien", "Lark", "Wold", "Ahmed", "Kowalska")
SOUNDS = ("bar", "den", "fos", "gil", "hal", "kes", "lam", "mor", "nor", "pen", "rud", "sel", "tam", "wes")
STREETS = ("Fen Road", "Lark Rise", "Welbourne Way", "Orchard Street", "Mill Lane")


def write(folder: Path, name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """One table as a file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows(rows)
    return path


PERSON = ("pers_person_id", "pers_forename", "pers_surname", "pers_sex", "pers_ethnicity", "pers_dob",
          "pers_expected_dob", "pers_common_child_id", "pers_death_date")  # fmt: skip
MOTHER = ("moth_table_id", "moth_person_id", "moth_childs_person_id", "moth_childs_dob")
FAMILIES = ("fami_table_id", "fami_family_id", "fami_person_id")
ADDRESS = ("addr_table_id", "addr_address_json", "addr_person_id", "addr_address_type", "addr_address_start_date",
           "addr_address_end_date", "addr_address_postcode")  # fmt: skip
DISABILITY = ("disa_person_id", "disa_table_id", "disa_disability_code")


def nhs(rest: int) -> str:
    """A number of the range that is kept for tests, with its check digit; the next one where there is none."""
    while True:
        stem = f"999{rest % 1_000_000:06d}"
        check = (11 - sum(int(digit) * weight for digit, weight in zip(stem, range(10, 1, -1), strict=True)) % 11) % 11
        if check < 10:
            return f"{stem}{check}"
        rest += 1


def made(folder: Path, people: int, *, seed: int = 4) -> None:
    """Families of a mother and her children, with addresses, numbers and the rest, in five tables."""
    chance = random.Random(seed)  # noqa: S311 (invented people, the same for the same seed)
    persons, mothers, families, addresses, disabled = [], [], [], [], []
    number = 0
    while number < people:
        surname = f"{chance.choice(FAMILY)}" if chance.random() < 0.3 else "".join(chance.choices(SOUNDS, k=2)).title()
        street = f"{chance.randint(1, 180)} {chance.choice(STREETS)}"
        postcode = f"PE{chance.randint(1, 9)}{chance.randint(1, 9)}{chance.choice('ABDEFGH')}{chance.choice('ABDEFGH')}"
        mother = f"P{number}"
        for place in range(min(chance.randint(2, 5), people - number)):
            born = date(1985, 1, 1) if not place else date(2009, 1, 1)
            born += timedelta(days=chance.randint(0, 5000))
            own = f"P{number}"
            given = f"{chance.choice(GIVEN)} {''.join(chance.choices(SOUNDS, k=2)).title()}"
            has_nhs = nhs(number) if number < 900_000 and chance.random() < 0.6 else ""
            persons.append(
                (
                    own,
                    given,
                    surname,
                    "F" if not place else chance.choice("MF"),
                    "WBRI",
                    f"{born} 00:00:00",
                    "",
                    has_nhs,
                    "",
                )
            )
            address = json.dumps(
                {"HOUSE": street.partition(" ")[0], "STREET": street.partition(" ")[2], "TOWN": "Peterborough"}
            )
            addresses.append((f"A{number}", address, own, "Home", "2020-01-01", "", postcode))
            if chance.random() < 0.2:
                addresses.append((f"B{number}", address, own, "Home", "2015-01-01", "2019-12-31", "PE1 1AA"))
            if chance.random() < 0.05:
                disabled.append((own, f"D{number}", "AUT"))
            if place:
                mothers.append((f"M{number}", mother, own, born))
            families.append((f"F{number}", f"FAM{mother}", own))
            number += 1
    write(folder, "ssd_person", PERSON, persons)
    write(folder, "ssd_mother", MOTHER, mothers)
    write(folder, "ssd_family", FAMILIES, families)
    write(folder, "ssd_address", ADDRESS, addresses)
    write(folder, "ssd_disability", DISABILITY, disabled)


def picture(council: int = PETERBOROUGH) -> list[Any]:
    """Everything that the index holds, without what is drawn by chance, in whatever order it was written."""
    from frontdoor.people.models import Birth, Fact, Identifier, Name, Person, Probe, Relationship, Residence

    with acting_for(council, by=BRINGER):
        number = dict(Identifier.objects.filter(kind="local").values_list("person_id", "value"))
        person_fields = (
            "label",
            "family_name",
            "given_name",
            "born_on",
            "born_basis",
            "expected_on",
            "sex",
            "postcode",
        )
        found = [("person", number[pk], *row) for pk, *row in Person.objects.values_list("pk", *person_fields)]
        for model, fields in (
            (Name, ("kind", "given_name", "middle_names", "family_name", "fold_given", "fold_family")),
            (Birth, ("basis", "day")),
            (Residence, ("kind", "lines", "postcode", "fold_lines", "since", "until")),
            (Identifier, ("kind", "system", "value", "trace")),
            (Fact, ("kind", "value")),
        ):
            rows = model.objects.values_list("person_id", "struck_at", *fields)
            found += [(model.__name__, number[pk], *row) for pk, *row in rows]
        found += [("probe", number[pk], token) for pk, token in Probe.objects.values_list("person_id", "token")]
        related = Relationship.objects.values_list("person_id", "other_id", "kind")
        found += [("related", number[one], number[other], kind) for one, other, kind in related]
    return sorted(found, key=repr)
