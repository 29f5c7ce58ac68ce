"""Columns for the article of a ground, sealed; and the receiver's sight ends some time after its task is done.

What was done before without an end gets one: three months after it was done, and not before a month from now.
"""

from django.db import migrations, models

from fanal.database import roles

SQL = """
CREATE FUNCTION referrals_sight_until() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.sight_until IS NULL THEN
        RAISE EXCEPTION 'sight of what is done has an end' USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_sight';
    END IF;
    UPDATE access_grant SET valid_to = NEW.sight_until
     WHERE compartment_id = NEW.compartment_id AND level <> 'exists' AND revoked_at IS NULL
       AND (valid_to IS NULL OR valid_to > NEW.sight_until);
    RETURN NULL;
END $$;
ALTER FUNCTION referrals_sight_until() OWNER TO {keeper};
CREATE TRIGGER sight_until AFTER UPDATE OF state, sight_until ON referrals_referral FOR EACH ROW
    WHEN (NEW.state = 'done') EXECUTE FUNCTION referrals_sight_until();
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_walls")]
    operations = [
        migrations.AddField("consent", "article_sealed", models.BinaryField(null=True)),
        migrations.AddField("referral", "article_sealed", models.BinaryField(null=True)),
        migrations.AddField("referral", "sight_until", models.DateField(null=True)),
        migrations.RunSQL(SQL.format(keeper=roles.names().keeper), migrations.RunSQL.noop),
    ]
