import uuid

import django.db.models.deletion
from django.db import migrations, models

import frontdoor.disclosures.rules.states


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contacts", "0014_senders"),
    ]

    operations = [
        migrations.CreateModel(
            name="About",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("position", models.SmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("child", "Child"),
                            ("unborn", "Unborn child"),
                            ("unknown", "Child not yet identified"),
                            ("adult", "Adult"),
                        ],
                        max_length=10,
                    ),
                ),
                ("given_name", models.CharField(blank=True, max_length=100)),
                ("family_name", models.CharField(blank=True, max_length=100)),
                ("born", models.DateField(blank=True, null=True)),
                ("relationship", models.CharField(blank=True, max_length=100)),
                ("match_name", models.CharField(blank=True, max_length=220)),
                ("asked", models.BooleanField(default=True)),
                ("added_by", models.BigIntegerField(blank=True, null=True)),
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
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.SmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("facts", "Tell dated facts from the record"),
                            ("not_known", "They are not known to us"),
                            ("refusal", "Refuse, with a reason"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_who_they_say", "It could not be made sure who asks"),
                            ("no_basis", "There is no lawful basis for telling it"),
                            ("too_much", "More is asked than the purpose needs"),
                            ("harm", "Telling it would be likely to harm somebody"),
                            ("court_first", "The court has to allow it first"),
                        ],
                        max_length=20,
                    ),
                ),
                ("facts", models.JSONField(default=list)),
                ("words", models.TextField(blank=True)),
                ("text", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("proposed_by", models.BigIntegerField()),
                ("proposed_at", models.DateTimeField()),
                ("approved_by", models.BigIntegerField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("back_by", models.BigIntegerField(blank=True, null=True)),
                ("back_at", models.DateTimeField(blank=True, null=True)),
                ("back_why", models.CharField(blank=True, max_length=500)),
                ("sent_by", models.BigIntegerField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sent_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("secure_email", "Secure e-mail"),
                            ("portal", "The other side's own secure site"),
                            ("post", "Signed-for post"),
                            ("in_person", "Handed over in person"),
                            ("phone", "By telephone, after calling back"),
                        ],
                        max_length=20,
                    ),
                ),
                ("sent_to", models.CharField(blank=True, max_length=300)),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disclosures.answer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sub_type", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Nobody has taken it yet"),
                            ("in_work", "Being worked on"),
                            ("proposed", "Waiting for a second person"),
                            ("approved", "Approved, not sent yet"),
                            ("answered", "Answered"),
                            ("refused", "Refused"),
                            ("redirected", "Passed to whoever answers it"),
                            ("ended", "No longer wanted"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("team_id", models.BigIntegerField()),
                ("holder", models.BigIntegerField(blank=True, null=True)),
                ("received_at", models.DateTimeField()),
                ("begun_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("needed_by", models.DateField(blank=True, null=True)),
                ("asker_name", models.CharField(blank=True, max_length=200)),
                ("asker_role", models.CharField(blank=True, max_length=200)),
                ("asker_agency", models.CharField(blank=True, max_length=200)),
                ("reply_to", models.CharField(blank=True, max_length=300)),
                (
                    "checked",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("called_back", "Called back on a number that we knew already"),
                            ("secure_email", "Came from a secure e-mail domain that we know"),
                            ("order_seen", "The court's order or letter was seen"),
                            ("in_person", "Seen in person, with proof of who they are"),
                            ("not_checked", "Not checked"),
                        ],
                        max_length=20,
                    ),
                ),
                ("checked_how", models.CharField(blank=True, max_length=500)),
                ("checked_by", models.BigIntegerField(blank=True, null=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("purpose", models.CharField(blank=True, max_length=300)),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("public_task", "Public task: Children Act 1989 and 2004 (UK GDPR article 6(1)(e))"),
                            ("legal_obligation", "Legal obligation, such as a court's order (article 6(1)(c))"),
                            ("vital_interests", "To protect somebody's life (article 6(1)(d))"),
                            ("consent", "Consent of the person whom it is about (article 6(1)(a)); rarely right"),
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
                            (
                                "justice",
                                "Administration of justice, courts acting as such (schedule 1, 7; article 9(2)(f))",
                            ),
                            ("social_care", "Health or social care (article 9(2)(h); schedule 1, 2)"),
                            ("vital", "Vital interests of somebody who cannot agree (article 9(2)(c))"),
                            ("none", "Nothing about health, belief, origin, sex life or offences is told"),
                        ],
                        max_length=20,
                    ),
                ),
                ("necessity", models.TextField(blank=True)),
                ("proportionality", models.TextField(blank=True)),
                ("grounds_by", models.BigIntegerField(blank=True, null=True)),
                ("grounds_at", models.DateTimeField(blank=True, null=True)),
                ("redirected_to", models.CharField(blank=True, max_length=200)),
                ("taken_by", models.CharField(blank=True, max_length=200)),
                ("settled_why", models.TextField(blank=True)),
                ("settled_by", models.BigIntegerField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
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
            ],
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("told", "Told"),
                            ("not_known", "“Not known to us”"),
                            ("refused", "Refused"),
                            ("redirected", "Passed on, not answered here"),
                        ],
                        max_length=12,
                    ),
                ),
                ("match_name", models.CharField(blank=True, max_length=220)),
                ("born", models.DateField(blank=True, null=True)),
                ("to_whom", models.CharField(max_length=420)),
                ("purpose", models.CharField(max_length=300)),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("public_task", "Public task: Children Act 1989 and 2004 (UK GDPR article 6(1)(e))"),
                            ("legal_obligation", "Legal obligation, such as a court's order (article 6(1)(c))"),
                            ("vital_interests", "To protect somebody's life (article 6(1)(d))"),
                            ("consent", "Consent of the person whom it is about (article 6(1)(a)); rarely right"),
                        ],
                        max_length=20,
                    ),
                ),
                ("what", models.TextField()),
                ("made_by", models.BigIntegerField()),
                ("approved_by", models.BigIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                (
                    "about",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disclosures.about",
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disclosures.answer",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disclosures",
                        to="disclosures.request",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="answer",
            name="request",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="disclosures.request",
            ),
        ),
        migrations.AddField(
            model_name="about",
            name="request",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                to="disclosures.request",
            ),
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("why", models.CharField(max_length=300)),
                ("seen_by", models.BigIntegerField()),
                ("seen_at", models.DateTimeField()),
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
                    "request",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to="disclosures.request",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Search",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("given_name", models.CharField(max_length=100)),
                ("family_name", models.CharField(max_length=100)),
                ("born", models.DateField(blank=True, null=True)),
                ("elsewhere", models.CharField(blank=True, max_length=500)),
                ("found", models.JSONField(default=list)),
                ("closed", models.SmallIntegerField(default=0)),
                ("searched_by", models.BigIntegerField()),
                ("searched_at", models.DateTimeField()),
                (
                    "about",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="searches",
                        to="disclosures.about",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="searches",
                        to="disclosures.request",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                    "disclosure",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="told",
                        to="disclosures.disclosure",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "told",
            },
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", True)),
                fields=["authority_id", "due_at", "id"],
                name="request_open",
            ),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["authority_id", "received_at", "id"], name="request_received"),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(fields=("authority_id", "contact"), name="request_once_a_contact"),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("settled_at__isnull", False),
                        (
                            "state__in",
                            [
                                frontdoor.disclosures.rules.states.State["ANSWERED"],
                                frontdoor.disclosures.rules.states.State["ENDED"],
                                frontdoor.disclosures.rules.states.State["REDIRECTED"],
                                frontdoor.disclosures.rules.states.State["REFUSED"],
                            ],
                        ),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "state__in",
                                [
                                    frontdoor.disclosures.rules.states.State["ANSWERED"],
                                    frontdoor.disclosures.rules.states.State["ENDED"],
                                    frontdoor.disclosures.rules.states.State["REDIRECTED"],
                                    frontdoor.disclosures.rules.states.State["REFUSED"],
                                ],
                            ),
                            _negated=True,
                        ),
                        ("settled_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="request_settled_when_its_state_is",
            ),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["authority_id", "at", "id"], name="disclosure_newest"),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["authority_id", "match_name"], name="disclosure_name"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                fields=("authority_id", "request", "number"), name="answer_once_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="answer_is_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_at__isnull", True), ("approved_at__isnull", False), _connector="OR"),
                name="answer_is_approved_before_it_is_sent",
            ),
        ),
        migrations.AddIndex(
            model_name="about",
            index=models.Index(fields=["authority_id", "request", "position"], name="about_of_request"),
        ),
        migrations.AddIndex(
            model_name="risk",
            index=models.Index(fields=["authority_id", "request"], name="risk_of_request"),
        ),
        migrations.AddIndex(
            model_name="search",
            index=models.Index(fields=["authority_id", "request", "id"], name="search_of_request"),
        ),
        migrations.AddIndex(
            model_name="told",
            index=models.Index(fields=["authority_id", "contact"], name="told_of_contact"),
        ),
    ]
