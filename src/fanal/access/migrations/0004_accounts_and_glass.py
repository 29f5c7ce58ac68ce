"""Memberships that end at a moment, where somebody is logged in, and files opened in an emergency.

Online: one nullable column without a default, two new tables, functions replaced in place.
"""

import datetime
import django.db.models.deletion
import django.db.models.expressions
import fanal.ids

from fanal.access.glass import glass
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_oversight_roles'),
        ('directory', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='Login',
            fields=[
                ('id', models.UUIDField(default=fanal.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('session_key', models.CharField(max_length=40, unique=True)),
                ('at', models.DateTimeField()),
                ('agent', models.CharField(blank=True, max_length=120)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='logins', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Glass',
            fields=[
                ('id', models.UUIDField(default=fanal.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.IntegerField(unique=True)),
                ('reference', models.CharField(max_length=12)),
                ('sealed', models.BinaryField(default=b'')),
                ('at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('justified', 'justified'), ('mistaken', 'a mistake, without bad intent'), ('unjustified', 'not justified: it goes to the data protection officer')], max_length=12)),
                ('swept', models.BooleanField(default=False, editable=False)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('compartment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.compartment')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.membership')),
                ('owner_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('swept', False)), fields=['membership'], name='glass_open_by_membership'), models.Index(condition=models.Q(('reviewed_at__isnull', True)), fields=['owner_unit'], name='glass_unreviewed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('at')), ('until__lte', django.db.models.expressions.CombinedExpression(models.F('at'), '+', models.Value(datetime.timedelta(seconds=3600))))), name='glass_lasts_an_hour_at_most'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='glass_number_is_above_zero'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('reviewed_at__isnull', True), ('reviewed_by__isnull', True)), models.Q(('outcome__in', ['justified', 'mistaken', 'unjustified']), ('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='glass_review_is_whole'), models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), models.Q(('reviewed_by', models.F('account')), _negated=True), _connector='OR'), name='glass_reviewed_by_another')],
            },
        ),
        *glass(),
    ]
