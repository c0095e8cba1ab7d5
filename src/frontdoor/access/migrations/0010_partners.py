"""People who answer for an agency what councils ask it: a row of its own beside that of the senders."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from frontdoor.actors.operations import open_table


def whose(to):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to)


class Migration(migrations.Migration):
    dependencies = [("access", "0009_data_quality"), ("organisations", "0004_senders")]
    operations = [
        migrations.AlterField("sender", "user", whose(settings.AUTH_USER_MODEL)),
        migrations.AlterField("sender", "agency", whose("organisations.agency")),
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("lead", models.BooleanField(default=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("granted_by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=60)),
                ("agency", whose("organisations.agency")),
                ("user", whose(settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "agency"),
                        name="partner_once_an_agency",
                        condition=models.Q(("ended_at__isnull", True)),
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="partner_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ended_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="partner_ended_by_somebody",
                    ),
                ],
            },
        ),
        open_table("access_partner"),
    ]
