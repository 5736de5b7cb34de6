from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clinicians', '0011_reports_and_open_invitations'),
    ]

    operations = [
        migrations.AddField(
            model_name='clinician',
            name='left_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
