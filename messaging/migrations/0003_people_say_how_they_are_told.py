import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clinicians', '0016_an_entry_belongs_to_a_list'),
        ('messaging', '0002_rows_that_change_often_have_room'),
    ]

    operations = [
        migrations.CreateModel(
            name='Manners',
            fields=[
                ('clinician', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='manners', serialize=False, to='clinicians.clinician')),
                ('shows_presence', models.BooleanField(default=True)),
            ],
            options={
                'verbose_name_plural': 'manners',
            },
        ),
        migrations.AddField(
            model_name='membership',
            name='level',
            field=models.CharField(choices=[('everything', 'Every message'), ('mentions', 'Only when I am mentioned'), ('nothing', 'Nothing')], db_default='everything', max_length=10),
        ),
    ]
