import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Join",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for somebody else's answer"),
                            ("refused", "Refused"),
                            ("made", "Joined"),
                            ("undone", "Parted again"),
                            ("divided", "Parted, and every later row given to one of them"),
                        ],
                        max_length=10,
                    ),
                ),
                ("choices", models.JSONField(default=dict)),
                ("reasons", models.JSONField(default=list)),
                ("why", models.CharField(max_length=300)),
                ("proposed_by", models.BigIntegerField()),
                ("proposed_at", models.DateTimeField()),
                ("answered_by", models.BigIntegerField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_why", models.CharField(blank=True, max_length=300)),
                ("undone_by", models.BigIntegerField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_why", models.CharField(blank=True, max_length=300)),
                ("divided_by", models.BigIntegerField(blank=True, null=True)),
                ("divided_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "gone",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joins_gone",
                        to="people.person",
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joins_kept",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Division",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("table", models.CharField(max_length=60)),
                ("row", models.BigIntegerField()),
                ("column", models.CharField(max_length=60)),
                ("said_by", models.BigIntegerField(blank=True, null=True)),
                ("said_at", models.DateTimeField(blank=True, null=True)),
                (
                    "to",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "join",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="divisions",
                        to="matching.join",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_key", models.UUIDField()),
                (
                    "state",
                    models.CharField(
                        choices=[("confirmed", "Is this person"), ("rejected", "Is not this person")], max_length=10
                    ),
                ),
                ("strength", models.CharField(blank=True, max_length=16)),
                ("bits", models.FloatField(blank=True, null=True)),
                ("weights_version", models.SmallIntegerField(blank=True, null=True)),
                ("reasons", models.JSONField(default=list)),
                ("made", models.BooleanField(default=False)),
                ("said_by", models.BigIntegerField(blank=True, null=True)),
                ("said_at", models.DateTimeField()),
                ("why", models.CharField(blank=True, max_length=300)),
                ("ended_by", models.BigIntegerField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_why", models.CharField(blank=True, max_length=300)),
                ("shut", models.BooleanField(default=False)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("table", models.CharField(max_length=60)),
                ("row", models.BigIntegerField()),
                ("column", models.CharField(max_length=60)),
                ("was", models.JSONField(null=True)),
                ("became", models.JSONField(null=True)),
                (
                    "join",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="matching.join",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NotSame",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("twin", "Twins, or others born together"),
                            ("same_name", "The same name, but not the same person"),
                            ("looked_at", "Looked at, and not the same person"),
                            ("adoption", "Before and after an adoption"),
                            ("protected", "A protected identity"),
                            ("undone", "Joined by mistake, and parted"),
                        ],
                        max_length=16,
                    ),
                ),
                ("hidden", models.BooleanField(default=False)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("said_by", models.BigIntegerField(blank=True, null=True)),
                ("said_at", models.DateTimeField()),
                ("ended_by", models.BigIntegerField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "first",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="not_same_first",
                        to="people.person",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="not_same_second",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "not same",
            },
        ),
        migrations.CreateModel(
            name="Search",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("done", "Done"),
                            ("stopped", "Stopped"),
                            ("failed", "Failed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("engine", models.CharField(max_length=10)),
                ("weights_version", models.SmallIntegerField(blank=True, null=True)),
                ("begun_by", models.CharField(max_length=120)),
                ("begun_at", models.DateTimeField()),
                ("moved_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("total", models.BigIntegerField(default=0)),
                ("done", models.BigIntegerField(default=0)),
                ("found", models.BigIntegerField(default=0)),
                ("failure", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name_plural": "searches",
                "indexes": [models.Index(fields=["authority_id", "-begun_at"], name="search_begun")],
            },
        ),
        migrations.CreateModel(
            name="Suspicion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("elsewhere_council", models.SmallIntegerField(blank=True, null=True)),
                ("elsewhere", models.UUIDField(blank=True, null=True)),
                ("strength", models.CharField(max_length=16)),
                ("bits", models.FloatField()),
                ("reasons", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits to be looked at"),
                            ("proposed", "Proposed to be joined"),
                            ("rejected", "Not the same person"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answered_by", models.BigIntegerField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("shut", models.BooleanField(default=False)),
                ("version", models.IntegerField(default=1)),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspicions_other",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspicions",
                        to="people.person",
                    ),
                ),
                (
                    "search",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspicions",
                        to="matching.search",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="join",
            index=models.Index(fields=["authority_id", "kept"], name="join_kept"),
        ),
        migrations.AddIndex(
            model_name="join",
            index=models.Index(fields=["authority_id", "gone"], name="join_gone"),
        ),
        migrations.AddIndex(
            model_name="join",
            index=models.Index(fields=["authority_id", "state", "proposed_at", "id"], name="join_state"),
        ),
        migrations.AddIndex(
            model_name="division",
            index=models.Index(fields=["authority_id", "join", "id"], name="division_join"),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["authority_id", "person", "subject_kind"], name="link_person"),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["authority_id", "subject_key"], name="link_subject"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("state", "confirmed")),
                fields=("authority_id", "subject_key"),
                name="link_one_confirmed",
            ),
        ),
        migrations.AddIndex(
            model_name="move",
            index=models.Index(fields=["authority_id", "join", "id"], name="move_join"),
        ),
        migrations.AddIndex(
            model_name="notsame",
            index=models.Index(fields=["authority_id", "first"], name="not_same_first"),
        ),
        migrations.AddIndex(
            model_name="notsame",
            index=models.Index(fields=["authority_id", "second"], name="not_same_second"),
        ),
        migrations.AddIndex(
            model_name="suspicion",
            index=models.Index(fields=["authority_id", "state", "-bits", "id"], name="suspicion_state"),
        ),
        migrations.AddIndex(
            model_name="suspicion",
            index=models.Index(fields=["authority_id", "person"], name="suspicion_person"),
        ),
    ]
