"""A report says which message it is about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clinicians", "0016_an_entry_belongs_to_a_list")]
    operations = [
        migrations.AddField(
            "report",
            "conversation",
            models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            "report",
            "message",
            models.PositiveBigIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.RemoveConstraint("report", "a_member_reports_once_an_inquiry"),
        migrations.AddConstraint(
            "report",
            models.UniqueConstraint(
                fields=["inquiry", "reporter", "conversation", "message"],
                name="a_member_reports_a_thing_once_an_inquiry",
                nulls_distinct=False,
            ),
        ),
    ]
