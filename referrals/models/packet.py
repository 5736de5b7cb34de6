"""What goes to the colleague who is chosen, beside the need: versions, and files."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from network.clinicians.models import Clinician
from network.privacy.files import Kind
from referrals.models.offer import Offer
from referrals.models.referral import Referral

KINDS = [(kind.value, kind.name) for kind in Kind]


class PacketQuerySet(models.QuerySet["Packet"]):
    def visible_to(self, clinician: Clinician) -> "PacketQuerySet":
        """Its sender's, and whoever's to whom a version was sent. Whether she may read
        one is another question.
        """
        if not clinician.is_verified:
            return self.none()
        sent = PacketVersion.objects.sent().filter(offer__receiver=clinician)
        seen = Q(referral__sender=clinician) | Q(pk__in=sent.values("packet"))
        return self.filter(seen).select_related("referral__sender", "referral__client")


class Packet(models.Model):
    """One a referral. `changes` counts what was done to it: a step names the one that
    it has seen.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.OneToOneField(
        Referral, on_delete=models.CASCADE, related_name="packet"
    )
    changes = models.PositiveIntegerField(default=0, editable=False)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PacketQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.public_id)

    def get_absolute_url(self) -> str:
        return reverse("referrals:packet", args=[self.public_id])


class PacketFile(models.Model):
    """Sealed as the words are; in as many versions as it was left in."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=10, choices=KINDS)
    size = models.PositiveIntegerField()  # bytes, of what is in it
    is_telling = models.BooleanField(default=False)
    key_id = models.UUIDField(editable=False)
    client_key_id = models.UUIDField(editable=False)
    label = models.BinaryField(editable=False)  # its name, and the hash of the content
    content = models.BinaryField(editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return str(self.public_id)


class PacketVersionQuerySet(models.QuerySet["PacketVersion"]):
    def sent(self) -> "PacketVersionQuerySet":
        return self.filter(sent_at__isnull=False)

    def of(self, packet: Packet) -> "PacketVersionQuerySet":
        """The newest first."""
        mine = self.filter(packet_id=packet.pk).order_by("-number")
        return mine.select_related("packet__referral__client", "offer__receiver")


class PacketVersion(models.Model):
    """Of each packet one at most is a draft; what was sent stays as it is, but that it
    may be taken back.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    packet = models.ForeignKey(
        Packet, on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(editable=False)
    # Whose offer was chosen when it was sent.
    offer = models.ForeignKey(
        Offer, on_delete=models.SET_NULL, null=True, related_name="packet_versions"
    )
    files = models.ManyToManyField(PacketFile, related_name="versions")
    # From a programme under 42 CFR Part 2.
    is_part2 = models.BooleanField(default=False, editable=False)
    # How many things in the words tell who the client is, and why they stayed.
    tells = models.PositiveSmallIntegerField(default=0, editable=False)
    guard_reason = models.CharField(max_length=30, blank=True, editable=False)
    key_id = models.UUIDField(editable=False)
    client_key_id = models.UUIDField(editable=False)
    box = models.BinaryField(editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    expires_on = models.DateField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = PacketVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["packet", "number"], name="a_packet_counts_its_versions"
            ),
            models.UniqueConstraint(
                fields=["packet"],
                condition=Q(sent_at__isnull=True),
                name="a_packet_has_one_draft_at_most",
            ),
            models.CheckConstraint(
                name="what_is_sent_of_a_packet_expires",
                condition=Q(sent_at__isnull=True) ^ Q(expires_on__isnull=False),
            ),
            models.CheckConstraint(
                name="only_what_was_sent_is_taken_back",
                condition=Q(revoked_at__isnull=True) | Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of packet {self.packet_id}"

    def is_open(self, on: date) -> bool:
        """Sent, and neither taken back nor over."""
        return (
            self.revoked_at is None
            and self.expires_on is not None
            and on < self.expires_on
        )
