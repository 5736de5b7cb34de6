"""Clients under handles: parties, consents, links, what was shared."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import network.clinicians.models.fields
import network.privacy.fields


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clinicians', '0016_an_entry_belongs_to_a_list'),
    ]

    operations = [
        migrations.CreateModel(
            name='Client',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('encryption_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('handle', models.CharField(editable=False, max_length=40)),
                ('unit', models.CharField(choices=[('individual', 'One adult'), ('couple', 'A couple'), ('family', 'A family'), ('minor', 'A minor with guardians')], max_length=10)),
                ('age_band', models.CharField(blank=True, max_length=40, validators=[network.clinicians.models.fields.InList('age_groups')])),
                ('state', models.CharField(blank=True, max_length=40, validators=[network.clinicians.models.fields.InList('states')])),
                ('zip3', models.CharField(blank=True, max_length=3)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('note', network.privacy.fields.EncryptedTextField(blank=True, default='')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('idempotency_key', models.UUIDField(blank=True, editable=False, null=True)),
                ('erased_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clients', to='clinicians.clinician')),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('encryption_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('receiver_kind', models.CharField(choices=[('clinician', 'A colleague in this network'), ('guest', 'Somebody outside it, by link')], max_length=10)),
                ('receiver_id', models.UUIDField()),
                ('receiver_name', network.privacy.fields.EncryptedTextField()),
                ('purpose', models.CharField(choices=[('referral', 'to find care with this person'), ('consultation', 'to ask this person for advice about the care'), ('cover', 'so that this person can step in while the therapist is away')], max_length=20)),
                ('data_classes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('identity', 'name'), ('contact', 'phone, e-mail or address'), ('summary', 'why help is needed, and what would help'), ('history', 'what has been tried before'), ('risk', 'worries about safety'), ('medication', 'medicines'), ('records', 'letters and reports'), ('attendance', 'whether the first visits took place'), ('substance-use', 'care for alcohol or drug use')], max_length=20), size=None)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('offered', 'Waiting for signatures'), ('signed', 'Signed, not begun'), ('active', 'In force'), ('expiring', 'Ends soon'), ('expired', 'Over'), ('declined', 'Declined'), ('revoked', 'Taken back')], default='draft', editable=False, max_length=10)),
                ('wording', models.CharField(editable=False, max_length=20)),
                ('valid_from', models.DateField(default=django.utils.timezone.localdate)),
                ('expires_on', models.DateField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('offered_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='clients.client')),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents_to_tell', to='clinicians.clinician')),
            ],
        ),
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('encryption_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('giver_name', network.privacy.fields.EncryptedTextField()),
                ('receiver_kind', models.CharField(choices=[('clinician', 'A colleague in this network'), ('guest', 'Somebody outside it, by link')], max_length=10)),
                ('receiver_id', models.UUIDField()),
                ('receiver_name', network.privacy.fields.EncryptedTextField()),
                ('purpose', models.CharField(choices=[('referral', 'to find care with this person'), ('consultation', 'to ask this person for advice about the care'), ('cover', 'so that this person can step in while the therapist is away')], max_length=20)),
                ('data_classes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('identity', 'name'), ('contact', 'phone, e-mail or address'), ('summary', 'why help is needed, and what would help'), ('history', 'what has been tried before'), ('risk', 'worries about safety'), ('medication', 'medicines'), ('records', 'letters and reports'), ('attendance', 'whether the first visits took place'), ('substance-use', 'care for alcohol or drug use')], max_length=20), size=None)),
                ('thing', models.CharField(blank=True, max_length=80)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disclosures', to='clients.client')),
                ('consent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='disclosures', to='clients.consent')),
            ],
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('encryption_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('role', models.CharField(choices=[('adult', 'Adult'), ('guardian', 'Guardian'), ('minor', 'Minor'), ('partner', 'Partner')], max_length=10)),
                ('number', models.PositiveSmallIntegerField(default=1, editable=False)),
                ('signs', models.CharField(choices=[('must', 'Has to sign'), ('alone', 'Decides alone: sole custody, or a minor whom the law lets'), ('not', 'Does not sign')], max_length=5)),
                ('wishes', network.privacy.fields.EncryptedJSONField(blank=True, editable=False, null=True)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='clients.client')),
            ],
            options={
                'verbose_name_plural': 'parties',
            },
        ),
        migrations.AddField(
            model_name='consent',
            name='ended_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='clients.party'),
        ),
        migrations.CreateModel(
            name='AccessLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('code_hash', models.CharField(editable=False, max_length=200)),
                ('tries', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('expires_at', models.DateTimeField(editable=False)),
                ('opened_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='clients.party')),
            ],
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('released_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('consent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='clients.consent')),
            ],
        ),
        migrations.CreateModel(
            name='Secret',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('identity', 'Name and contact'), ('custody', 'A note on custody')], max_length=10)),
                ('key_id', models.UUIDField(editable=False)),
                ('body', models.BinaryField()),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='secrets', to='clients.party')),
            ],
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('link', 'Signed here, by link'), ('verbal', 'Said so to the clinician'), ('paper', 'Signed on paper')], max_length=10)),
                ('signed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('consent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='clients.consent')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='clients.party')),
            ],
        ),
        migrations.AddConstraint(
            model_name='client',
            constraint=models.UniqueConstraint(fields=('owner', 'handle'), name='a_handle_is_one_client_of_its_owner'),
        ),
        migrations.AddConstraint(
            model_name='client',
            constraint=models.UniqueConstraint(fields=('owner', 'idempotency_key'), name='a_draft_becomes_one_client'),
        ),
        migrations.AddConstraint(
            model_name='client',
            constraint=models.CheckConstraint(condition=models.Q(('zip3', ''), models.Q(('state', ''), _negated=True), _connector='OR'), name='a_zip3_stands_in_its_state'),
        ),
        migrations.AddIndex(
            model_name='disclosure',
            index=models.Index(fields=['client', '-at'], name='disclosures_of_a_client'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.UniqueConstraint(fields=('client', 'role', 'number'), name='a_party_has_its_number'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signs', 'alone'), _negated=True), ('role__in', ['guardian', 'minor']), _connector='OR'), name='only_a_guardian_or_a_minor_decides_alone'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['adult', 'partner']), _negated=True), ('signs', 'must'), _connector='OR'), name='whoever_is_treated_as_an_adult_signs'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(condition=models.Q(('state__in', ['signed', 'active', 'expiring'])), fields=['client', 'receiver_id'], name='consents_in_force'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__lt', models.F('expires_on'))), name='a_consent_begins_before_it_ends'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('data_classes', []), _negated=True), name='a_consent_is_about_something'),
        ),
        migrations.AddConstraint(
            model_name='accesslink',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('party',), name='a_party_has_one_link_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='accesslink',
            constraint=models.CheckConstraint(condition=models.Q(('tries__lt', 5), ('ended_at__isnull', False), _connector='OR'), name='a_link_is_over_after_five_wrong_codes'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('consent',), name='an_identity_is_released_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='secret',
            constraint=models.UniqueConstraint(fields=('party', 'kind'), name='a_party_has_one_secret_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('consent', 'party'), name='a_party_signs_a_consent_once'),
        ),
    ]
