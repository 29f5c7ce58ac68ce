"""The roles of the coordination: secretariat, representative, correspondent, rapporteur. A list of choices: no SQL."""

from django.db import migrations, models

ROLES = [
    "officer",
    "inspector",
    "reception",
    "magistrate",
    "centre_worker",
    "immigration_agent",
    "guardianship_officer",
    "coordinator",
    "secretary",
    "representative",
    "correspondent",
    "rapporteur",
    "administrator",
    "data_protection_officer",
    "supervisory_authority",
]


class Migration(migrations.Migration):
    dependencies = [("access", "0005_glass_behind_a_wall")]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(choices=[(role, role) for role in ROLES], max_length=24),
        ),
    ]
