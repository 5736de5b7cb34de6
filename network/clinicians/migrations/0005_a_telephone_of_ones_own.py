from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clinicians", "0004_invitations_by_address")]

    operations = [
        migrations.AddField(
            model_name="place",
            name="phone",
            field=models.CharField(blank=True, default="", max_length=30),
            preserve_default=False,
        ),
        migrations.RemoveField(model_name="practice", name="phone"),
    ]
