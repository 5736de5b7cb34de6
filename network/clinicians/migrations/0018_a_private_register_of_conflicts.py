"""A register of conflicts, and what is kept of the looking."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import network.privacy.fields


class Migration(migrations.Migration):
    dependencies = [
        ("clinicians", "0017_a_report_says_where"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConflictEntry",
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
                (
                    "encryption_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "A person"),
                            ("family", "A family"),
                            ("organisation", "An organisation"),
                        ],
                        default="person",
                        max_length=12,
                    ),
                ),
                ("label", network.privacy.fields.EncryptedTextField()),
                (
                    "born",
                    network.privacy.fields.EncryptedTextField(blank=True, default=""),
                ),
                (
                    "hashes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), editable=False, size=None
                    ),
                ),
                (
                    "kept_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conflicts",
                        to="clinicians.clinician",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "conflict entries",
            },
        ),
        migrations.CreateModel(
            name="Look",
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
                ("on", models.DateField()),
                ("is_overlap", models.BooleanField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clinicians.clinician",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NameAsked",
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
                ("name", models.BigIntegerField()),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clinicians.clinician",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "names asked",
                "indexes": [
                    models.Index(fields=["asker", "asked_at"], name="names_of_a_day")
                ],
            },
        ),
    ]
