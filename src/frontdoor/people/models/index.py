"""The index: a person, and every fact known of them, each with its source and its dates.

Nothing here is written over. What was wrong is struck through with a reason, and what is right is a row of its own.
"""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.people.rules import index as rules


class Person(CaseRow):
    """A child, an adult or an unborn child whom this council knows; another council knows them as another row.

    The columns from `label` to `postcode` are a summary of the rows that stand, worked out whenever one of these
    changes, so that lists read this table alone. `joined_into` names the record that this one was joined into: it has
    no rows of its own while it is. `shut` says that a restriction stands.
    """

    label = models.CharField(max_length=220, blank=True)
    family_name = models.CharField(max_length=110, blank=True)
    given_name = models.CharField(max_length=110, blank=True)
    born_on = models.DateField(null=True, blank=True)
    born_basis = models.CharField(max_length=12, choices=rules.BIRTH_BASES, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    unidentified = models.BooleanField(default=False)
    description = models.CharField(max_length=500, blank=True)
    joined_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="joined"
    )
    shut = models.BooleanField(default=False)
    made_by = models.BigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name_plural = "people"
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "born_on", "id"], name="person_born"),
            models.Index(
                fields=["authority_id", "joined_into"],
                name="person_joined",
                condition=models.Q(joined_into__isnull=False),
            ),
            models.Index(
                fields=["authority_id", "expected_on"],
                name="person_expected",
                condition=models.Q(expected_on__isnull=False, born_on__isnull=True),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(born_on__isnull=True) | models.Q(expected_on__isnull=True),
                name="person_born_or_expected",
            )
        ]

    def __str__(self) -> str:
        return self.label


class Recorded(CaseRow):
    """What every fact of a person carries: where it is from, who wrote it and when, for which days, whether struck.

    `source` is in words ("Larkspur Fen Primary School", "case system"); `source_kind` and `source_key` name the row
    that it came with, as plain values. `since` and `until` are days in London, `until` the last one.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="%(class)ss")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    source_kind = models.CharField(max_length=20, choices=rules.SOURCE_KINDS)
    source = models.CharField(max_length=120, blank=True)
    source_key = models.UUIDField(null=True, blank=True)
    recorded_by = models.BigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    struck_by = models.BigIntegerField(null=True, blank=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_why = models.CharField(max_length=300, blank=True)
    shut = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Name(Recorded):
    """One name of a person, as it is written; the `fold_` columns are stored keys for searching.

    A name of one part stands in `given_name`, with no family name. `latin` is a transliteration of another script,
    which keeps the script it came in beside it. `led_at`: when somebody who joined two records chose that it leads.
    """

    kind = models.CharField(max_length=12, choices=rules.NAME_KINDS)
    title = models.CharField(max_length=20, blank=True)
    given_name = models.CharField(max_length=110, blank=True)
    middle_names = models.CharField(max_length=110, blank=True)
    patronymic = models.CharField(max_length=110, blank=True)
    family_name = models.CharField(max_length=110, blank=True)
    script = models.CharField(max_length=4, blank=True)
    latin = models.CharField(max_length=220, blank=True)
    fold_given = models.CharField(max_length=110, blank=True)
    fold_family = models.CharField(max_length=110, blank=True)
    led_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "person"], name="name_person"),
            models.Index(fields=["authority_id", "fold_family", "fold_given", "person"], name="name_family"),
            models.Index(fields=["authority_id", "fold_given", "fold_family", "person"], name="name_given"),
        ]

    def __str__(self) -> str:
        return rules.name_as_written(self.given_name, self.middle_names, self.patronymic, self.family_name)


class Birth(Recorded):
    """When a person was born or is expected, as somebody said, and on what basis; disputed, several stand."""

    basis = models.CharField(max_length=12, choices=rules.BIRTH_BASES)
    day = models.DateField()
    grounds = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "person"], name="birth_person")]

    def __str__(self) -> str:
        return f"{self.basis} {self.day}"


class Residence(Recorded):
    """Where a person lives or lived, several at once where that is so.

    Of a protected address only that there is one: its words lie sealed in another table, and `lines` is empty.
    """

    kind = models.CharField(max_length=16, choices=rules.RESIDENCE_KINDS)
    lines = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    uprn = models.CharField(max_length=12, blank=True)
    care_of = models.CharField(max_length=120, blank=True)
    protected = models.BooleanField(default=False)
    fold_lines = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "person"], name="residence_person"),
            models.Index(
                fields=["authority_id", "postcode", "fold_lines", "person"],
                name="residence_postcode",
                condition=~models.Q(postcode=""),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(protected=False) | models.Q(lines="", postcode="", uprn="", fold_lines=""),
                name="residence_protected_is_empty",
            )
        ]

    def __str__(self) -> str:
        return "Address is protected" if self.protected else self.lines


class Identifier(Recorded):
    """A number by which a register or a system knows a person. `trace` is the status of an NHS number's tracing."""

    kind = models.CharField(max_length=20, choices=rules.IDENTIFIER_KINDS)
    system = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=60)
    trace = models.CharField(max_length=2, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "person"], name="identifier_person"),
            models.Index(fields=["authority_id", "value", "kind", "person"], name="identifier_value"),
        ]

    def __str__(self) -> str:
        return self.value


class Fact(Recorded):
    """Any other fact: sex, gender, ethnicity, language, interpreter, disability, school, GP, telephone, and the like.

    `value` is a code where the kind has a list, else the words or number as given; `note` says more in words.
    """

    kind = models.CharField(max_length=16, choices=rules.FACT_KINDS)
    value = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    fold_value = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "person"], name="fact_person"),
            models.Index(
                fields=["authority_id", "fold_value", "person"], name="fact_value", condition=~models.Q(fold_value="")
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Caution(Recorded):
    """What somebody must know before they visit or call: dogs, weapons, violence to staff, not to visit alone."""

    kind = models.CharField(max_length=16, choices=rules.CAUTION_KINDS)
    words = models.CharField(max_length=300)
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "person"], name="caution_person")]

    def __str__(self) -> str:
        return self.kind
