import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """What somebody belongs to is nobody else's from now on, until she shares it."""

    dependencies = [
        ("clinicians", "0009_supervision_and_endorsements"),
    ]

    operations = [
        migrations.AddField(
            model_name="clinician",
            name="identities_shared_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="registryentry",
            name="licence_numbers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                db_default=[],
                default=list,
                size=None,
            ),
        ),
    ]
