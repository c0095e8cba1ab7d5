import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mash", "0002_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="Asked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("agency", models.UUIDField()),
                ("is_child", models.BooleanField()),
                ("position", models.SmallIntegerField()),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="mash.subject"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "asked",
            },
        ),
        migrations.CreateModel(
            name="Capacity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("agency", models.UUIDField()),
                ("line", models.CharField(max_length=200)),
                ("said_by", models.CharField(max_length=200)),
                ("user_id", models.BigIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "capacities",
                "indexes": [models.Index(fields=["authority_id", "agency", "-at"], name="capacity_newest")],
            },
        ),
        migrations.CreateModel(
            name="Desk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("agency", models.UUIDField()),
                ("name", models.CharField(max_length=200)),
                (
                    "line",
                    models.CharField(
                        choices=[
                            ("police", "Police"),
                            ("health", "Health"),
                            ("education", "Education"),
                            ("youth_justice", "Youth justice"),
                            ("adult_services", "Adult social care"),
                            ("substance_misuse", "Drug and alcohol service"),
                            ("camhs", "Child and adolescent mental health (CAMHS)"),
                            ("probation", "Probation"),
                            ("housing", "Housing"),
                            ("idva", "Domestic abuse service (IDVA)"),
                            ("early_help", "Early help"),
                            ("fire", "Fire and rescue"),
                            ("voluntary", "Voluntary organisation"),
                            ("other", "Another service"),
                        ],
                        max_length=20,
                    ),
                ),
                ("covers", models.TextField(blank=True)),
                ("ratings", models.JSONField(default=list)),
                ("agreement", models.CharField(max_length=200)),
                ("agreement_version", models.CharField(max_length=60)),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "public_task",
                                "Public task: Children Act 1989 s17, s47; 2004 s10, s11 (UK GDPR article 6(1)(e))",
                            ),
                            ("legal_obligation", "Legal obligation (article 6(1)(c))"),
                            ("vital_interests", "To protect somebody's life (article 6(1)(d))"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "safeguarding",
                                "Safeguarding of children and individuals at risk (Data Protection Act 2018, schedule 1, 18)",
                            ),
                            ("statutory", "Statutory and government purposes (schedule 1, 6)"),
                            ("social_care", "Health or social care (article 9(2)(h); schedule 1, 2)"),
                            ("vital", "Vital interests of somebody who cannot agree (article 9(2)(c))"),
                        ],
                        max_length=20,
                    ),
                ),
                ("necessity", models.TextField(blank=True)),
                ("proportionality", models.TextField(blank=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("telephone", models.CharField(blank=True, max_length=40)),
                ("out_of_hours", models.CharField(blank=True, max_length=40)),
                ("lead_name", models.CharField(blank=True, max_length=200)),
                ("lead_email", models.EmailField(blank=True, max_length=254)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("version", models.IntegerField(default=1)),
            ],
            options={
                "indexes": [models.Index(fields=["authority_id", "line", "name"], name="desk_line")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority_id", "agency", "starts_on"), name="desk_once_from_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="desk_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("agency", models.UUIDField()),
                ("reference", models.CharField(max_length=60)),
                ("rating", models.CharField(max_length=10)),
                ("question", models.TextField()),
                ("since", models.DateField(blank=True, null=True)),
                ("why_asked", models.CharField(max_length=300)),
                ("duty", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Sent, nobody there has opened it"),
                            ("opened", "Opened there"),
                            ("told", "Told us by telephone, not confirmed yet"),
                            ("answered", "Answered"),
                            ("refused", "Refused, or cannot be answered"),
                            ("stopped", "Stopped: no longer asked"),
                        ],
                        default="sent",
                        max_length=12,
                    ),
                ),
                ("sent_by", models.BigIntegerField()),
                ("sent_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("chased_at", models.DateTimeField(blank=True, null=True)),
                ("escalated_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_why", models.CharField(blank=True, max_length=300)),
                ("version", models.IntegerField(default=1)),
                (
                    "desk",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="mash.desk",
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="mash.enquiry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("agency", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("information", "We know something"),
                            ("nothing_known", "Nothing known to us"),
                            ("cannot", "We cannot say, because"),
                            ("will_not", "We will not say, because"),
                        ],
                        max_length=14,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("facts", models.TextField(blank=True)),
                ("analysis", models.TextField(blank=True)),
                ("protective", models.TextField(blank=True)),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("open", "May be told to the family"),
                            ("professionals", "For professionals only"),
                            ("restricted_source", "The source must stay unknown"),
                            ("intelligence", "Intelligence: must not leave the hub"),
                            ("victim_safety", "A victim's safety: never to the other side"),
                            ("legal", "Legal advice"),
                        ],
                        default="professionals",
                        max_length=20,
                    ),
                ),
                ("family_may_see", models.BooleanField(blank=True, null=True)),
                ("partners_may_see", models.BooleanField(default=False)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("desk", "At the agency's own desk"),
                            ("telephone", "By telephone"),
                            ("room", "Said in the room"),
                            ("volunteered", "Told us unasked"),
                        ],
                        max_length=12,
                    ),
                ),
                ("said_by", models.CharField(max_length=200)),
                ("user_id", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn", models.BooleanField(default=False)),
                ("why", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "asked",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="mash.asked",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mash.reply",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="mash.request",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "replies",
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("agency", models.UUIDField()),
                ("user_id", models.BigIntegerField(blank=True, null=True)),
                ("name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "request",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="mash.request",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="asked",
            name="request",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="people", to="mash.request"
            ),
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "position",
                    models.CharField(
                        choices=[
                            ("given", "Asked, and agreed"),
                            ("refused", "Asked, and refused"),
                            ("no_reply", "Asked, and no answer"),
                            ("not_sought", "Not asked"),
                            ("withdrawn", "Agreed, and taken back since"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(max_length=500)),
                ("by_user", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "enquiry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="mash.enquiry",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["authority_id", "enquiry", "-at"], name="agreement_of_enquiry")],
            },
        ),
        migrations.CreateModel(
            name="Dispensing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "position",
                    models.CharField(
                        choices=[
                            ("given", "Asked, and agreed"),
                            ("refused", "Asked, and refused"),
                            ("no_reply", "Asked, and no answer"),
                            ("not_sought", "Not asked"),
                            ("withdrawn", "Agreed, and taken back since"),
                        ],
                        max_length=12,
                    ),
                ),
                ("why", models.TextField()),
                ("on_refusal", models.TextField(blank=True)),
                ("decided_by", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "enquiry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispensings",
                        to="mash.enquiry",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["authority_id", "enquiry", "-at"], name="dispensing_of_enquiry")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("position", "given"), _negated=True), models.Q(("why", ""), _negated=True)
                        ),
                        name="dispensing_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Grounds",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("purpose", models.CharField(max_length=300)),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            (
                                "public_task",
                                "Public task: Children Act 1989 s17, s47; 2004 s10, s11 (UK GDPR article 6(1)(e))",
                            ),
                            ("legal_obligation", "Legal obligation (article 6(1)(c))"),
                            ("vital_interests", "To protect somebody's life (article 6(1)(d))"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            (
                                "safeguarding",
                                "Safeguarding of children and individuals at risk (Data Protection Act 2018, schedule 1, 18)",
                            ),
                            ("statutory", "Statutory and government purposes (schedule 1, 6)"),
                            ("social_care", "Health or social care (article 9(2)(h); schedule 1, 2)"),
                            ("vital", "Vital interests of somebody who cannot agree (article 9(2)(c))"),
                        ],
                        max_length=20,
                    ),
                ),
                ("necessity", models.TextField()),
                ("proportionality", models.TextField()),
                ("agreement", models.CharField(blank=True, max_length=200)),
                ("agreement_version", models.CharField(blank=True, max_length=60)),
                ("duty", models.BooleanField(default=False)),
                ("by_user", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "desk",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mash.desk",
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grounds",
                        to="mash.enquiry",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "grounds",
                "indexes": [models.Index(fields=["authority_id", "enquiry", "-at"], name="grounds_of_enquiry")],
            },
        ),
        migrations.CreateModel(
            name="LeftOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("why", models.CharField(max_length=500)),
                ("by_user", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "desk",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="mash.desk"
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="left_out",
                        to="mash.enquiry",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "left out",
                "indexes": [models.Index(fields=["authority_id", "enquiry", "-at"], name="left_out_of_enquiry")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("why", ""), _negated=True), name="left_out_says_why")
                ],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("agency", models.UUIDField()),
                ("agrees", models.BooleanField()),
                ("words", models.CharField(blank=True, max_length=500)),
                ("user_id", models.BigIntegerField(blank=True, null=True)),
                ("name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "reply",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="mash.reply",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["authority_id", "reply", "at"], name="confirmation_of_reply")],
            },
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["authority_id", "enquiry", "sent_at", "id"], name="asking_of_enquiry"),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["authority_id", "agency", "due_at", "id"], name="asking_of_agency"),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["authority_id", "sent_at", "id"], name="asking_sent"),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stopped_at__isnull", True)),
                fields=("authority_id", "enquiry", "agency"),
                name="asking_once_an_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stopped_at__isnull", True), ("stopped_why", "")),
                    models.Q(("stopped_at__isnull", False), models.Q(("stopped_why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="asking_stopped_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(fields=["authority_id", "request", "at", "id"], name="reply_of_request"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("partners_may_see", False),
                    models.Q(
                        ("mark__in", ["intelligence", "legal", "restricted_source", "victim_safety"]), _negated=True
                    ),
                    _connector="OR",
                ),
                name="reply_kept_apart_is_not_shared",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn", False),
                    models.Q(("supersedes__isnull", False), models.Q(("why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="reply_withdrawn_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="opening",
            index=models.Index(fields=["authority_id", "request", "at"], name="opening_of_request"),
        ),
        migrations.AddConstraint(
            model_name="asked",
            constraint=models.UniqueConstraint(
                fields=("authority_id", "request", "subject"), name="asked_once_a_request"
            ),
        ),
    ]
