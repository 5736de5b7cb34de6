"""The rooms of the staff's pages: one line each, in the order they are shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from network.accounts.models import User


@dataclass(frozen=True)
class Place:
    """A page of the staff's; `waiting` counts what somebody should look at."""

    label: str
    icon: str
    route: str
    why: str
    waiting: Callable[[], int] | None = None

    @property
    def address(self) -> str:
        return reverse(self.route)


PLACES: tuple[Place, ...] = (
    Place("Overview", "list-checks", "staff:overview", "What waits for staff."),
)


def places(user: User) -> Iterator[Place]:
    yield from PLACES
