"""Indexes by which the sealer finds what is new and the watch what is recent; made while people go on writing.

The index on `at` is a BRIN: a few pages, and next to nothing to pay at each line.
"""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("audit", "0003_sealing")]

    operations = [
        AddIndexConcurrently(
            "entry", models.Index(fields=["transaction"], name="audit_by_transaction")
        ),
        AddIndexConcurrently(
            "entry",
            django.contrib.postgres.indexes.BrinIndex(
                fields=["at"], name="audit_by_time", pages_per_range=32, autosummarize=True
            ),
        ),
    ]
