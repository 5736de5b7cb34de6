"""What needs a person today; the first step is the one that helps most."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from network.accounts.models import User
from network.activity.models import Notification
from network.clinicians.models import Clinician, Supervision
from network.clinicians.models.opening import Freshness, freshness, oldest, total
from network.clinicians.supervision.bounds import in_force
from network.clinicians.supervision.naming import supervision_of

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
    # Where it can be done here and now: the piece that shows how, and what it knows.
    piece: str = ""
    number: int = 0

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
SUPERVISOR = Step(
    "Name your supervisor",
    "An associate is found once a supervisor has confirmed, and not before.",
    "Name one",
    "graduation-cap",
    "clinicians:supervision",
)
SUPERVISION = Step(
    "Your supervision is not in force",
    "Nobody finds you until your supervisor has confirmed, and while the standing of "
    "your supervisor is not in order.",
    "See how it stands",
    "graduation-cap",
    "clinicians:supervision",
)
ASSOCIATE = Step(
    "Answer an associate",
    "Somebody asks you to supervise, and is not found until you have answered.",
    "Answer",
    "graduation-cap",
    "clinicians:supervision",
)
AGED = {
    Freshness.AGEING: "After 21 days a search counts them as unknown.",
    Freshness.UNKNOWN: "A search counts them as unknown.",
    Freshness.HIDDEN: "Colleagues do not see them any more.",
}
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
    yield from _supervision(clinician)
    yield from _openings(clinician)


def _openings(clinician: Clinician) -> Iterator[Step]:
    """One tap says whether they still hold, from the day on which they begin to age."""
    openings = list(clinician.openings.all())
    today, confirmed_on = timezone.localdate(), oldest(openings)
    if confirmed_on is None or clinician.is_away(today):
        return
    state = freshness(confirmed_on, today)
    if state is not Freshness.CONFIRMED:
        yield Step(
            f"Confirm your openings: still {total(openings)}?",
            f"You said so {(today - confirmed_on).days} days ago. {AGED[state]}",
            "Confirm",
            "calendar-check",
            PROFILE,
            piece="home/_openings.html",
            number=total(openings),
        )


def _supervision(clinician: Clinician) -> Iterator[Step]:
    """One query for the independent, who may have been asked."""
    known = Supervision.objects.open().visible_to(clinician)
    states = dict(known.values_list("associate", "state"))
    own = states.pop(clinician.pk, "")
    if Supervision.State.ASKED in states.values():
        yield ASSOCIATE
    if clinician.is_associate and not own:
        yield SUPERVISOR
    elif clinician.is_associate and not _is_guided(clinician):
        yield SUPERVISION


def _is_guided(associate: Clinician) -> bool:
    return in_force(associate, supervision_of(associate), timezone.localdate())


def _news(user: User) -> Iterator[Step]:
    if Notification.objects.visible_to(user).unread().exists():
        yield NEWS
