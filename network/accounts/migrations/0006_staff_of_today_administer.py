"""Until now every staff member might do everything."""

from django.db import migrations

OPERATOR = "operator@consilium.invalid"


def give(apps, schema_editor):
    staff = apps.get_model("accounts", "User").objects.filter(is_staff=True, roles=[])
    staff.filter(email=OPERATOR).update(roles=["verifier"])
    staff.exclude(email=OPERATOR).update(roles=["administrator"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_staff_have_roles")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop, elidable=True)]
