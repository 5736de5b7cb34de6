"""An entry belongs to a list, and by it to an owner."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clinicians", "0015_shortlists_become_lists")]
    operations = [
        migrations.RemoveConstraint("shortlistentry", "a_colleague_is_shortlisted_once"),
        migrations.RemoveConstraint("shortlistentry", "nobody_shortlists_herself"),
        migrations.RemoveField("shortlistentry", "owner"),
        migrations.RenameModel("ShortlistEntry", "ListEntry"),
        migrations.AlterModelOptions(
            "listentry", {"verbose_name_plural": "list entries"}
        ),
        migrations.AlterField(
            "listentry",
            "list",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="entries",
                to="clinicians.colleaguelist",
            ),
        ),
        migrations.AlterField(
            "listentry",
            "colleague",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="listed",
                to="clinicians.clinician",
            ),
        ),
        migrations.AddConstraint(
            "listentry",
            models.UniqueConstraint(
                fields=["list", "colleague"], name="a_colleague_is_on_a_list_once"
            ),
        ),
    ]
