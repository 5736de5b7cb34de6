"""Kept searches and notes were bound to their rows alone; now to their owners too."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from network.privacy.keys import ring

SEALED = (("savedneed", "content"), ("shortlistentry", "note"))


def bind_to_owners(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    for name, column in SEALED:
        model = apps.get_model("clinicians", name)
        field = model._meta.get_field(column)
        for row in model.objects.iterator():
            place = f"clinicians.{name}.{column}:{row.encryption_id}"
            words = ring().open(row.__dict__[column], place)
            setattr(row, column, field.read(words))
            row.save(update_fields=[column])


class Migration(migrations.Migration):
    dependencies = [("clinicians", "0005_a_telephone_of_ones_own")]
    operations = [migrations.RunPython(bind_to_owners, elidable=True)]
