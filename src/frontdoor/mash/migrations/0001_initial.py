import uuid

import django.db.models.deletion
from django.db import migrations, models

import frontdoor.mash.rules.states


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contacts", "0021_counted_closely"),
    ]

    operations = [
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("family", models.UUIDField()),
                ("reference", models.CharField(max_length=40)),
                ("question", models.TextField(blank=True)),
                (
                    "rating",
                    models.CharField(
                        blank=True,
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green"), ("blue", "Blue")],
                        max_length=10,
                    ),
                ),
                ("section47", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Not rated yet"),
                            ("rated", "Rated: nobody was asked yet"),
                            ("gathering", "Agencies are being asked"),
                            ("analysis", "Being analysed together"),
                            ("recommended", "Waiting for a manager"),
                            ("decided", "Decided for every child"),
                            ("closed", "Closed"),
                            ("stood_down", "Stood down"),
                            ("joined", "Joined to another enquiry"),
                            ("reopened", "Opened again: not rated yet"),
                        ],
                        default="requested",
                        max_length=12,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.BigIntegerField(blank=True, null=True)),
                ("rated_at", models.DateTimeField(blank=True, null=True)),
                ("touched_at", models.DateTimeField()),
                ("team_id", models.BigIntegerField()),
                ("holder", models.BigIntegerField(blank=True, null=True)),
                ("urgency", models.SmallIntegerField()),
                ("due_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_by", models.BigIntegerField(blank=True, null=True)),
                ("settled_why", models.TextField(blank=True)),
                ("reopened_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "contact",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.contact",
                    ),
                ),
                (
                    "joined_to",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mash.enquiry",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "enquiries",
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("first", "Rated"),
                            ("raised", "Rated higher"),
                            ("lowered", "Rated lower"),
                            ("again", "Rated again after it was opened again"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green"), ("blue", "Blue")],
                        max_length=10,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green"), ("blue", "Blue")],
                        max_length=10,
                    ),
                ),
                ("why", models.TextField()),
                ("due_before", models.DateTimeField(blank=True, null=True)),
                ("due_after", models.DateTimeField()),
                ("was_late", models.BooleanField(default=False)),
                ("by_user", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "enquiry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="mash.enquiry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("slip", models.UUIDField(blank=True, null=True)),
                ("is_child", models.BooleanField()),
                ("position", models.SmallIntegerField()),
                (
                    "safe",
                    models.CharField(
                        blank=True, choices=[("yes", "Yes"), ("no", "No"), ("unknown", "We do not know")], max_length=10
                    ),
                ),
                ("safe_at", models.DateTimeField(blank=True, null=True)),
                ("safe_due_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "enquiry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="mash.enquiry",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.matter",
                    ),
                ),
                (
                    "named",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.named",
                    ),
                ),
                (
                    "same_as",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="again",
                        to="mash.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SafetyCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "answer",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "We do not know")], max_length=10
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("saw", "Saw the child"),
                            ("spoke", "Spoke to the child and did not see them"),
                            ("other", "Heard from somebody else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("who", models.CharField(blank=True, max_length=200)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("where", models.CharField(blank=True, max_length=300)),
                ("said", models.TextField(blank=True)),
                ("own_words", models.TextField(blank=True)),
                ("direction", models.UUIDField(blank=True, null=True)),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("answered_by", models.BigIntegerField()),
                ("answered_at", models.DateTimeField()),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="mash.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "Enquiry opened"),
                            ("child_added", "A child joined the enquiry"),
                            ("taken", "Taken"),
                            ("question", "Question written"),
                            ("rated", "Rated"),
                            ("gathering", "Agencies asked"),
                            ("analysis", "Analysis begun"),
                            ("safety", "Is the child safe now"),
                            ("night", "Gone to the out-of-hours team for the night"),
                            ("recommended", "Recommended"),
                            ("decided", "Decided"),
                            ("voided", "Decision taken back"),
                            ("stood_down", "Stood down"),
                            ("joined", "Joined to another enquiry"),
                            ("took_in", "Another enquiry was joined to this one"),
                            ("reopened", "Opened again"),
                            ("closed", "Closed"),
                            ("note", "Note"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("by_user", models.BigIntegerField(blank=True, null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "enquiry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turns",
                        to="mash.enquiry",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", True)),
                fields=["authority_id", "urgency", "due_at", "id"],
                name="enquiry_open",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["authority_id", "contact"], name="enquiry_contact"),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["authority_id", "family", "id"], name="enquiry_family"),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["authority_id", "settled_at", "id"], name="enquiry_settled"),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at__isnull", True)),
                fields=("authority_id", "family"),
                name="enquiry_one_a_family",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.UniqueConstraint(fields=("authority_id", "reference"), name="enquiry_once_a_reference"),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("settled_at__isnull", False),
                        (
                            "state__in",
                            [
                                frontdoor.mash.rules.states.State["CLOSED"],
                                frontdoor.mash.rules.states.State["JOINED"],
                                frontdoor.mash.rules.states.State["STOOD_DOWN"],
                            ],
                        ),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "state__in",
                                [
                                    frontdoor.mash.rules.states.State["CLOSED"],
                                    frontdoor.mash.rules.states.State["JOINED"],
                                    frontdoor.mash.rules.states.State["STOOD_DOWN"],
                                ],
                            ),
                            _negated=True,
                        ),
                        ("settled_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="enquiry_settled_when_its_state_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("joined_to__isnull", False), ("state", frontdoor.mash.rules.states.State["JOINED"])),
                    models.Q(
                        models.Q(("state", frontdoor.mash.rules.states.State["JOINED"]), _negated=True),
                        ("joined_to__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="enquiry_joined_to_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_at__isnull", True), models.Q(("settled_why", ""), _negated=True), _connector="OR"
                ),
                name="enquiry_settled_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="rating",
            index=models.Index(fields=["authority_id", "enquiry", "at", "id"], name="rating_of_enquiry"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(condition=models.Q(("why", ""), _negated=True), name="rating_says_why"),
        ),
        migrations.AddIndex(
            model_name="subject",
            index=models.Index(fields=["authority_id", "enquiry", "position", "id"], name="subject_of_enquiry"),
        ),
        migrations.AddIndex(
            model_name="subject",
            index=models.Index(
                condition=models.Q(("slip__isnull", False)), fields=["authority_id", "slip"], name="subject_slip"
            ),
        ),
        migrations.AddIndex(
            model_name="subject",
            index=models.Index(fields=["authority_id", "named"], name="subject_named"),
        ),
        migrations.AddIndex(
            model_name="subject",
            index=models.Index(fields=["authority_id", "matter"], name="subject_matter"),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.UniqueConstraint(
                fields=("authority_id", "enquiry", "named"), name="subject_once_a_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.UniqueConstraint(fields=("authority_id", "enquiry", "slip"), name="subject_once_a_slip"),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_child", True),
                    models.Q(
                        ("matter__isnull", True), ("safe", ""), ("safe_due_at__isnull", True), ("slip__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="subject_adult_is_not_handed_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.CheckConstraint(
                condition=models.Q(("named__isnull", False), ("matter__isnull", False), _connector="OR"),
                name="subject_is_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="safetycheck",
            index=models.Index(fields=["authority_id", "subject", "answered_at", "id"], name="safety_of_subject"),
        ),
        migrations.AddConstraint(
            model_name="safetycheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer", "unknown"),
                    models.Q(
                        models.Q(("who", ""), _negated=True),
                        models.Q(("how", ""), _negated=True),
                        models.Q(("where", ""), _negated=True),
                        models.Q(("said", ""), _negated=True),
                        ("seen_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="safety_says_how_we_know",
            ),
        ),
        migrations.AddConstraint(
            model_name="safetycheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", "yes"), ("direction__isnull", False), _connector="OR"),
                name="safety_starts_an_action",
            ),
        ),
        migrations.AddIndex(
            model_name="turn",
            index=models.Index(fields=["authority_id", "enquiry", "at", "id"], name="turn_of_enquiry"),
        ),
    ]
