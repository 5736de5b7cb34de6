"""Who is looked up for conflicts stays with the referral, as hashes."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0004_a_packet_has_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sought",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("people", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("key_id", models.UUIDField(editable=False)),
                ("box", models.BinaryField()),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sought",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "sought",
            },
        ),
    ]
