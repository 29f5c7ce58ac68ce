
import django.contrib.postgres.fields
import django.db.models.deletion
import fanal.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0002_walls'),
        ('directory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.UUIDField(default=fanal.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('acl', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, editable=False, size=None)),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('person', models.UUIDField(default=fanal.ids.new_id)),
                ('alert', models.UUIDField(null=True)),
                ('alert_reference', models.CharField(blank=True, max_length=12)),
                ('submission', models.UUIDField(null=True)),
                ('sealed', models.BinaryField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_by', models.UUIDField()),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('compartment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.compartment')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=fanal.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('acl', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, editable=False, size=None)),
                ('purpose', models.CharField(max_length=40)),
                ('ground', models.CharField(max_length=40)),
                ('exception', models.BooleanField()),
                ('given_on', models.DateField()),
                ('form', models.CharField(blank=True, choices=[('oral', 'said aloud, noted by the service'), ('written', 'in writing'), ('interpreter', 'through an interpreter, noted by the service')], max_length=12)),
                ('article', models.CharField(blank=True, max_length=120)),
                ('sealed', models.BinaryField(null=True)),
                ('review_due', models.DateField(null=True)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('recorded_by', models.UUIDField()),
                ('recorded_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('compartment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.compartment')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='referrals.matter')),
            ],
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.UUIDField(default=fanal.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('acl', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, editable=False, size=None)),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('person', models.UUIDField()),
                ('purpose', models.CharField(max_length=40)),
                ('ground', models.CharField(max_length=40)),
                ('ground_given_on', models.DateField()),
                ('ground_form', models.CharField(blank=True, choices=[('oral', 'said aloud, noted by the service'), ('written', 'in writing'), ('interpreter', 'through an interpreter, noted by the service')], max_length=12)),
                ('ground_article', models.CharField(blank=True, max_length=120)),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('accepted', 'accepted'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('elsewhere', 'taken on elsewhere'), ('done', 'done')], default='proposed', max_length=12)),
                ('refusal', models.CharField(blank=True, max_length=40)),
                ('proposed_by', models.UUIDField()),
                ('proposed_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('compartment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.compartment')),
                ('consent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='referrals.consent')),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='referrals.matter')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ReferralItem',
            fields=[
                ('id', models.UUIDField(default=fanal.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('acl', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, editable=False, size=None)),
                ('item', models.CharField(max_length=20)),
                ('sealed', models.BinaryField()),
                ('sent_by', models.UUIDField()),
                ('sent_at', models.DateTimeField()),
                ('compartment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.compartment')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='referrals.referral')),
            ],
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.UUIDField(default=fanal.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('acl', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, editable=False, size=None)),
                ('sealed', models.BinaryField(null=True)),
                ('compartment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.compartment')),
                ('referral', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reply', to='referrals.referral')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Capacity',
            fields=[
                ('id', models.UUIDField(default=fanal.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('free', models.PositiveSmallIntegerField()),
                ('sexes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, size=None)),
                ('age_from', models.PositiveSmallIntegerField(null=True)),
                ('age_to', models.PositiveSmallIntegerField(null=True)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), default=list, size=None)),
                ('children', models.BooleanField()),
                ('wheelchair', models.BooleanField()),
                ('night', models.BooleanField()),
                ('valid_until', models.DateTimeField()),
                ('published_by', models.UUIDField()),
                ('published_at', models.DateTimeField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', '-published_at', '-id'], name='capacity_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('age_from__isnull', True), ('age_to__isnull', True), ('age_to__gte', models.F('age_from')), _connector='OR'), name='capacity_ages_in_order'), models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('published_at'))), name='capacity_valid_for_a_while')],
            },
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['unit', '-changed_at', '-id'], name='matter_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.UniqueConstraint(fields=('unit', 'person'), name='matter_once'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.UniqueConstraint(fields=('unit', 'submission'), name='matter_submitted_once'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('alert__isnull', True), ('alert_reference', '')), models.Q(('alert__isnull', False), models.Q(('alert_reference', ''), _negated=True)), _connector='OR'), name='matter_names_its_alert'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(condition=models.Q(('exception', True), ('revoked_at__isnull', True)), fields=['review_due'], name='consent_to_review'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('matter', 'to_unit', 'purpose', 'ground'), name='consent_once'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('exception', True), ('form', ''), ('review_due__isnull', False)), models.Q(('exception', False), ('form__in', ['oral', 'written', 'interpreter']), ('review_due__isnull', True)), _connector='OR'), name='consent_or_reviewed_exception'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['to_unit', '-proposed_at', '-id'], name='referral_in'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['from_unit', '-proposed_at', '-id'], name='referral_out'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('state', 'proposed')), fields=['due_at'], name='referral_waiting'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'accepted')), fields=('person', 'purpose'), name='referral_accepted_once'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['accepted', 'proposed'])), fields=('matter', 'to_unit', 'purpose'), name='referral_open_once'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('from_unit', models.F('to_unit')), _negated=True), name='referral_to_another'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'accepted', 'refused', 'withdrawn', 'elsewhere', 'done'])), name='referral_state'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'proposed']), ('ended_at__isnull', True)), models.Q(models.Q(('state__in', ['accepted', 'proposed']), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='referral_ends_with_its_task'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), models.Q(('refusal', ''), _negated=True)), models.Q(models.Q(('state', 'refused'), _negated=True), ('refusal', '')), _connector='OR'), name='referral_refused_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='referralitem',
            constraint=models.CheckConstraint(condition=models.Q(('item__in', ['age', 'citizenship', 'documents', 'identity', 'languages', 'needs', 'pseudonym', 'safe_contact', 'sex', 'signs', 'summary'])), name='referral_item_known'),
        ),
    ]
