import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contacts", "0014_senders"),
    ]

    operations = [
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(choices=[("complaint", "Complaint"), ("compliment", "Compliment")], max_length=12),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("contact", "In a contact"),
                            ("phone", "Told on the telephone"),
                            ("letter", "Letter"),
                            ("email", "E-mail"),
                            ("in_person", "In person"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "who",
                    models.CharField(
                        choices=[
                            ("child", "A child or young person"),
                            ("parent", "A parent or carer"),
                            ("family", "Another relative"),
                            ("professional", "A professional"),
                            ("other", "Somebody else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("reply_to", models.CharField(blank=True, max_length=300)),
                ("what", models.TextField()),
                ("team_id", models.BigIntegerField()),
                ("about_user", models.BigIntegerField(blank=True, null=True)),
                ("received_at", models.DateTimeField()),
                ("taken_by", models.BigIntegerField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Nobody answers for it yet"),
                            ("in_hand", "In somebody's hands"),
                            ("replied", "Answered"),
                            ("withdrawn", "Withdrawn"),
                            ("passed", "Passed to the team"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                (
                    "stage",
                    models.SmallIntegerField(
                        choices=[
                            (1, "Stage 1: local resolution"),
                            (2, "Stage 2: investigation"),
                            (3, "Stage 3: panel"),
                            (4, "Ombudsman"),
                        ],
                        default=1,
                    ),
                ),
                ("is_complex", models.BooleanField(default=False)),
                ("owner", models.BigIntegerField(blank=True, null=True)),
                ("due_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "Upheld"), ("partly", "Partly upheld"), ("not_upheld", "Not upheld")],
                        max_length=12,
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "about_contact",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.contact",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.contact",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("taken", "Taken in"),
                            ("owned", "Given to somebody"),
                            ("complex", "Found to be complex"),
                            ("replied", "Answered"),
                            ("learnt", "What was learnt"),
                            ("stage", "Goes on to the next stage"),
                            ("withdrawn", "Withdrawn"),
                            ("thanked", "Passed to the team"),
                            ("risk", "It showed a risk"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("stage", models.SmallIntegerField()),
                ("by_user", models.BigIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                (
                    "complaint",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.contact",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
            },
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("settled_at", None)), fields=["authority_id", "due_at", "id"], name="complaint_open"
            ),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["authority_id", "received_at", "id"], name="complaint_received"),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.UniqueConstraint(
                condition=models.Q(("contact__isnull", False)),
                fields=("authority_id", "contact"),
                name="complaint_once_a_contact",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("owner__isnull", True),
                    ("about_user__isnull", True),
                    models.Q(("owner", models.F("about_user")), _negated=True),
                    _connector="OR",
                ),
                name="complaint_is_owned_by_another",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["authority_id", "complaint", "id"], name="entry_of_complaint"),
        ),
    ]
