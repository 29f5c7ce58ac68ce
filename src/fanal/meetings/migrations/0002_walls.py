"""Everything about a meeting stands behind the wall of its body, or of the seats that a restricted item names."""

from django.db import migrations

from fanal.access.walls import wall
from fanal.database import roles

# What happened to an item is told as it happened; only its readers change.
_LASTING = """
CREATE POLICY lasting ON meetings_step AS RESTRICTIVE FOR DELETE TO {runtime} USING (false);
CREATE FUNCTION meetings_keep_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history of an item is not rewritten' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OF item_id, meeting_id, act, facts, words, at, by, unit_id ON meetings_step
    FOR EACH ROW EXECUTE FUNCTION meetings_keep_step();
"""

# Which seats do not vote on an item is fixed when the agenda is set (royal decree of 21 July 2014); of an item that is
# added later, when it is added.
_FIXED = """
CREATE FUNCTION meetings_keep_point() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.excluded IS DISTINCT FROM OLD.excluded
        AND EXISTS (SELECT FROM meetings_meeting m WHERE m.id = NEW.meeting_id AND m.agenda_set_at IS NOT NULL) THEN
        RAISE EXCEPTION 'who does not vote on an item was fixed when the agenda was set'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fixed BEFORE UPDATE OF excluded ON meetings_point
    FOR EACH ROW EXECUTE FUNCTION meetings_keep_point();
"""


def _run(sql: str) -> migrations.RunSQL:
    return migrations.RunSQL([sql.format(runtime=roles.names().runtime)], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("access", "0002_walls")]
    operations = [
        *wall("meetings_series", listed=False),
        *wall("meetings_meeting", listed=False),
        *wall("meetings_reply", listed=False),
        *wall("meetings_item", listed=False),
        *wall("meetings_point", listed=False),
        *wall("meetings_step", listed=False),
        *wall("meetings_annex", listed=False),
        _run(_LASTING),
        _run(_FIXED),
    ]
