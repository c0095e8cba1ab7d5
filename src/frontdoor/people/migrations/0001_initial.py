import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Household",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("label", models.CharField(max_length=120)),
                ("made_by", models.BigIntegerField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.IntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Bringing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("index", "People brought in"), ("feed", "Who is open to whom")], max_length=10
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("done", "Done"),
                            ("stopped", "Stopped, to go on"),
                            ("failed", "Failed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("dry", models.BooleanField(default=False)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("as_at", models.DateTimeField(blank=True, null=True)),
                ("begun_by", models.CharField(blank=True, max_length=120)),
                ("begun_at", models.DateTimeField()),
                ("moved_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("total", models.BigIntegerField(default=0)),
                ("done", models.BigIntegerField(default=0)),
                ("place", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("failure", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [models.Index(fields=["authority_id", "kind", "-begun_at"], name="bringing_begun")],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("split", "Divide a household"),
                            ("move", "Change who lives where"),
                            ("together", "Bring two households together"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("made", "Made"),
                            ("undone", "Undone"),
                            ("dropped", "Dropped"),
                        ],
                        max_length=12,
                    ),
                ),
                ("wanted", models.JSONField()),
                ("done", models.JSONField(default=dict)),
                ("why", models.CharField(max_length=300)),
                ("asked_by", models.BigIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("made_by", models.BigIntegerField(blank=True, null=True)),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                ("undone_by", models.BigIntegerField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_why", models.CharField(blank=True, max_length=300)),
                ("version", models.IntegerField(default=1)),
            ],
            options={
                "indexes": [models.Index(fields=["authority_id", "-asked_at", "id"], name="change_asked")],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("label", models.CharField(blank=True, max_length=220)),
                ("family_name", models.CharField(blank=True, max_length=110)),
                ("given_name", models.CharField(blank=True, max_length=110)),
                ("born_on", models.DateField(blank=True, null=True)),
                (
                    "born_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("known", "Known"),
                            ("expected", "Expected"),
                            ("estimated", "Estimated"),
                            ("disputed", "Disputed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("expected_on", models.DateField(blank=True, null=True)),
                ("died_on", models.DateField(blank=True, null=True)),
                ("sex", models.CharField(blank=True, max_length=1)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("unidentified", models.BooleanField(default=False)),
                ("description", models.CharField(blank=True, max_length=500)),
                ("shut", models.BooleanField(default=False)),
                ("made_by", models.BigIntegerField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                ("version", models.IntegerField(default=1)),
                (
                    "joined_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "people",
            },
        ),
        migrations.CreateModel(
            name="NamedAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("user_id", models.BigIntegerField()),
                ("why", models.CharField(max_length=300)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("given_by", models.BigIntegerField(blank=True, null=True)),
                ("ended_by", models.BigIntegerField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "named access",
            },
        ),
        migrations.CreateModel(
            name="Name",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "source_kind",
                    models.CharField(
                        choices=[
                            ("contact", "Said in a contact"),
                            ("worker", "Written by a worker"),
                            ("register", "From a register"),
                            ("system", "From the council's case system"),
                            ("family", "Said by the family"),
                        ],
                        max_length=20,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=120)),
                ("source_key", models.UUIDField(blank=True, null=True)),
                ("recorded_by", models.BigIntegerField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("struck_by", models.BigIntegerField(blank=True, null=True)),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                ("struck_why", models.CharField(blank=True, max_length=300)),
                ("shut", models.BooleanField(default=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("legal", "Name"),
                            ("known_as", "Known as"),
                            ("former", "Former name"),
                            ("maiden", "Name before marriage"),
                            ("alias", "Also used"),
                            ("unborn", "Name before birth"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=20)),
                ("given_name", models.CharField(blank=True, max_length=110)),
                ("middle_names", models.CharField(blank=True, max_length=110)),
                ("patronymic", models.CharField(blank=True, max_length=110)),
                ("family_name", models.CharField(blank=True, max_length=110)),
                ("script", models.CharField(blank=True, max_length=4)),
                ("latin", models.CharField(blank=True, max_length=220)),
                ("fold_given", models.CharField(blank=True, max_length=110)),
                ("fold_family", models.CharField(blank=True, max_length=110)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "source_kind",
                    models.CharField(
                        choices=[
                            ("contact", "Said in a contact"),
                            ("worker", "Written by a worker"),
                            ("register", "From a register"),
                            ("system", "From the council's case system"),
                            ("family", "Said by the family"),
                        ],
                        max_length=20,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=120)),
                ("source_key", models.UUIDField(blank=True, null=True)),
                ("recorded_by", models.BigIntegerField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("struck_by", models.BigIntegerField(blank=True, null=True)),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                ("struck_why", models.CharField(blank=True, max_length=300)),
                ("shut", models.BooleanField(default=False)),
                ("pattern", models.CharField(blank=True, max_length=120)),
                (
                    "household",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="people.household",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Involvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("external", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=24)),
                ("worker", models.CharField(blank=True, max_length=120)),
                (
                    "worker_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Has accepted"),
                            ("offered", "Has not accepted yet"),
                            ("away", "Is away"),
                            ("left", "Has left"),
                        ],
                        max_length=12,
                    ),
                ),
                ("team", models.CharField(blank=True, max_length=120)),
                ("manager", models.CharField(blank=True, max_length=120)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("plan", models.CharField(blank=True, max_length=24)),
                ("legal_status", models.CharField(blank=True, max_length=4)),
                ("offered_at", models.DateTimeField(blank=True, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("as_at", models.DateTimeField()),
                ("shut", models.BooleanField(default=False)),
                (
                    "bringing",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to="people.bringing",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "source_kind",
                    models.CharField(
                        choices=[
                            ("contact", "Said in a contact"),
                            ("worker", "Written by a worker"),
                            ("register", "From a register"),
                            ("system", "From the council's case system"),
                            ("family", "Said by the family"),
                        ],
                        max_length=20,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=120)),
                ("source_key", models.UUIDField(blank=True, null=True)),
                ("recorded_by", models.BigIntegerField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("struck_by", models.BigIntegerField(blank=True, null=True)),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                ("struck_why", models.CharField(blank=True, max_length=300)),
                ("shut", models.BooleanField(default=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nhs", "NHS number"),
                            ("upn", "Unique pupil number"),
                            ("former_upn", "Former unique pupil number"),
                            ("local", "Number in the council's case system"),
                            ("system", "Number in another system"),
                            ("home_office", "Home Office number"),
                        ],
                        max_length=20,
                    ),
                ),
                ("system", models.CharField(blank=True, max_length=60)),
                ("value", models.CharField(max_length=60)),
                ("trace", models.CharField(blank=True, max_length=2)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Glass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("user_id", models.BigIntegerField()),
                ("why", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("reviewed_by", models.BigIntegerField(blank=True, null=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("right", "The record had to be opened"),
                            ("unneeded", "It need not have been opened"),
                            ("wrong", "It should not have been opened"),
                        ],
                        max_length=12,
                    ),
                ),
                ("review_words", models.CharField(blank=True, max_length=500)),
                ("version", models.IntegerField(default=1)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="glass",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "glass",
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "source_kind",
                    models.CharField(
                        choices=[
                            ("contact", "Said in a contact"),
                            ("worker", "Written by a worker"),
                            ("register", "From a register"),
                            ("system", "From the council's case system"),
                            ("family", "Said by the family"),
                        ],
                        max_length=20,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=120)),
                ("source_key", models.UUIDField(blank=True, null=True)),
                ("recorded_by", models.BigIntegerField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("struck_by", models.BigIntegerField(blank=True, null=True)),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                ("struck_why", models.CharField(blank=True, max_length=300)),
                ("shut", models.BooleanField(default=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sex", "Sex"),
                            ("gender", "Gender"),
                            ("ethnicity", "Ethnicity"),
                            ("nationality", "Nationality"),
                            ("religion", "Religion or belief"),
                            ("language", "First language"),
                            ("interpreter", "Interpreter"),
                            ("communication", "How to communicate"),
                            ("disability", "Disability"),
                            ("school", "School or nursery"),
                            ("gp", "GP"),
                            ("phone", "Telephone"),
                            ("email", "E-mail"),
                            ("safe_contact", "How to reach them safely"),
                            ("immigration", "Immigration status"),
                            ("died", "Died on"),
                            ("upn_unknown", "Why there is no pupil number"),
                        ],
                        max_length=16,
                    ),
                ),
                ("value", models.CharField(max_length=200)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("fold_value", models.CharField(blank=True, max_length=120)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Caution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "source_kind",
                    models.CharField(
                        choices=[
                            ("contact", "Said in a contact"),
                            ("worker", "Written by a worker"),
                            ("register", "From a register"),
                            ("system", "From the council's case system"),
                            ("family", "Said by the family"),
                        ],
                        max_length=20,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=120)),
                ("source_key", models.UUIDField(blank=True, null=True)),
                ("recorded_by", models.BigIntegerField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("struck_by", models.BigIntegerField(blank=True, null=True)),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                ("struck_why", models.CharField(blank=True, max_length=300)),
                ("shut", models.BooleanField(default=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("violence", "Violence or threats to workers"),
                            ("weapons", "Weapons"),
                            ("dogs", "Dogs or other animals"),
                            ("not_alone", "Do not visit alone"),
                            ("premises", "Danger in the home"),
                            ("infection", "Risk of infection"),
                            ("other", "Something else to know"),
                        ],
                        max_length=16,
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                ("review_on", models.DateField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Birth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "source_kind",
                    models.CharField(
                        choices=[
                            ("contact", "Said in a contact"),
                            ("worker", "Written by a worker"),
                            ("register", "From a register"),
                            ("system", "From the council's case system"),
                            ("family", "Said by the family"),
                        ],
                        max_length=20,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=120)),
                ("source_key", models.UUIDField(blank=True, null=True)),
                ("recorded_by", models.BigIntegerField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("struck_by", models.BigIntegerField(blank=True, null=True)),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                ("struck_why", models.CharField(blank=True, max_length=300)),
                ("shut", models.BooleanField(default=False)),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("known", "Known"),
                            ("expected", "Expected"),
                            ("estimated", "Estimated"),
                            ("disputed", "Disputed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("day", models.DateField()),
                ("grounds", models.CharField(blank=True, max_length=300)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Barred",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("user_id", models.BigIntegerField()),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("self", "Their own record"),
                            ("relative", "A relative, as they declared"),
                            ("colleague", "A colleague"),
                            ("accused", "An allegation about them stands in it"),
                        ],
                        max_length=12,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300)),
                ("set_by", models.BigIntegerField(blank=True, null=True)),
                ("set_at", models.DateTimeField()),
                ("ended_by", models.BigIntegerField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="barred",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "barred",
            },
        ),
        migrations.CreateModel(
            name="Probe",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "authority_id",
                        "token",
                        "person_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("authority_id", models.SmallIntegerField()),
                ("token", models.BigIntegerField()),
                ("person_id", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["authority_id", "person_id"], name="probe_person")],
            },
        ),
        migrations.CreateModel(
            name="RefusedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("table", models.CharField(max_length=60)),
                ("line", models.BigIntegerField()),
                ("external", models.CharField(blank=True, max_length=60)),
                ("column", models.CharField(blank=True, max_length=60)),
                ("why", models.CharField(max_length=300)),
                (
                    "bringing",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refused",
                        to="people.bringing",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Relationship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "source_kind",
                    models.CharField(
                        choices=[
                            ("contact", "Said in a contact"),
                            ("worker", "Written by a worker"),
                            ("register", "From a register"),
                            ("system", "From the council's case system"),
                            ("family", "Said by the family"),
                        ],
                        max_length=20,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=120)),
                ("source_key", models.UUIDField(blank=True, null=True)),
                ("recorded_by", models.BigIntegerField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("struck_by", models.BigIntegerField(blank=True, null=True)),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                ("struck_why", models.CharField(blank=True, max_length=300)),
                ("shut", models.BooleanField(default=False)),
                ("kind", models.CharField(max_length=24)),
                (
                    "responsibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Has parental responsibility"),
                            ("no", "Has no parental responsibility"),
                            ("disputed", "Parental responsibility is disputed"),
                            ("unknown", "Not known"),
                        ],
                        max_length=10,
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("married", "Married or in a civil partnership"),
                            ("together", "Living together"),
                            ("apart", "A couple, living apart"),
                            ("separated", "Separated"),
                            ("divorced", "Divorced"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "twin",
                    models.CharField(
                        blank=True,
                        choices=[("twin", "Twins, or one of several born together"), ("identical", "Identical twins")],
                        max_length=10,
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="others",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Residence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "source_kind",
                    models.CharField(
                        choices=[
                            ("contact", "Said in a contact"),
                            ("worker", "Written by a worker"),
                            ("register", "From a register"),
                            ("system", "From the council's case system"),
                            ("family", "Said by the family"),
                        ],
                        max_length=20,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=120)),
                ("source_key", models.UUIDField(blank=True, null=True)),
                ("recorded_by", models.BigIntegerField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("struck_by", models.BigIntegerField(blank=True, null=True)),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                ("struck_why", models.CharField(blank=True, max_length=300)),
                ("shut", models.BooleanField(default=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("home", "Home"),
                            ("second_home", "Also lives at"),
                            ("care_of", "Care of somebody"),
                            ("placement", "Placed there"),
                            ("refuge", "Refuge"),
                            ("temporary", "Temporary accommodation"),
                            ("hospital", "Hospital"),
                            ("school", "Boarding school"),
                            ("no_fixed_abode", "No fixed abode"),
                            ("other", "Another address"),
                        ],
                        max_length=16,
                    ),
                ),
                ("lines", models.CharField(blank=True, max_length=300)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("uprn", models.CharField(blank=True, max_length=12)),
                ("care_of", models.CharField(blank=True, max_length=120)),
                ("protected", models.BooleanField(default=False)),
                ("fold_lines", models.CharField(blank=True, max_length=120)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Restriction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("staff", "Works here, or is close family of somebody who does"),
                            ("public_figure", "Known to the public or the press"),
                            ("protected_identity", "Lives under a protected identity"),
                            ("high_risk", "Would be in danger if found"),
                            ("adoption", "Record from before an adoption"),
                            ("review", "A child has died, or a case is under serious review"),
                            ("allegation", "An allegation is being looked into"),
                        ],
                        max_length=20,
                    ),
                ),
                ("why", models.CharField(max_length=300)),
                ("call_whom", models.CharField(max_length=120)),
                ("call_number", models.CharField(max_length=40)),
                ("owner", models.BigIntegerField()),
                ("set_by", models.BigIntegerField(blank=True, null=True)),
                ("set_at", models.DateTimeField()),
                ("review_on", models.DateField()),
                ("ended_by", models.BigIntegerField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_why", models.CharField(blank=True, max_length=300)),
                ("version", models.IntegerField(default=1)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="restrictions",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kept", models.BooleanField()),
                ("why", models.CharField(max_length=300)),
                ("by_user", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "restriction",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="people.restriction",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["authority_id", "born_on", "id"], name="person_born"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("joined_into__isnull", False)),
                fields=["authority_id", "joined_into"],
                name="person_joined",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("born_on__isnull", True), ("expected_on__isnull", False)),
                fields=["authority_id", "expected_on"],
                name="person_expected",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("born_on__isnull", True), ("expected_on__isnull", True), _connector="OR"),
                name="person_born_or_expected",
            ),
        ),
        migrations.AddIndex(
            model_name="namedaccess",
            index=models.Index(fields=["authority_id", "person", "user_id"], name="named_access_person"),
        ),
        migrations.AddIndex(
            model_name="namedaccess",
            index=models.Index(fields=["authority_id", "user_id"], name="named_access_user"),
        ),
        migrations.AddIndex(
            model_name="name",
            index=models.Index(fields=["authority_id", "person"], name="name_person"),
        ),
        migrations.AddIndex(
            model_name="name",
            index=models.Index(fields=["authority_id", "fold_family", "fold_given", "person"], name="name_family"),
        ),
        migrations.AddIndex(
            model_name="name",
            index=models.Index(fields=["authority_id", "fold_given", "fold_family", "person"], name="name_given"),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["authority_id", "person"], name="membership_person"),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(fields=["authority_id", "household"], name="membership_household"),
        ),
        migrations.AddIndex(
            model_name="involvement",
            index=models.Index(fields=["authority_id", "person"], name="involvement_person"),
        ),
        migrations.AddConstraint(
            model_name="involvement",
            constraint=models.UniqueConstraint(fields=("authority_id", "external"), name="involvement_once"),
        ),
        migrations.AddIndex(
            model_name="identifier",
            index=models.Index(fields=["authority_id", "person"], name="identifier_person"),
        ),
        migrations.AddIndex(
            model_name="identifier",
            index=models.Index(fields=["authority_id", "value", "kind", "person"], name="identifier_value"),
        ),
        migrations.AddIndex(
            model_name="glass",
            index=models.Index(fields=["authority_id", "person", "user_id"], name="glass_person"),
        ),
        migrations.AddIndex(
            model_name="glass",
            index=models.Index(
                condition=models.Q(("reviewed_at", None)), fields=["authority_id", "at"], name="glass_review"
            ),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(fields=["authority_id", "person"], name="fact_person"),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(("fold_value", ""), _negated=True),
                fields=["authority_id", "fold_value", "person"],
                name="fact_value",
            ),
        ),
        migrations.AddIndex(
            model_name="caution",
            index=models.Index(fields=["authority_id", "person"], name="caution_person"),
        ),
        migrations.AddIndex(
            model_name="birth",
            index=models.Index(fields=["authority_id", "person"], name="birth_person"),
        ),
        migrations.AddIndex(
            model_name="barred",
            index=models.Index(fields=["authority_id", "person", "user_id"], name="barred_person"),
        ),
        migrations.AddIndex(
            model_name="barred",
            index=models.Index(fields=["authority_id", "user_id"], name="barred_user"),
        ),
        migrations.AddIndex(
            model_name="refusedrow",
            index=models.Index(fields=["authority_id", "bringing", "table", "line"], name="refused_row_bringing"),
        ),
        migrations.AddIndex(
            model_name="relationship",
            index=models.Index(fields=["authority_id", "person"], name="relationship_person"),
        ),
        migrations.AddIndex(
            model_name="relationship",
            index=models.Index(fields=["authority_id", "other"], name="relationship_other"),
        ),
        migrations.AddConstraint(
            model_name="relationship",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("other")), _negated=True), name="relationship_of_two_people"
            ),
        ),
        migrations.AddIndex(
            model_name="residence",
            index=models.Index(fields=["authority_id", "person"], name="residence_person"),
        ),
        migrations.AddIndex(
            model_name="residence",
            index=models.Index(
                condition=models.Q(("postcode", ""), _negated=True),
                fields=["authority_id", "postcode", "fold_lines", "person"],
                name="residence_postcode",
            ),
        ),
        migrations.AddConstraint(
            model_name="residence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("protected", False),
                    models.Q(("fold_lines", ""), ("lines", ""), ("postcode", ""), ("uprn", "")),
                    _connector="OR",
                ),
                name="residence_protected_is_empty",
            ),
        ),
        migrations.AddIndex(
            model_name="restriction",
            index=models.Index(fields=["authority_id", "person"], name="restriction_person"),
        ),
        migrations.AddIndex(
            model_name="restriction",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["authority_id", "review_on"], name="restriction_review"
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["authority_id", "restriction"], name="review_restriction"),
        ),
    ]
