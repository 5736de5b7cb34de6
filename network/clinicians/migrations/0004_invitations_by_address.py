from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinicians", "0003_saved_needs_and_shortlists"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="email",
            field=models.EmailField(db_index=True, max_length=254),
        ),
    ]
