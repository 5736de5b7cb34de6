"""What needs a person today; the first step is the one that helps most."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone

from home.staff.places import places
from messaging.events import NoticeEvent
from messaging.waiting import rooms_of
from network.accounts.models import User
from network.activity.models import Notification
from network.clinicians.completeness import completeness
from network.clinicians.models import Clinician, Supervision
from network.clinicians.models.opening import Freshness, freshness, oldest, total
from network.clinicians.supervision.bounds import in_force
from network.clinicians.supervision.naming import supervision_of
from network.clinicians.verification.claims import claims_of
from network.clinicians.verification.life_cycle import Standing, standing_of
from referrals import worklists

PROFILE = "clinicians:profile"
WELCOME = "clinicians:welcome"


@dataclass(frozen=True)
class Step:
    """One line of the agenda: what it is, why it matters, where it is done."""

    title: str
    why: str
    verb: str
    icon: str
    route: str
    # Where it can be done here and now: the piece that shows how, and what it knows.
    piece: str = ""
    number: int = 0
    of: int = 0  # with it, the number is how far one has come

    @property
    def address(self) -> str:
        return reverse(self.route)


BEGIN = Step(
    "Begin your profile",
    "Ten short questions; much fills itself in from the national registry.",
    "Begin",
    "user-round",
    WELCOME,
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
ANSWER = Step(
    "Answer the staff",
    "They need something more before they can verify a claim of yours.",
    "Answer",
    "shield-check",
    "clinicians:own_verification",
)
RENEWAL = Step(
    "Renew a licence",
    "One ends within 60 days. Say its new end; the present one counts until then.",
    "Renew",
    "shield-check",
    "clinicians:own_verification",
)
AGED = {
    Freshness.AGEING: "After 21 days a search counts them as unknown.",
    Freshness.UNKNOWN: "A search counts them as unknown.",
    Freshness.HIDDEN: "Colleagues do not see them any more.",
}
STANDING = Step(
    "Read why you are suspended",
    "Staff have written to you. You can ask for it to be looked at again.",
    "Read",
    "shield-check",
    "clinicians:standing",
)
NEWS = Step(
    "Read what is new",
    "Something happened that concerns you.",
    "Read",
    "bell",
    "activity:notifications",
)


TALK = Step(
    "Read what colleagues wrote to you",
    "Messages wait in your conversations.",
    "Read",
    "message-circle",
    "messaging:conversations",
)


TURN = Step(
    "Referrals: your turn",
    "A referral waits for what you do next.",
    "Open",
    "send",
    "referrals:referrals",
)
OUTCOME = replace(
    TURN,
    title="Referrals: say how it went",
    why="A first session is past, and its outcome is missing.",
)


def steps(user: User, clinician: Clinician | None) -> list[Step]:
    """Whatever waits for this person, the most helpful first."""
    hers = _of_a_clinician(clinician) if clinician else (BEGIN,)
    return [*_of_staff(user), *hers, *_news(user)]


def _of_staff(user: User) -> Iterator[Step]:
    """One line for each room of the staff's pages in which somebody waits."""
    for place in places(user):
        if place.count_of == "waiting" and place.count and (held := place.count(user)):
            title = f"{place.label}: {held} waiting"
            yield Step(title, place.why, "Open", "shield-check", place.route)


def _of_a_clinician(clinician: Clinician) -> Iterator[Step]:
    if clinician.suspended_at:
        yield STANDING
    yield from _referrals(clinician)
    yield from _conversations(clinician)
    yield from _profile(clinician)
    yield from _verification(clinician)
    yield from _supervision(clinician)
    yield from _openings(clinician)


def _referrals(clinician: Clinician) -> Iterator[Step]:
    if not clinician.is_verified:
        return
    held = worklists.held_by(clinician)
    if waiting := held["mine"].count:
        what = "One referral waits" if waiting == 1 else f"{waiting} referrals wait"
        yield replace(TURN, why=f"{what} for what you do next.")
    elif held["outcomes"].count:
        yield OUTCOME


def _conversations(clinician: Clinician) -> Iterator[Step]:
    rooms = rooms_of(clinician) if clinician.is_verified else 0
    if rooms:
        where = "one conversation" if rooms == 1 else f"{rooms} conversations"
        yield replace(TALK, why=f"Messages wait in {where}.")


def _profile(clinician: Clinician) -> Iterator[Step]:
    done = completeness(clinician)
    if done.missing:
        yield Step(
            "Finish your profile",
            f"Still missing: {done.words}.",
            "Go on",
            "user-round",
            WELCOME,
            number=done.done,
            of=done.total,
        )


def _verification(clinician: Clinician) -> Iterator[Step]:
    today = timezone.localdate()
    standings = {standing_of(claim, today) for claim in claims_of(clinician)}
    if Standing.ASKED in standings:
        yield ANSWER
    if Standing.EXPIRING in standings and Standing.SUBMITTED not in standings:
        yield RENEWAL


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
    """What waits in conversations has a line of its own."""
    unread = Notification.objects.visible_to(user).unread()
    if unread.exclude(event__verb=NoticeEvent.WAITING).exists():
        yield NEWS
