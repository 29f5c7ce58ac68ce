"""The article of a ground is typed by hand and can point at a person: it is sealed, in batches. What was done gets the
end of sight that the migration before announces.

The old versions of the rows stay in the files of the tables until these are rewritten: `VACUUM (FULL)` of
`referrals_consent` and `referrals_referral` in a quiet hour, and the archived WAL of before expires.
"""

from typing import Any

from django.db import migrations, transaction

from fanal.access.sealing import seal_column
from fanal.database import roles

ENDS = """
UPDATE referrals_referral
   SET sight_until = greatest((ended_at + interval '3 months')::date, current_date + 30)
 WHERE id IN (SELECT id FROM referrals_referral WHERE state = 'done' AND sight_until IS NULL LIMIT 1000)
"""


def end_sight(_apps: Any, editor: Any) -> None:
    connection, keeper = editor.connection, roles.names().keeper
    while True:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            cursor.execute(f"SET LOCAL ROLE {keeper}")
            cursor.execute(ENDS)
            if not cursor.rowcount:
                return


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("referrals", "0003_sealed_words_and_an_end_of_sight")]
    operations = [
        seal_column("referrals_consent", "article", "article_sealed"),
        seal_column("referrals_referral", "ground_article", "article_sealed"),
        migrations.RunPython(end_sight, migrations.RunPython.noop),
    ]
