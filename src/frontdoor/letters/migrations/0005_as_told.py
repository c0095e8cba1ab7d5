from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0004_safe_contact")]
    operations = [
        migrations.AlterField(
            model_name="protectedaddress", name="set_by", field=models.BigIntegerField(blank=True, null=True)
        )
    ]
