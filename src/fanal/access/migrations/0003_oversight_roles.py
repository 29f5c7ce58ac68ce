"""Two roles that watch over the trace and read no file. A list of choices only: no SQL."""

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
    "administrator",
    "data_protection_officer",
    "supervisory_authority",
]


class Migration(migrations.Migration):
    dependencies = [("access", "0002_walls")]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(choices=[(role, role) for role in ROLES], max_length=24),
        ),
    ]
