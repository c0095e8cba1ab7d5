"""A family's way up and down, the times at which somebody asks how it goes, and what is to change for it."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("earlyhelp", "0004_signposting_wall"),
        ("familyhelp", "0004_plans_wall"),
        ("referrals", "0006_named_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[("step_down", "Stepped down"), ("ended", "Help ended with what the family wanted")],
                        max_length=10,
                    ),
                ),
                (
                    "which",
                    models.CharField(choices=[("first", "After 3 months"), ("second", "After 6 months")], max_length=8),
                ),
                ("since", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("due", "To be asked"), ("done", "Asked"), ("not_needed", "Not needed any more")],
                        default="due",
                        max_length=10,
                    ),
                ),
                ("version", models.IntegerField(default=1)),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="earlyhelp.episode",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Asking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reached", models.BooleanField()),
                (
                    "kept",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kept", "Yes, the change is kept up"),
                            ("partly", "Partly"),
                            ("lost", "No, it is as it was, or worse"),
                            ("nobody", "Nobody can say any more: the family has moved away"),
                        ],
                        max_length=8,
                    ),
                ),
                ("who", models.CharField(blank=True, max_length=200)),
                ("heard", models.TextField(blank=True)),
                ("unheard", models.CharField(blank=True, max_length=300)),
                ("words", models.TextField()),
                ("by_user", models.BigIntegerField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "check_of",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="askings",
                        to="familyhelp.check",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.CharField(max_length=20)),
                ("heading", models.CharField(max_length=80)),
                ("wanted", models.TextField()),
                ("by_user", models.BigIntegerField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="earlyhelp.episode",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("start", "At the start"),
                            ("review", "At a review"),
                            ("end", "At the end"),
                            ("later", "Six months after"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "stands",
                    models.CharField(
                        choices=[("not", "Not reached"), ("partly", "Part of the way"), ("met", "Reached")],
                        max_length=6,
                    ),
                ),
                ("words", models.TextField()),
                ("by_user", models.BigIntegerField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="familyhelp.outcome",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("early_help", "Early help, by the family’s agreement"),
                            ("section17", "Children in need (section 17)"),
                            ("section47", "Child protection (section 47)"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("why", models.TextField()),
                ("by_user", models.BigIntegerField(blank=True, null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="earlyhelp.episode",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StepDown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slip", models.UUIDField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "With the early help hub, not accepted yet"),
                            ("back", "Sent back by the early help hub"),
                            ("accepted", "Accepted by the early help hub"),
                            ("withdrawn", "Taken back by the team"),
                        ],
                        default="sent",
                        max_length=10,
                    ),
                ),
                ("said", models.TextField(blank=True)),
                (
                    "came_from",
                    models.CharField(
                        choices=[
                            ("section17", "Children in need (section 17)"),
                            ("section47", "Child protection (section 47)"),
                        ],
                        max_length=10,
                    ),
                ),
                ("held_on", models.DateField()),
                ("there", models.TextField()),
                ("family_there", models.BooleanField()),
                ("family_why", models.CharField(blank=True, max_length=300)),
                ("plan", models.TextField()),
                ("heard", models.TextField(blank=True)),
                ("unheard", models.CharField(blank=True, max_length=300)),
                ("lead_name", models.CharField(max_length=200)),
                ("lead_agency", models.CharField(max_length=200)),
                ("by_user", models.BigIntegerField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "episode",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="step_downs",
                        to="earlyhelp.episode",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="step_downs",
                        to="referrals.referral",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(fields=["authority_id", "episode", "id"], name="check_of_episode"),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(
                condition=models.Q(("state", "due")), fields=["authority_id", "since", "id"], name="check_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.UniqueConstraint(
                fields=("authority_id", "episode", "origin", "which", "since"), name="check_once_a_time"
            ),
        ),
        migrations.AddIndex(
            model_name="asking",
            index=models.Index(fields=["authority_id", "check_of", "id"], name="asking_of_check"),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kept", ""), ("reached", False)),
                    models.Q(
                        ("reached", True), models.Q(("kept", ""), _negated=True), models.Q(("who", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="asking_reached_says_what_and_who",
            ),
        ),
        migrations.AddIndex(
            model_name="outcome",
            index=models.Index(fields=["authority_id", "at", "id"], name="outcome_marked"),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.UniqueConstraint(
                fields=("authority_id", "episode", "code", "heading"), name="outcome_once_a_family"
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["authority_id", "outcome", "id"], name="evidence_of_outcome"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="evidence_says_how_we_know"
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["authority_id", "episode", "id"], name="standing_of_episode"),
        ),
        migrations.AddIndex(
            model_name="stepdown",
            index=models.Index(fields=["authority_id", "referral", "id"], name="step_down_of_referral"),
        ),
        migrations.AddIndex(
            model_name="stepdown",
            index=models.Index(fields=["authority_id", "episode", "id"], name="step_down_of_episode"),
        ),
        migrations.AddIndex(
            model_name="stepdown",
            index=models.Index(fields=["authority_id", "settled_at", "id"], name="step_down_settled"),
        ),
        migrations.AddConstraint(
            model_name="stepdown",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at__isnull", True)),
                fields=("authority_id", "referral"),
                name="step_down_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="stepdown",
            constraint=models.UniqueConstraint(fields=("authority_id", "slip"), name="step_down_once_a_slip"),
        ),
        migrations.AddConstraint(
            model_name="stepdown",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", False), ("state__in", ["accepted", "withdrawn"])),
                    models.Q(("settled_at__isnull", True), ("state__in", ["sent", "back"])),
                    _connector="OR",
                ),
                name="step_down_settled_when_its_state_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="stepdown",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("family_there", True), models.Q(("family_why", ""), _negated=True), _connector="OR"
                ),
                name="step_down_family_or_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="stepdown",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("heard", ""), _negated=True), models.Q(("unheard", ""), _negated=True), _connector="OR"
                ),
                name="step_down_heard_or_says_why_not",
            ),
        ),
    ]
