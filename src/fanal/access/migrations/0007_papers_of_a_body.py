"""The papers of a body stand behind a wall too. A list of choices: no SQL."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0006_coordination_roles")]

    operations = [
        migrations.AlterField(
            model_name="compartment",
            name="kind",
            field=models.CharField(
                choices=[
                    ("alert", "alert"),
                    ("referral", "referral"),
                    ("protection", "protection procedure"),
                    ("question", "questions to the magistrate"),
                    ("accompaniment", "accompaniment"),
                    ("body", "papers of a body"),
                ],
                max_length=16,
            ),
        ),
    ]
