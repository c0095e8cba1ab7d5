import uuid

import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council, wall


class Migration(migrations.Migration):
    dependencies = [("contacts", "0011_correspondence"), ("letters", "0004_safe_contact"), ("actors", "0001_guard")]

    operations = [
        migrations.AddField(
            model_name="named",
            name="address_protected",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="FamilyCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("caller", models.CharField(max_length=200)),
                ("began_at", models.DateTimeField()),
                ("taken_by", models.BigIntegerField()),
                (
                    "check_made",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("called_back", "We rang them back on a number that was on record before"),
                            ("facts", "They answered three questions rightly"),
                            ("not_possible", "It could not be made sure"),
                        ],
                        max_length=12,
                    ),
                ),
                ("facts", models.JSONField(default=list)),
                ("known_from", models.CharField(blank=True, max_length=300)),
                ("children", models.JSONField(default=list)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("asked", models.TextField(blank=True)),
                ("said", models.TextField(blank=True)),
                ("complaint", models.TextField(blank=True)),
                ("worry", models.UUIDField(blank=True, null=True)),
                ("ring_by", models.DateTimeField(blank=True, null=True)),
                ("rang_at", models.DateTimeField(blank=True, null=True)),
                ("rang_by", models.BigIntegerField(blank=True, null=True)),
                ("rang_outcome", models.CharField(blank=True, max_length=300)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="family_calls",
                        to="contacts.contact",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="family_calls",
                        to="contacts.named",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("contact__isnull", False)),
                        fields=["authority_id", "contact"],
                        name="family_call_contact",
                    ),
                    models.Index(
                        condition=models.Q(("rang_at__isnull", True), ("ring_by__isnull", False)),
                        fields=["authority_id", "ring_by"],
                        name="family_call_ring",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["authority_id", "taken_by"],
                        name="family_call_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Telling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("decision", models.UUIDField(blank=True, null=True)),
                (
                    "told",
                    models.CharField(
                        choices=[("arrived", "That it arrived"), ("decided", "What was decided, and why")],
                        max_length=10,
                    ),
                ),
                (
                    "part",
                    models.CharField(choices=[("parent", "A parent or carer"), ("child", "The child")], max_length=10),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_tell", "To be told"),
                            ("chosen", "Words wait for a second person"),
                            ("released", "May be told now"),
                            ("told", "Told"),
                            ("not_told", "Not told"),
                            ("called_off", "Not needed: the decision was taken back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                (
                    "responsibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes, they have parental responsibility"),
                            ("care", "No, but they care for the child day to day"),
                            ("no", "No"),
                            ("unknown", "Not known"),
                        ],
                        max_length=10,
                    ),
                ),
                ("known_from", models.CharField(blank=True, max_length=300)),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[("in_person", "In person"), ("phone", "By telephone"), ("letter", "By letter")],
                        max_length=10,
                    ),
                ),
                ("teller", models.BigIntegerField(blank=True, null=True)),
                ("tell_at", models.DateTimeField(blank=True, null=True)),
                (
                    "worry",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wellbeing", "how the child is"),
                            ("safety", "whether the child is safe"),
                            ("home", "something at home"),
                            ("outside", "something outside the home"),
                            ("support", "help that the family may need"),
                            ("missing", "the child being away from home"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_more_needed", "On what we know now, nothing more from us is needed."),
                            ("advice_enough", "On what we know now, advice or a service nearby is the right help."),
                            (
                                "help_by_agreement",
                                "We think that your family could use some help, and it is yours to accept or not.",
                            ),
                            ("look_closer", "What we were told needs a closer look before anything else is decided."),
                            ("keep_safe", "We have to make sure that the child is safe."),
                            ("worker_already", "The child has a worker already, who goes on with it."),
                            ("other_council", "Another council is responsible where the child lives."),
                        ],
                        max_length=20,
                    ),
                ),
                ("chosen_by", models.BigIntegerField(blank=True, null=True)),
                ("chosen_at", models.DateTimeField(blank=True, null=True)),
                ("released_by", models.BigIntegerField(blank=True, null=True)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("told_by", models.BigIntegerField(blank=True, null=True)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "why_not",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("raises_risk", "Telling them would raise the risk to a child or to somebody else"),
                            ("evidence", "Evidence could be lost"),
                            ("not_found", "They cannot be found or reached safely"),
                            (
                                "not_theirs",
                                "They have no parental responsibility for this child, and do not care for them",
                            ),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("why_words", models.CharField(blank=True, max_length=1000)),
                ("again_on", models.DateField(blank=True, null=True)),
                ("refused_by", models.BigIntegerField(blank=True, null=True)),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tellings",
                        to="contacts.matter",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tellings",
                        to="contacts.named",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("chosen", "released", "to_tell"))),
                        fields=["authority_id", "due_at", "id"],
                        name="telling_open",
                    ),
                    models.Index(
                        condition=models.Q(("state", "not_told")),
                        fields=["authority_id", "again_on"],
                        name="telling_again",
                    ),
                    models.Index(fields=["authority_id", "person"], name="telling_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority_id", "matter", "person", "told", "decision"),
                        name="telling_once_a_person",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        wall("contacts_familycall"),
        same_council("contacts_familycall", "contact_id", "contacts_contact"),
        same_council("contacts_familycall", "person_id", "contacts_named"),
        wall("contacts_telling"),
        same_council("contacts_telling", "matter_id", "contacts_matter"),
        same_council("contacts_telling", "person_id", "contacts_named"),
    ]
