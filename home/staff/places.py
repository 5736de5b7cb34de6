"""The rooms of the staff's pages: one line each, in the order they are shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from messaging.models import Hold
from network.accounts.models import User
from network.accounts.permissions import powers
from network.clinicians.models import Inquiry, Invitation
from network.clinicians.verification import queue


def waiting_inquiries(user: User) -> int:
    return Inquiry.objects.visible_to(user).waiting().count()


def open_invitations(user: User) -> int:
    return Invitation.objects.visible_to(user).asked_for().unanswered().count()


def standing_holds(_: User) -> int:
    return Hold.objects.standing().count()


def waiting_files(_: User) -> int:
    return queue.waiting_count()


@dataclass(frozen=True)
class Place:
    """`power` is what a role must give; `count` is said as `{} count_of`."""

    label: str
    route: str
    why: str
    power: str = ""
    count: Callable[[User], int] | None = None
    count_of: str = "waiting"

    @property
    def address(self) -> str:
        return reverse(self.route)


OVERVIEW = Place("Overview", "staff:overview", "What waits.")
PLACES = (
    OVERVIEW,
    Place(
        "Verification",
        "clinicians:verification",
        "Who claims what, and what shows it.",
        "verify",
        waiting_files,
    ),
    Place(
        "Reports",
        "staff:reports",
        "Profiles that members have reported.",
        "moderate",
        waiting_inquiries,
    ),
    Place(
        "Invitations",
        "staff:invitations",
        "Who may come, and has not answered yet.",
        "invite",
        open_invitations,
        "unanswered",
    ),
    Place(
        "Legal holds",
        "staff:holds",
        "What may not be destroyed for now.",
        "hold",
        standing_holds,
        "standing",
    ),
    Place("People", "staff:people", "Find somebody, and what may be done."),
    Place(
        "Mode",
        "staff:mode",
        "Whether the network may know who a client is.",
        "set the mode",
    ),
    Place(
        "The trail",
        "staff:audit",
        "Who did what, about whom, when and why.",
        "read the trail",
    ),
)


def places(user: User) -> Iterator[Place]:
    """Those that her roles open."""
    may = powers(user)
    yield from (place for place in PLACES if not place.power or place.power in may)
