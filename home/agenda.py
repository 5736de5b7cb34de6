"""What needs a person today; the first step is the one that helps most."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from network.accounts.models import User
from network.activity.models import Notification
from network.clinicians.models import Clinician
from network.clinicians.models.opening import FRESH_FOR

PROFILE = "clinicians:profile"
SECTION = "clinicians:profile_section"


@dataclass(frozen=True)
class Step:
    """One line of the agenda: what it is, why it matters, where it is done."""

    title: str
    why: str
    verb: str
    icon: str
    route: str
    section: str = ""

    @property
    def address(self) -> str:
        return reverse(self.route, args=[self.section] if self.section else None)


BEGIN = Step(
    "Begin your profile",
    "Name, profession and licence come first; the rest can follow bit by bit.",
    "Begin",
    "user-round",
    PROFILE,
)
LICENCE = Step(
    "Add your licence",
    "It decides which clients may be sent to you, in person and by telehealth.",
    "Add a licence",
    "shield-check",
    SECTION,
    "licences",
)
SPECIALTIES = Step(
    "Say what you are good at",
    "Specialties, and how deep each goes, are what a search looks at first.",
    "Add specialties",
    "list-checks",
    SECTION,
    "specialties",
)
PLACE = Step(
    "Say where you work",
    "Who looks near a ZIP finds you only with the address of a practice.",
    "Add a practice",
    "map-pin",
    SECTION,
    "places",
)
OPENINGS = Step(
    "Confirm your openings",
    "Nobody has confirmed them for 21 days, so a search counts them as unknown.",
    "Confirm",
    "calendar-check",
    PROFILE,
)
NEWS = Step(
    "Read what is new",
    "Something happened that concerns you.",
    "Read",
    "bell",
    "activity:notifications",
)


def steps(user: User, clinician: Clinician | None) -> list[Step]:
    """Whatever waits for this person, the most helpful first."""
    hers = _of_a_clinician(clinician) if clinician else (BEGIN,)
    return [*hers, *_news(user)]


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
