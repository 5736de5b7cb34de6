"""Lists beside the shortlist; what was on a shortlist moves onto one of them."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import network.privacy.fields


def serial() -> models.BigAutoField:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def clinician(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related_name,
        to="clinicians.clinician",
    )


class Migration(migrations.Migration):
    dependencies = [("clinicians", "0013_more_than_one_place")]
    operations = [
        migrations.CreateModel(
            name="ColleagueList",
            fields=[
                ("id", serial()),
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
                        choices=[("shortlist", "Shortlist"), ("named", "Named")],
                        default="named",
                        max_length=10,
                    ),
                ),
                (
                    "name",
                    network.privacy.fields.EncryptedTextField(blank=True, default=""),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
                ("owner", clinician("lists")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "shortlist")),
                        fields=("owner",),
                        name="everybody_has_one_shortlist",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="ListShare",
            fields=[
                ("id", serial()),
                (
                    "shared_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="clinicians.colleaguelist",
                    ),
                ),
                ("reader", clinician("lists_shared_with_her")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("list", "reader"), name="a_list_is_shared_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            "shortlistentry",
            "list",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="entries",
                to="clinicians.colleaguelist",
            ),
        ),
        migrations.AddField(
            "shortlistentry",
            "tags",
            network.privacy.fields.EncryptedJSONField(blank=True, null=True),
        ),
        migrations.AddField(
            "shortlistentry",
            "note_shared_at",
            models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            "shortlistentry",
            "confirmed_on",
            models.DateField(default=django.utils.timezone.localdate, editable=False),
        ),
    ]
