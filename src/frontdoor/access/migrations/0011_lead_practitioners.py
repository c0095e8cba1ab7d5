"""A lead practitioner, who holds the plan of a family; also from another agency."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0010_partners"),
    ]

    operations = [
        migrations.AlterField(
            model_name="post",
            name="role",
            field=models.CharField(
                choices=[
                    ("contact_officer", "Contact officer"),
                    ("social_worker", "Social worker"),
                    ("team_manager", "Team manager"),
                    ("head_of_service", "Head of service"),
                    ("early_help_officer", "Early help officer"),
                    ("duty_worker", "Emergency duty worker"),
                    ("met_coordinator", "Missing and exploitation coordinator"),
                    ("assessment_worker", "Assessment social worker"),
                    ("assessment_manager", "Assessment team manager"),
                    ("designated_officer", "Designated officer for allegations"),
                    ("specialist_worker", "Specialist team worker"),
                    ("auditor", "Auditor"),
                    ("administrator", "System administrator"),
                    ("data_protection_officer", "Data protection officer"),
                    ("information_officer", "Information officer"),
                    ("data_quality_manager", "Data-quality manager"),
                    ("lead_practitioner", "Lead practitioner"),
                ],
                max_length=30,
            ),
        ),
    ]
