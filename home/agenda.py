"""What needs a person today; the first step is the one that helps most."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from network.accounts.models import User
from network.activity.models import Notification
from network.clinicians.models import Clinician
from network.clinicians.models.opening import FRESH_FOR

PROFILE = "clinicians:profile"


@dataclass(frozen=True)
class Step:
    """One line of the agenda: what it is, why it matters, where it is done."""

    title: str
    why: str
    verb: str
    route: str
    icon: str

    @property
    def address(self) -> str:
        """Empty while the page that would do it does not exist."""
        try:
            return reverse(self.route)
        except NoReverseMatch:
            return ""


BEGIN = Step(
    "Begin your profile",
    "Name, profession and licence come first; the rest can follow bit by bit.",
    "Begin",
    PROFILE,
    "user-round",
)
LICENCE = Step(
    "Add your licence",
    "It decides which clients may be sent to you, in person and by telehealth.",
    "Add a licence",
    PROFILE,
    "shield-check",
)
SPECIALTIES = Step(
    "Say what you are good at",
    "Specialties, and how deep each goes, are what a search looks at first.",
    "Add specialties",
    PROFILE,
    "list-checks",
)
PLACE = Step(
    "Say where you work",
    "Who looks near a ZIP finds you only with the address of a practice.",
    "Add a practice",
    PROFILE,
    "map-pin",
)
OPENINGS = Step(
    "Confirm your openings",
    "Nobody has confirmed them for 21 days, so a search counts them as unknown.",
    "Confirm",
    PROFILE,
    "calendar-check",
)
NEWS = Step(
    "Read what is new",
    "Something happened that concerns you.",
    "Read",
    "activity:notifications",
    "bell",
)


def steps(user: User, clinician: Clinician | None) -> list[Step]:
    """What she can do about it now, the most helpful first."""
    return [step for step in waiting(user, clinician) if step.address]


def waiting(user: User, clinician: Clinician | None) -> Iterator[Step]:
    yield from _of_a_clinician(clinician) if clinician else (BEGIN,)
    yield from _news(user)


def _of_a_clinician(clinician: Clinician) -> Iterator[Step]:
    if not clinician.licences.exists():
        yield LICENCE
    if not clinician.specialty_skills.exists():
        yield SPECIALTIES
    if not clinician.places.exists():
        yield PLACE
    oldest_believed = timezone.localdate() - FRESH_FOR
    if clinician.openings.filter(confirmed_on__lt=oldest_believed).exists():
        yield OPENINGS


def _news(user: User) -> Iterator[Step]:
    if Notification.objects.visible_to(user).unread().exists():
        yield NEWS
