"""People as staff see them: somebody who signs in, an entry nobody has, or both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from network.accounts.events import StaffEvent
from network.accounts.models import User
from network.activity.models import Event
from network.clinicians.events import ClinicianEvent
from network.clinicians.models import Clinician

SHOWN = 50
# How long a page stays open after somebody has said why.
OPEN_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Person:
    """At least one of the two is there."""

    user: User | None
    clinician: Clinician | None

    @property
    def public_id(self) -> UUID:
        found: UUID = (self.user or self.subject).public_id
        return found

    @property
    def name(self) -> str:
        if self.clinician:
            return self.clinician.display_name
        return self.user.email if self.user else ""

    @property
    def subject(self) -> User | Clinician:
        found = self.clinician or self.user
        assert found is not None  # noqa: S101 see above
        return found

    def is_open_to(self, staff: User) -> bool:
        """She has said a moment ago why she looks."""
        if self.user and self.user.pk == staff.pk:
            return True
        verbs = (ClinicianEvent.OPENED_BY_STAFF, StaffEvent.OPENED)
        said = Event.objects.about(self.subject).filter(verb__in=verbs)
        lately = said.filter(at__gt=timezone.now() - OPEN_FOR).exclude(why="")
        return lately.filter(actor_id=str(staff.public_id)).exists()


def find_person(public_id: UUID) -> Person | None:
    users = User.objects.select_related("clinician")
    if user := users.filter(public_id=public_id).first():
        return _of(user)
    clinicians = Clinician.objects.select_related("user")
    if clinician := clinicians.filter(public_id=public_id).first():
        return Person(clinician.user, clinician)
    return None


def search(words: str) -> list[Person]:
    """By a whole address, a number or a part of the name; without, the newest."""
    if "@" in words or not words:
        return _by_address(words)
    exactly = Q(npi=words) if words.isdigit() else Q(name__icontains=words)
    found = Clinician.objects.filter(exactly).select_related("user")
    return [Person(one.user, one) for one in found.order_by("name", "pk")[:SHOWN]]


def _by_address(email: str) -> list[Person]:
    users = User.objects.select_related("clinician").order_by("-pk")
    if not email:
        return _people(users[:SHOWN])
    waiting = Clinician.objects.filter(user=None, invitation__email__iexact=email)
    return _people(users.filter(email__iexact=email)) + [
        Person(None, one) for one in waiting.order_by("pk")
    ]


def _people(users: Iterable[User]) -> list[Person]:
    return [_of(user) for user in users]


def _of(user: User) -> Person:
    return Person(user, getattr(user, "clinician", None))
