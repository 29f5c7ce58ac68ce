from django.db import migrations

from fanal.access.walls import foundation


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = foundation()
