"""Lists of colleagues: one's own, and those that somebody shares."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from network.clinicians.models.block import Block
from network.clinicians.models.clinician import Clinician
from network.privacy.fields import EncryptedJSONField, EncryptedTextField

UNDO_FOR = timedelta(days=1)
SHORTLIST = "shortlist"


class ColleagueListQuerySet(models.QuerySet["ColleagueList"]):
    def visible_to(self, clinician: Clinician) -> "ColleagueListQuerySet":
        """Her own, and what somebody whom she may see shares with her."""
        shared = ColleagueList.objects.shared_with(clinician)
        return self.filter(Q(owner=clinician) | Q(pk__in=shared.values("pk")))

    def shared_with(self, reader: Clinician) -> "ColleagueListQuerySet":
        owners = Clinician.objects.visible_to(reader).exclude(pk=reader.pk)
        return self.filter(shares__reader=reader, owner__in=owners)

    def with_owner(self) -> "ColleagueListQuerySet":
        return self.select_related("owner").order_by("pk")


class ColleagueList(models.Model):
    """Colleagues that one clinician keeps together; its name is hers alone.

    Everybody has one list without a name: the shortlist.
    """

    class Kind(models.TextChoices):
        SHORTLIST = SHORTLIST
        NAMED = "named"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Clinician, on_delete=models.CASCADE, related_name="lists")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.NAMED)
    name = EncryptedTextField(blank=True, default="")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ColleagueListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(kind=SHORTLIST),
                name="everybody_has_one_shortlist",
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def get_absolute_url(self) -> str:
        return reverse("clinicians:list", args=[self.which])

    @property
    def which(self) -> str:
        """What its owner's addresses call it: a shortlist may not be there yet."""
        return SHORTLIST if self.is_shortlist else str(self.public_id)

    @property
    def is_shortlist(self) -> bool:
        return self.kind == self.Kind.SHORTLIST

    @property
    def title(self) -> str:
        return "Shortlist" if self.is_shortlist else self.name


class ListEntryQuerySet(models.QuerySet["ListEntry"]):
    def visible_to(self, clinician: Clinician) -> "ListEntryQuerySet":
        """On her own lists and on shared ones, of colleagues whom she may see.

        Nobody reads about herself, nor about somebody whom the list's owner and its
        entry hide from each other.
        """
        shared = Q(list__in=ColleagueList.objects.shared_with(clinician))
        for_readers = shared & Q(removed_at__isnull=True) & ~Q(colleague=clinician)
        own = Q(list__owner=clinician)
        seen = Clinician.objects.visible_to(clinician)
        visible = self.filter(own | for_readers, colleague__in=seen)
        return visible.filter(~Exists(_blocks())).select_related("list")

    def of_owner(self, clinician: Clinician) -> "ListEntryQuerySet":
        return self.visible_to(clinician).filter(list__owner=clinician)

    def on_shortlist(self) -> "ListEntryQuerySet":
        return self.filter(list__kind=SHORTLIST)

    def kept(self) -> "ListEntryQuerySet":
        return self.filter(removed_at__isnull=True)

    def removed_for_good(self) -> "ListEntryQuerySet":
        return self.filter(removed_at__lte=timezone.now() - UNDO_FOR)

    def in_order(self) -> "ListEntryQuerySet":
        return self.select_related("colleague").order_by("added_at", "pk")


class ListEntry(models.Model):
    """One colleague on one list, with a note and tags; all her owner's words.

    A removed entry stays for a day, so that the removal can be undone whole.
    """

    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    list = models.ForeignKey(
        ColleagueList, on_delete=models.CASCADE, related_name="entries"
    )
    colleague = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="listed"
    )
    note = EncryptedTextField(blank=True, default="")
    tags = EncryptedJSONField(null=True, blank=True)
    note_shared_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_on = models.DateField(default=timezone.localdate, editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ListEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "list entries"
        constraints = [
            models.UniqueConstraint(
                fields=["list", "colleague"], name="a_colleague_is_on_a_list_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} on list {self.list_id}"

    @property
    def owner_id(self) -> int:
        """Whose words they are: sealed, they open for no other owner."""
        return self.list.owner_id


class ListShare(models.Model):
    """Somebody else may read a list, from now until it is taken back."""

    list = models.ForeignKey(
        ColleagueList, on_delete=models.CASCADE, related_name="shares"
    )
    reader = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="lists_shared_with_her"
    )
    shared_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "reader"], name="a_list_is_shared_once"
            )
        ]

    def __str__(self) -> str:
        return f"list {self.list_id} for {self.reader_id}"


def _blocks() -> models.QuerySet[Block]:
    owner, colleague = OuterRef("list__owner"), OuterRef("colleague")
    return Block.objects.filter(
        Q(blocker=owner, blocked=colleague) | Q(blocker=colleague, blocked=owner)
    )
