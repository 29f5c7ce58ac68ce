"""The emptied columns go, so that nothing is ever written there again. A column that goes rewrites no table."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_seal_what_stood_in_clear")]
    operations = [
        migrations.RemoveField("consent", "article"),
        migrations.RemoveField("referral", "ground_article"),
    ]
