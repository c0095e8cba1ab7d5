from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mash", "0007_partners")]

    operations = [
        migrations.AddField(model_name="enquiry", name="night_slip", field=models.UUIDField(blank=True, null=True)),
    ]
