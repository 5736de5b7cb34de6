import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clinicians', '0016_an_entry_belongs_to_a_list'),
        ('messaging', '0004_one_index_finds_a_membership'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='tokens',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), editable=False, null=True, size=None),
        ),
        migrations.AddIndex(
            model_name='message',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('tokens__isnull', False)), fastupdate=False, fields=['tokens'], name='messages_by_token'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('body__isnull', False), ('tokens__isnull', True)), fields=['conversation', 'seq'], name='messages_without_tokens'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('tokens__isnull', True), ('body__isnull', False), _connector='OR'), name='what_is_gone_is_not_found'),
        ),
    ]
