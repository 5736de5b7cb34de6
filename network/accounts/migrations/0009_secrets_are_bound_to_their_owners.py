"""Secrets of second factors were bound to their table alone; now to their owners."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from network.privacy.keys import ring

BEFORE = "mfa.authenticator.data"
SECRETS = ("secret", "seed")


def bind_to_owners(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    for row in apps.get_model("mfa", "Authenticator").objects.iterator():
        for name in row.data.keys() & set(SECRETS):
            plain = ring().open(row.data[name], BEFORE)
            row.data[name] = ring().seal(plain, f"{BEFORE}:{row.user_id}")
        row.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_browsers_are_told"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [migrations.RunPython(bind_to_owners, elidable=True)]
