"""Two roles: the owner makes tables, the application may not take a tombstone away."""

from django.conf import settings
from django.db import migrations


def grant(apps, schema_editor):
    """With a single role there is nothing to do."""
    if schema_editor.connection.alias != "keystore":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(rolname), current_user = rolname FROM pg_roles WHERE rolname = %s",
            [settings.KEYSTORE_APP_ROLE],
        )
        name, is_owner = cursor.fetchone() or ("", True)
        if is_owner:
            return
        for statement in GRANTS:
            cursor.execute(statement.format(role=name))


GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON keystore_wrappedkey TO {role}",
    "GRANT SELECT, INSERT ON keystore_destroyedkey TO {role}",
    "REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON keystore_destroyedkey FROM {role}",
)


class Migration(migrations.Migration):
    dependencies = [("keystore", "0001_a_keystore")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
