from django.db import migrations

POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    """
    ALTER TABLE register_spell ADD CONSTRAINT spell_no_overlap EXCLUDE USING gist (
        staff_member_id WITH =,
        premises_id WITH =,
        role WITH =,
        daterange(started_on, ended_on, '[]') WITH &&
    ) WHERE (voided_at IS NULL)
    """,
]

# The message carries the constraint's name, as PostgreSQL's does.
SQLITE = """
    CREATE TRIGGER spell_no_overlap_{verb} BEFORE {verb} ON register_spell
    WHEN NEW.voided_at IS NULL AND EXISTS (
        SELECT 1 FROM register_spell other
        WHERE other.id IS NOT NEW.id
        AND other.voided_at IS NULL
        AND other.staff_member_id = NEW.staff_member_id
        AND other.premises_id = NEW.premises_id
        AND other.role = NEW.role
        AND other.started_on <= COALESCE(NEW.ended_on, '9999-12-31')
        AND NEW.started_on <= COALESCE(other.ended_on, '9999-12-31')
    )
    BEGIN SELECT RAISE(ABORT, 'spell_no_overlap'); END
"""


def refuse_overlaps(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)
    else:
        for verb in ("INSERT", "UPDATE"):
            schema_editor.execute(SQLITE.format(verb=verb))


def allow_overlaps(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE register_spell DROP CONSTRAINT spell_no_overlap"
        )
    else:
        for verb in ("INSERT", "UPDATE"):
            schema_editor.execute(f"DROP TRIGGER spell_no_overlap_{verb}")


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]

    operations = [migrations.RunPython(refuse_overlaps, allow_overlaps)]
