from django.db import migrations, models

import network.activity.models


class Migration(migrations.Migration):
    dependencies = [("activity", "0002_privileges")]

    operations = [
        migrations.RemoveIndex("outbox", "waiting_outbox"),
        migrations.AddField(
            "outbox",
            "next_at",
            models.DateTimeField(default=network.activity.models.after_the_first_try),
        ),
        migrations.AddField(
            "outbox", "attempts", models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddIndex(
            "outbox",
            models.Index(
                condition=models.Q(("done_at__isnull", True)),
                fields=["next_at"],
                name="waiting_outbox",
            ),
        ),
    ]
