"""A pseudonym, an address on the internet and the words of a duty can point at a person: they are sealed, in batches.

The old versions of the rows stay in the files of the tables until these are rewritten: `VACUUM (FULL)` of
`alerts_alert`, `alerts_person` and `alerts_dutydone` in a quiet hour, and the archived WAL of before expires.
"""

from django.db import migrations

from fanal.access.sealing import seal_column


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("alerts", "0002_sealed_words")]
    operations = [
        seal_column("alerts_alert", "platform", "platform_sealed"),
        seal_column("alerts_person", "pseudonym", "pseudonym_sealed"),
        seal_column("alerts_dutydone", "how", "how_sealed", subject="alert_id"),
    ]
