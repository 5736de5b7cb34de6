"""Two roles: the owner makes tables, the application may only add to the trail."""

from django.conf import settings
from django.db import migrations


def grant(apps, schema_editor):
    """Also for tables that come later; with a single role there is nothing to do."""
    role = settings.DATABASE_APP_ROLE
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(rolname), current_user = rolname FROM pg_roles WHERE rolname = %s",
            [role],
        )
        name, is_owner = cursor.fetchone() or ("", True)
        if is_owner:
            return
        for statement in GRANTS:
            cursor.execute(statement.format(role=name))


GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    "REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON activity_event FROM {role}",
)


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_initial")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
