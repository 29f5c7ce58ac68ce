"""The walls of the referrals, and what the database itself refuses whatever the code forgets:

- a referral without a ground that holds for its recipient and its purpose;
- a move that its side may not make;
- sight that outlives the receiver's task, or the ground: no permission overrides a consent that was revoked.
"""

from django.db import migrations

from fanal.access.walls import wall
from fanal.database import roles

SQL = """
CREATE FUNCTION referrals_grounded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Locked, so that it cannot be revoked unseen while the referral is being written.
    PERFORM FROM referrals_consent c WHERE c.id = NEW.consent_id AND c.matter_id = NEW.matter_id
        AND c.to_unit_id = NEW.to_unit_id AND c.purpose = NEW.purpose AND c.revoked_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a referral needs a ground' USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_grounded';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER grounded BEFORE INSERT OR UPDATE OF consent_id ON referrals_referral
    FOR EACH ROW EXECUTE FUNCTION referrals_grounded();

CREATE FUNCTION referrals_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE side integer := CASE WHEN NEW.state IN ('accepted', 'refused', 'done') THEN OLD.to_unit_id
                             WHEN NEW.state = 'withdrawn' THEN OLD.from_unit_id ELSE 0 END;
BEGIN
    IF NOT (OLD.state, NEW.state) IN (('proposed', 'accepted'), ('proposed', 'refused'), ('proposed', 'withdrawn'),
            ('proposed', 'elsewhere'), ('accepted', 'withdrawn'), ('accepted', 'done'))
            OR NOT side = ANY (context_units()) THEN
        RAISE EXCEPTION 'not a move of this side' USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER moves BEFORE UPDATE OF state ON referrals_referral FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION referrals_moves();

CREATE FUNCTION referrals_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a referral keeps its person, units and purpose'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_stays';
END $$;
CREATE TRIGGER stays BEFORE UPDATE ON referrals_referral FOR EACH ROW
    WHEN ((OLD.reference, OLD.matter_id, OLD.person, OLD.from_unit_id, OLD.to_unit_id, OLD.purpose)
        IS DISTINCT FROM (NEW.reference, NEW.matter_id, NEW.person, NEW.from_unit_id, NEW.to_unit_id, NEW.purpose))
    EXECUTE FUNCTION referrals_stays();

-- The receiver loses sight of what was sent when its task ends without it, whoever ended it: so the keeper does it.
CREATE FUNCTION referrals_sight_ends() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE access_grant SET revoked_at = NEW.ended_at
     WHERE compartment_id = NEW.compartment_id AND level <> 'exists' AND revoked_at IS NULL;
    RETURN NULL;
END $$;
ALTER FUNCTION referrals_sight_ends() OWNER TO {keeper};
CREATE TRIGGER sight_ends AFTER UPDATE OF state ON referrals_referral FOR EACH ROW
    WHEN (NEW.state IN ('refused', 'withdrawn', 'elsewhere')) EXECUTE FUNCTION referrals_sight_ends();

CREATE FUNCTION referrals_consent_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.revoked_at IS NOT NULL THEN
        RAISE EXCEPTION 'a revoked ground stays revoked'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'consent_stays_revoked';
    END IF;
    UPDATE access_grant SET revoked_at = NEW.revoked_at WHERE revoked_at IS NULL
       AND compartment_id IN (SELECT r.compartment_id FROM referrals_referral r WHERE r.consent_id = NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER ends AFTER UPDATE OF revoked_at ON referrals_consent FOR EACH ROW
    WHEN (OLD.revoked_at IS DISTINCT FROM NEW.revoked_at) EXECUTE FUNCTION referrals_consent_ends();

-- No grant on a referral whose ground was revoked. As the keeper, because most grants are on other files: it costs
-- one look into an index and no check of the context.
CREATE FUNCTION referrals_ground_rules() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM referrals_referral r JOIN referrals_consent c ON c.id = r.consent_id
               WHERE r.compartment_id = NEW.compartment_id AND c.revoked_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the ground was revoked' USING ERRCODE = 'check_violation', CONSTRAINT = 'consent_rules';
    END IF;
    RETURN NEW;
END $$;
ALTER FUNCTION referrals_ground_rules() OWNER TO {keeper};
CREATE TRIGGER ground_rules BEFORE INSERT OR UPDATE OF revoked_at, level, valid_to ON access_grant FOR EACH ROW
    WHEN (NEW.revoked_at IS NULL) EXECUTE FUNCTION referrals_ground_rules();
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("access", "0002_walls")]
    operations = [
        *wall("referrals_matter"),
        *wall("referrals_consent"),
        *wall("referrals_referral", level="exists", clock=True, answered_by="to_unit_id"),
        *wall("referrals_referralitem"),
        *wall("referrals_reply", answered_by="to_unit_id"),
        migrations.RunSQL(SQL.format(keeper=roles.names().keeper), migrations.RunSQL.noop),
    ]
