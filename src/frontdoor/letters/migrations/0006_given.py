import uuid

from django.db import migrations, models

from frontdoor.actors.operations import wall

WENT = [("given", "Given"), ("asked", "Asked of an agency"), ("not_given", "Not given")]


class Migration(migrations.Migration):
    dependencies = [("letters", "0005_as_told"), ("actors", "0001_guard")]
    operations = [
        migrations.CreateModel(
            name="Given",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_key", models.UUIDField()),
                ("child", models.UUIDField(blank=True, null=True)),
                ("went", models.CharField(choices=WENT, max_length=10)),
                ("what", models.CharField(max_length=300)),
                ("to_whom", models.CharField(max_length=200)),
                ("agency", models.CharField(blank=True, max_length=200)),
                ("why", models.CharField(max_length=500)),
                ("basis", models.CharField(blank=True, max_length=300)),
                ("how", models.CharField(blank=True, max_length=60)),
                ("made_by", models.BigIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "given",
                "indexes": [models.Index(fields=["authority_id", "subject_key", "at"], name="given_of_subject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_whom", ""), _negated=True), models.Q(("why", ""), _negated=True)
                        ),
                        name="given_says_whom_and_why",
                    )
                ],
            },
        ),
        wall("letters_given", app="SELECT, INSERT"),
    ]
