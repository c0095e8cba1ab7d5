from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0008_walked_in_order")]

    operations = [
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("form__startswith", "contacts.step:")),
                fields=("authority_id", "owner", "form", "subject"),
                name="draft_one_a_step",
            ),
        ),
    ]
