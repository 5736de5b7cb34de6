import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import network.privacy.fields


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_sessions_end_at_once_and_tokens_have_scopes'),
        ('usersessions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PushSubscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('encryption_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('details', network.privacy.fields.EncryptedJSONField(editable=False)),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='push', to='usersessions.usersession')),
            ],
        ),
    ]
