"""The emptied columns go, so that nothing is ever written there again. A column that goes rewrites no table."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("alerts", "0003_seal_what_stood_in_clear")]
    operations = [
        migrations.RemoveField("alert", "platform"),
        migrations.RemoveField("person", "pseudonym"),
        migrations.RemoveField("dutydone", "how"),
    ]
