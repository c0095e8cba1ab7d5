import uuid

from django.db import migrations, models

from frontdoor.actors.operations import wall


class Migration(migrations.Migration):
    initial = True

    dependencies = [("actors", "0001_guard")]

    operations = [
        migrations.CreateModel(
            name="DownKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_id", models.SmallIntegerField()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("salt", models.BinaryField(max_length=16)),
                ("rounds", models.IntegerField()),
                ("master", models.CharField(max_length=16)),
                ("nonce", models.BinaryField(max_length=12)),
                ("wrapped", models.BinaryField(max_length=64)),
                ("made_by", models.BigIntegerField()),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at__isnull", True)),
                        fields=("authority_id",),
                        name="down_key_one_in_use",
                    )
                ],
            },
        ),
        wall("desk_downkey"),
    ]
