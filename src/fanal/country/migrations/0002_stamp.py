"""The stamp changes with every change of the entries, whoever makes it, so that no cached law is stale."""

from django.db import migrations

SQL = """
CREATE FUNCTION country_entry_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO country_stamp (id, value) VALUES (1, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET value = excluded.value;
    RETURN NULL;
END $$;
CREATE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON country_entry
    FOR EACH STATEMENT EXECUTE FUNCTION country_entry_stamp();
"""


class Migration(migrations.Migration):
    dependencies = [("country", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
