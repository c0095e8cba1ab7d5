import uuid

from django.db import migrations, models

from frontdoor.actors.operations import wall


class Migration(migrations.Migration):
    dependencies = [("letters", "0003_family"), ("actors", "0001_guard")]
    operations = [
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("master", models.CharField(max_length=16)),
                ("nonce", models.BinaryField(max_length=12)),
                ("wrapped", models.BinaryField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at__isnull", True)),
                        fields=("authority_id",),
                        name="data_key_one_in_use",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtectedAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_key", models.UUIDField()),
                ("data_key", models.UUIDField()),
                ("nonce", models.BinaryField(max_length=12)),
                ("sealed", models.BinaryField(max_length=2500)),
                ("marks", models.JSONField(default=list)),
                ("why", models.CharField(max_length=300)),
                ("set_by", models.BigIntegerField()),
                ("set_at", models.DateTimeField()),
                ("ended_by", models.BigIntegerField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_why", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("authority_id", "subject_key", "subject_kind"),
                        name="protected_one_a_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafeContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_key", models.UUIDField()),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("any", "Any way at all"),
                            ("post", "Post"),
                            ("phone", "Telephone"),
                            ("voicemail", "Voicemail"),
                            ("text", "Text message"),
                            ("email", "E-mail"),
                        ],
                        max_length=10,
                    ),
                ),
                ("never", models.BooleanField()),
                ("begins", models.TimeField(blank=True, null=True)),
                ("ends", models.TimeField(blank=True, null=True)),
                ("code_word", models.CharField(blank=True, max_length=60)),
                ("why", models.CharField(max_length=300)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("set_by", models.BigIntegerField()),
                ("set_at", models.DateTimeField()),
                ("ended_by", models.BigIntegerField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_why", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["authority_id", "subject_key"],
                        name="safe_standing",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True), ("review_on__isnull", False)),
                        fields=["authority_id", "review_on"],
                        name="safe_review",
                    ),
                ],
            },
        ),
        wall("letters_safecontact"),
        wall("letters_datakey"),
        wall("letters_protectedaddress"),
    ]
