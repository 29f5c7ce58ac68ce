"""Tables that somebody brings in, looked at before anything of them is written."""

import django.contrib.postgres.fields
import fanal.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0002_walls'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=fanal.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('begun_at', models.DateTimeField()),
                ('begun_by', models.UUIDField()),
                ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=None)),
                ('rows', models.JSONField()),
                ('mapping', models.JSONField(default=dict)),
                ('fixed', models.JSONField(default=dict)),
            ],
        ),
    ]
