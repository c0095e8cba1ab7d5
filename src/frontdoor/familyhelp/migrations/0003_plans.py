"""The plan with a family, its reviews and prints, and the meetings of its team."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("earlyhelp", "0004_signposting_wall"),
        ("familyhelp", "0002_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.SmallIntegerField()),
                (
                    "way",
                    models.CharField(
                        choices=[("place", "At a place"), ("online", "Online"), ("phone", "By telephone")], max_length=6
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=300)),
                ("agenda", models.TextField(blank=True)),
                ("agreed", models.TextField(blank=True)),
                ("why", models.CharField(blank=True, max_length=1000)),
                ("sequence", models.SmallIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                ("version", models.IntegerField(default=1)),
                ("by_user", models.BigIntegerField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="earlyhelp.episode",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invited",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "came",
                    models.CharField(
                        blank=True,
                        choices=[("came", "Came"), ("sent", "Sent word, did not come"), ("missed", "Did not come")],
                        max_length=8,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="earlyhelp.member",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="familyhelp.practitioner",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invited",
                        to="familyhelp.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "invited",
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("edition", models.SmallIntegerField(default=0)),
                ("changed", models.BooleanField(default=True)),
                ("review_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.IntegerField(default=1)),
                ("at", models.DateTimeField()),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="earlyhelp.episode",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("words", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "We work on it"), ("reached", "Reached"), ("dropped", "Not wanted any more")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=1000)),
                ("version", models.IntegerField(default=1)),
                ("at", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="earlyhelp.member",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="familyhelp.plan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("what", models.TextField()),
                ("agency", models.CharField(blank=True, max_length=200)),
                ("due_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("done", "Done"), ("not_done", "Not done"), ("not_needed", "No longer needed")],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=1000)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.IntegerField(default=1)),
                ("at", models.DateTimeField()),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="familyhelp.goal",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="familyhelp.meeting",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="earlyhelp.member",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="familyhelp.plan",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="familyhelp.practitioner",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.SmallIntegerField()),
                ("said", models.JSONField()),
                ("by_user", models.BigIntegerField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="familyhelp.plan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("goal", "A goal was written or changed"),
                            ("action", "An action was written or changed"),
                            ("outcome", "What came of an action"),
                            ("agreed", "The plan was agreed as it stands"),
                            ("said", "What somebody said of the plan"),
                            ("reviewed", "The plan was reviewed"),
                            ("printed", "The plan was printed for somebody"),
                        ],
                        max_length=10,
                    ),
                ),
                ("about", models.UUIDField(blank=True, null=True)),
                ("text", models.TextField(blank=True)),
                ("by_user", models.BigIntegerField(blank=True, null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="familyhelp.plan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanPrint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("language", models.CharField(max_length=5)),
                ("large", models.BooleanField()),
                ("by_user", models.BigIntegerField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prints",
                        to="familyhelp.planedition",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="earlyhelp.member",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="familyhelp.practitioner",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("held_on", models.DateField()),
                ("well", models.TextField()),
                ("worries", models.TextField()),
                ("changes", models.TextField()),
                (
                    "leads_to",
                    models.CharField(
                        choices=[
                            ("on", "Help goes on"),
                            ("down", "Less is needed: one agency can go on alone"),
                            ("end", "It may end: what the family wanted was reached"),
                            ("up", "More is needed: a child may be at risk"),
                        ],
                        max_length=6,
                    ),
                ),
                ("why", models.TextField()),
                ("by_user", models.BigIntegerField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="familyhelp.plan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "agrees",
                    models.CharField(
                        choices=[
                            ("yes", "Agrees"),
                            ("partly", "Agrees with some of it"),
                            ("no", "Does not agree"),
                            ("not_asked", "Was not asked"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("by_user", models.BigIntegerField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="familyhelp.planedition",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="earlyhelp.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewVoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("words", models.TextField(blank=True)),
                ("unheard", models.CharField(blank=True, max_length=300)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="earlyhelp.member",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="familyhelp.planreview",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["authority_id", "episode", "starts_at", "id"], name="fh_meeting_of_episode"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gte", 5), ("minutes__lte", 600)), name="meeting_has_a_length"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="meeting_cancelled_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), _negated=True), models.Q(("agreed", ""), _negated=True), _connector="OR"
                ),
                name="meeting_held_says_what_was_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="invited",
            constraint=models.UniqueConstraint(
                fields=("authority_id", "meeting", "member"), name="invited_member_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invited",
            constraint=models.UniqueConstraint(
                fields=("authority_id", "meeting", "practitioner"), name="invited_colleague_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invited",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("member__isnull", False), ("practitioner__isnull", True)),
                    models.Q(("member__isnull", True), ("practitioner__isnull", False)),
                    _connector="OR",
                ),
                name="invited_is_one_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(fields=("authority_id", "episode"), name="plan_one_a_family"),
        ),
        migrations.AddIndex(
            model_name="goal",
            index=models.Index(fields=["authority_id", "plan", "id"], name="goal_of_plan"),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dropped"), _negated=True), models.Q(("why", ""), _negated=True), _connector="OR"
                ),
                name="goal_dropped_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="planaction",
            index=models.Index(fields=["authority_id", "plan", "id"], name="action_of_plan"),
        ),
        migrations.AddConstraint(
            model_name="planaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency", ""), ("member__isnull", False), ("practitioner__isnull", True)),
                    models.Q(("agency", ""), ("member__isnull", True), ("practitioner__isnull", False)),
                    models.Q(
                        models.Q(("member__isnull", True), ("practitioner__isnull", True)),
                        models.Q(("agency", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="action_has_one_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="planaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__in", ["not_done", "not_needed"]), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="action_not_done_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="planaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", ""), ("settled_at__isnull", True)),
                    models.Q(models.Q(("outcome", ""), _negated=True), ("settled_at__isnull", False)),
                    _connector="OR",
                ),
                name="action_settled_when_it_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="planedition",
            constraint=models.UniqueConstraint(fields=("authority_id", "plan", "number"), name="edition_once_a_number"),
        ),
        migrations.AddIndex(
            model_name="planline",
            index=models.Index(fields=["authority_id", "plan", "at", "id"], name="plan_line_of_plan"),
        ),
        migrations.AddIndex(
            model_name="planprint",
            index=models.Index(fields=["authority_id", "edition", "id"], name="plan_print_of_edition"),
        ),
        migrations.AddConstraint(
            model_name="planprint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("member__isnull", False), ("practitioner__isnull", True)),
                    models.Q(("member__isnull", True), ("practitioner__isnull", False)),
                    _connector="OR",
                ),
                name="plan_print_is_for_one_person",
            ),
        ),
        migrations.AddIndex(
            model_name="planreview",
            index=models.Index(fields=["authority_id", "plan", "id"], name="plan_review_of_plan"),
        ),
        migrations.AddIndex(
            model_name="planword",
            index=models.Index(fields=["authority_id", "edition", "id"], name="plan_word_of_edition"),
        ),
        migrations.AddConstraint(
            model_name="planword",
            constraint=models.CheckConstraint(
                condition=models.Q(("agrees", "yes"), models.Q(("words", ""), _negated=True), _connector="OR"),
                name="plan_word_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewvoice",
            constraint=models.UniqueConstraint(fields=("authority_id", "review", "member"), name="voice_once_a_child"),
        ),
        migrations.AddConstraint(
            model_name="reviewvoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True), models.Q(("unheard", ""), _negated=True), _connector="OR"
                ),
                name="voice_or_why_it_was_not_asked",
            ),
        ),
    ]
