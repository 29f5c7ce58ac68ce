"""The walls of what is for named seats, and of the urgent meetings that were asked for."""

from django.db import migrations

from fanal.access.walls import wall


class Migration(migrations.Migration):
    dependencies = [("bodies", "0001_initial"), ("access", "0007_papers_of_a_body")]
    operations = [*wall("bodies_circle", listed=False), *wall("bodies_request", listed=False)]
