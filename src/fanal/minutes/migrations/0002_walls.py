"""The walls, and what the database itself holds: a version is never changed, approved minutes are never changed."""

from django.db import migrations

from fanal.access.walls import wall
from fanal.database import roles

_RULES = """
-- Approved minutes stay. The keeping of `acl` alone passes: who may see changes with the seats, the words do not.
CREATE FUNCTION minutes_stay() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE which uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.minutes_id ELSE NEW.minutes_id END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - 'acl' - '{{done_at,done_by}}'::text[] = to_jsonb(OLD) - 'acl' - '{{done_at,done_by}}'::text[] THEN
            RETURN NEW;
        END IF;
        IF NEW.minutes_id <> OLD.minutes_id THEN
            RAISE EXCEPTION 'what was written stays with its meeting'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_approved';
        END IF;
    END IF;
    PERFORM FROM minutes_minutes m WHERE m.id = which AND m.state <> 'approved' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'approved minutes are not changed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_approved';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
ALTER FUNCTION minutes_stay() OWNER TO {keeper};

CREATE FUNCTION minutes_approved_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'acl' = to_jsonb(OLD) - 'acl' THEN
        RETURN NEW;
    END IF;
    IF OLD.state = 'approved' THEN
        RAISE EXCEPTION 'approved minutes are not changed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_approved';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON minutes_minutes
    FOR EACH ROW EXECUTE FUNCTION minutes_approved_stay();

-- An addendum is the one thing that is added to approved minutes, and to no others; it is never changed.
CREATE FUNCTION minutes_addendum_comes_after() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'acl' = to_jsonb(OLD) - 'acl' THEN
        RETURN NEW;
    END IF;
    IF TG_OP <> 'INSERT' OR NOT EXISTS (
            SELECT FROM minutes_minutes m WHERE m.id = NEW.minutes_id AND m.state = 'approved') THEN
        RAISE EXCEPTION 'an addendum is added to approved minutes and stays'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_addendum_after';
    END IF;
    RETURN NEW;
END $$;
ALTER FUNCTION minutes_addendum_comes_after() OWNER TO {keeper};
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON minutes_addendum
    FOR EACH ROW EXECUTE FUNCTION minutes_addendum_comes_after();

-- The history of a note only grows.
CREATE FUNCTION minutes_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'acl' = to_jsonb(OLD) - 'acl' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a version of a note stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_version_stays';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON minutes_version
    FOR EACH ROW EXECUTE FUNCTION minutes_version_stays();

-- What a closed ballot counted stays.
CREATE FUNCTION minutes_vote_in_time() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'acl' = to_jsonb(OLD) - 'acl' THEN
        RETURN NEW;
    END IF;
    PERFORM FROM minutes_ballot b WHERE b.id = NEW.ballot_id AND b.closed_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this vote is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_vote_in_time';
    END IF;
    RETURN NEW;
END $$;
ALTER FUNCTION minutes_vote_in_time() OWNER TO {keeper};
CREATE TRIGGER in_time BEFORE INSERT OR UPDATE ON minutes_vote
    FOR EACH ROW EXECUTE FUNCTION minutes_vote_in_time();

CREATE FUNCTION minutes_answer_in_time() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'acl' = to_jsonb(OLD) - 'acl' THEN
        RETURN NEW;
    END IF;
    PERFORM FROM minutes_procedure p WHERE p.id = NEW.procedure_id AND p.closed_at IS NULL
        AND p.withdrawn_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this procedure is over' USING ERRCODE = 'check_violation', CONSTRAINT = 'minutes_answer_in_time';
    END IF;
    RETURN NEW;
END $$;
ALTER FUNCTION minutes_answer_in_time() OWNER TO {keeper};
CREATE TRIGGER in_time BEFORE INSERT OR UPDATE ON minutes_answer
    FOR EACH ROW EXECUTE FUNCTION minutes_answer_in_time();
"""

_STAYS = """
CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION minutes_stay();
"""

_HANGING = (
    "minutes_presence", "minutes_note", "minutes_version", "minutes_ballot", "minutes_vote", "minutes_outcome",
    "minutes_action", "minutes_remark",
)  # fmt: skip


def _run(sql: str) -> migrations.RunSQL:
    return migrations.RunSQL(sql.format(keeper=roles.names().keeper), migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("minutes", "0001_initial"), ("access", "0002_walls")]
    operations = [
        *wall("minutes_minutes"),
        *(operation for table in _HANGING for operation in wall(table, listed=False)),
        *wall("minutes_addendum", listed=False),
        *wall("minutes_procedure"),
        *wall("minutes_answer", listed=False),
        _run(_RULES),
        *(migrations.RunSQL(_STAYS.format(table=table), migrations.RunSQL.noop) for table in _HANGING),
    ]
