"""Whoever acted on a wrong match is told too: what somebody is told of is a join that was undone, or such a match."""

import django.db.models.deletion
from django.db import migrations, models

from frontdoor.actors.operations import same_council


class Migration(migrations.Migration):
    dependencies = [("matching", "0009_apart_in_one_question")]

    operations = [
        migrations.AlterField(
            "told",
            "join",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="told",
                to="matching.join",
            ),
        ),
        migrations.AddField(
            "told",
            "link",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="told",
                to="matching.link",
            ),
        ),
        migrations.AddConstraint(
            "told",
            models.UniqueConstraint(fields=["authority_id", "link", "user_id"], name="told_once_of_a_match"),
        ),
        migrations.AddConstraint(
            "told",
            models.CheckConstraint(
                condition=models.Q(join__isnull=True, link__isnull=False)
                | models.Q(join__isnull=False, link__isnull=True),
                name="told_of_one_thing",
            ),
        ),
        same_council("matching_told", "link_id", "matching_link"),
    ]
