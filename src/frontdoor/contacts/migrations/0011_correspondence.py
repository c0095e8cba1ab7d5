import uuid

import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council, wall


class Migration(migrations.Migration):
    dependencies = [("contacts", "0010_incidents"), ("actors", "0001_guard")]

    operations = [
        migrations.AlterField(
            model_name="contact",
            name="category",
            field=models.CharField(
                choices=[
                    ("request_for_information", "Request for information"),
                    ("request_for_service", "Request for service or safeguarding concern"),
                    ("advice", "Advice given"),
                    ("wrong_number", "Wrong number"),
                    ("abandoned", "Call abandoned"),
                    ("nothing", "Nothing about a child"),
                ],
                max_length=30,
            ),
        ),
        migrations.CreateModel(
            name="Correspondence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "door",
                    models.CharField(
                        choices=[("email", "E-mail"), ("letter", "Letter"), ("other_authority", "Another council")],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits to be put into the form"),
                            ("sorted", "Put into the form"),
                            ("nothing", "Nothing about a child"),
                        ],
                        max_length=10,
                    ),
                ),
                ("original", models.UUIDField(blank=True, null=True)),
                ("written_on", models.DateField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("reached_whom", models.CharField(blank=True, max_length=200)),
                ("subject", models.CharField(blank=True, max_length=300)),
                ("message_id", models.CharField(blank=True, max_length=250)),
                ("digest", models.BinaryField(blank=True, max_length=32, null=True)),
                ("sender", models.CharField(blank=True, max_length=32)),
                (
                    "machine",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", ""),
                            ("auto_reply", "An automatic reply"),
                            ("bounce", "A notice that an e-mail could not be delivered"),
                            ("loop", "Our own e-mail, come back"),
                            ("automatic", "Written by a computer"),
                            ("list", "Sent to a mailing list"),
                        ],
                        max_length=12,
                    ),
                ),
                ("unread", models.CharField(blank=True, max_length=300)),
                ("left_out", models.TextField(blank=True)),
                (
                    "about_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Names no number of ours"),
                            ("proposed", "May say more about another contact"),
                            ("certain", "Says more about another contact: same sender, its number in the subject"),
                            ("confirmed", "Says more about another contact"),
                            ("refused", "Is about something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("council_code", models.CharField(blank=True, max_length=3)),
                ("their_reference", models.CharField(blank=True, max_length=100)),
                ("placed_here", models.BooleanField(blank=True, null=True)),
                (
                    "keeps",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "They have not said"),
                            ("yes", "Yes: they stay responsible, in writing"),
                            ("no", "No: they ask us to take over"),
                        ],
                        max_length=10,
                    ),
                ),
                ("kept_by", models.CharField(blank=True, max_length=200)),
                ("kept_on", models.DateField(blank=True, null=True)),
                ("taken_by", models.BigIntegerField(blank=True, null=True)),
                ("taken_at", models.DateTimeField()),
                ("sorted_by", models.BigIntegerField(blank=True, null=True)),
                ("sorted_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="more_said",
                        to="contacts.contact",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correspondence",
                        to="contacts.contact",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["authority_id", "taken_at", "id"],
                        name="correspondence_waiting",
                    ),
                    models.Index(fields=["authority_id", "sender", "taken_at"], name="correspondence_sender"),
                    models.Index(
                        condition=models.Q(("about__isnull", False)),
                        fields=["authority_id", "about"],
                        name="correspondence_about",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("authority_id", "contact"), name="correspondence_once_a_contact"),
                    models.UniqueConstraint(
                        condition=models.Q(("digest__isnull", False)),
                        fields=("authority_id", "digest"),
                        name="correspondence_once_a_message",
                    ),
                ],
            },
        ),
        wall("contacts_correspondence"),
        same_council("contacts_correspondence", "contact_id", "contacts_contact"),
        same_council("contacts_correspondence", "about_id", "contacts_contact"),
    ]
