"""Attachments, their sealed pieces and how far their reading is, behind the wall of their file."""

import django.contrib.postgres.fields
import django.db.models.deletion
import fanal.ids
from django.db import migrations, models

from fanal.access.walls import wall


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0004_accounts_and_glass'),
        ('directory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=fanal.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('acl', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, editable=False, size=None)),
                ('kind', models.CharField(max_length=20)),
                ('object_id', models.UUIDField()),
                ('reference', models.CharField(max_length=12)),
                ('number', models.PositiveSmallIntegerField()),
                ('subject_id', models.UUIDField()),
                ('size', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('added_at', models.DateTimeField()),
                ('added_by', models.UUIDField()),
                ('submission', models.UUIDField(null=True)),
                ('copied_from', models.UUIDField(null=True)),
                ('added_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
                ('compartment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.compartment')),
            ],
        ),
        migrations.CreateModel(
            name='Conversion',
            fields=[
                ('id', models.UUIDField(default=fanal.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('acl', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, editable=False, size=None)),
                ('reference', models.CharField(max_length=12)),
                ('state', models.CharField(choices=[('waiting', 'being checked'), ('ready', 'ready'), ('refused', 'not accepted'), ('quarantined', 'in quarantine')], default='waiting', max_length=12)),
                ('code', models.CharField(blank=True, max_length=30)),
                ('media', models.CharField(blank=True, max_length=10)),
                ('pages', models.PositiveSmallIntegerField(default=0)),
                ('previews', models.PositiveSmallIntegerField(default=0)),
                ('removed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('scanned_at', models.DateTimeField(null=True)),
                ('step', models.CharField(blank=True, max_length=10)),
                ('done', models.PositiveSmallIntegerField(default=0)),
                ('total', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(null=True)),
                ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='conversion', to='attachments.attachment')),
                ('compartment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.compartment')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.UUIDField(default=fanal.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('acl', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, editable=False, size=None)),
                ('part', models.CharField(choices=[('original', 'original'), ('copy', 'working copy'), ('preview', 'preview')], max_length=8)),
                ('page', models.PositiveSmallIntegerField(default=0)),
                ('number', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='attachments.attachment')),
                ('compartment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.compartment')),
            ],
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('object_id', 'number'), name='attachment_number_once'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('added_by', 'submission'), name='attachment_sent_once'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='attachment_not_empty'),
        ),
        migrations.AddIndex(
            model_name='conversion',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='conversion_due'),
        ),
        migrations.AddConstraint(
            model_name='conversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(models.Q(('media', ''), _negated=True), ('due_at__isnull', True)), _connector='OR'), name='conversion_ready_has_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='piece',
            constraint=models.UniqueConstraint(fields=('attachment', 'part', 'page', 'number'), name='attachment_piece_once'),
        ),
        # What is sealed does not shrink: kept as it is, PostgreSQL need not try.
        migrations.RunSQL(
            "ALTER TABLE attachments_piece ALTER COLUMN sealed SET STORAGE EXTERNAL", migrations.RunSQL.noop
        ),
        *wall("attachments_attachment", listed=False),
        *wall("attachments_piece", listed=False),
        *wall("attachments_conversion", clock=True, listed=False),
    ]
