import uuid

import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council, wall


class Migration(migrations.Migration):
    dependencies = [("contacts", "0006_back_with_us"), ("actors", "0001_guard")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="sample_share",
            field=models.SmallIntegerField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("sample_share__isnull", False)),
                fields=["authority_id", "made_at", "id"],
                name="decision_drawn",
            ),
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("agree", "I would have decided the same"),
                            ("disagree", "I do not agree, because"),
                            ("learn", "I agree, and there is something to learn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("reviewed_by", models.BigIntegerField()),
                ("reviewed_at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="contacts.decision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("authority_id", "decision"), name="review_once_a_decision"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", "agree"), models.Q(("words", ""), _negated=True), _connector="OR"
                        ),
                        name="review_says_why",
                    ),
                ],
            },
        ),
        # What was said of a decision is written once.
        wall("contacts_review", app="SELECT, INSERT"),
        same_council("contacts_review", "decision_id", "contacts_decision"),
    ]
