"""The database counts the voices too: nobody speaks for her own request, and nothing is in force before two have spoken.

Triggers on tables that are new: nothing is rewritten.
"""

from django.db import migrations

SQL = """
CREATE FUNCTION accounts_voice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked accounts_change;
BEGIN
    SELECT * INTO STRICT asked FROM accounts_change WHERE id = NEW.change_id;
    IF NEW.account_id = asked.asked_by_id OR NEW.account_id = asked.account_id
            OR NEW.unit_id NOT IN (asked.first_unit_id, asked.second_unit_id) OR asked.state <> 'waiting' THEN
        RAISE EXCEPTION 'this voice does not count' USING ERRCODE = 'check_violation', CONSTRAINT = 'vouch_counts';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER voice BEFORE INSERT ON accounts_vouch FOR EACH ROW EXECUTE FUNCTION accounts_voice();

CREATE FUNCTION accounts_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(DISTINCT unit_id) < 2 OR count(DISTINCT account_id) < 2 OR NOT coalesce(bool_or(strong), false)
        FROM accounts_vouch WHERE change_id = NEW.id) THEN
        RAISE EXCEPTION 'two services have not agreed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'change_agreed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreed BEFORE UPDATE OF state ON accounts_change FOR EACH ROW
    WHEN (NEW.state = 'done' AND OLD.state <> 'done') EXECUTE FUNCTION accounts_agreed();
CREATE TRIGGER born BEFORE INSERT ON accounts_change FOR EACH ROW
    WHEN (NEW.state = 'done') EXECUTE FUNCTION accounts_agreed();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
