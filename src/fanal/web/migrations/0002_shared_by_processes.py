"""What the processes of one installation share: a cache, and how often each person did something lately.

Two new, empty tables: nothing is rewritten and nothing waits. How often somebody did something may be forgotten in a
crash, so that table writes no log (UNLOGGED); used codes of a second factor may not, so the cache does.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("web", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Cached",
            fields=[
                ("key", models.BinaryField(primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "web_cached"},
        ),
        migrations.CreateModel(
            name="Pace",
            fields=[
                ("bucket", models.BinaryField(primary_key=True, serialize=False)),
                ("full_at", models.DateTimeField()),
            ],
            options={"db_table": "web_pace"},
        ),
        migrations.RunSQL(
            "ALTER TABLE web_pace SET UNLOGGED",
            "ALTER TABLE web_pace SET LOGGED",
        ),
    ]
