"""Columns for what a member writes of a person, sealed: the clear ones are emptied by the next migration."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_initial"), ("access", "0002_walls")]
    operations = [
        migrations.AddField("alert", "platform_sealed", models.BinaryField(null=True)),
        migrations.AddField("person", "pseudonym_sealed", models.BinaryField(null=True)),
        migrations.AddField("dutydone", "how_sealed", models.BinaryField(null=True)),
    ]
