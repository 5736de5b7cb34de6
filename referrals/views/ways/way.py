"""One way: how a step is called, asked for and taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from referrals.acting import By
from referrals.actions.passages import Words
from referrals.actions.stepping import Click
from referrals.forms.steps import StepForm
from referrals.models import Offer, Referral

Thing = TypeVar("Thing", Referral, Offer)
Said = Mapping[str, Any]
Plain = Callable[..., object]


@dataclass(frozen=True)
class Way(Generic[Thing]):
    """`slug` is what comes to be, in the address."""

    verb: str
    slug: str
    label: str
    take: Callable[[Thing, Said, By, Click], object]
    form: type[StepForm] = StepForm
    lead: str = ""
    kind: str = ""
    icon: str = ""

    @property
    def is_aside(self) -> bool:
        """Not what comes next: it stands behind a fold."""
        return not self.icon

    @property
    def asks(self) -> bool:
        """Something has to be said with it, or read before it."""
        return self.form is not StepForm or bool(self.lead)


def plainly(act: Plain) -> Callable[[Any, Said, By, Click], object]:
    return lambda thing, said, by, click: act(thing, by=by, click=click)


def with_fields(act: Plain, *names: str) -> Callable[[Any, Said, By, Click], object]:
    """Its form's fields under their own names."""
    return lambda thing, said, by, click: act(
        thing, by=by, click=click, **{name: said[name] for name in names}
    )


def noted(act: Plain) -> Callable[[Any, Said, By, Click], object]:
    """Where the network knows who clients are nobody asks why words may stay."""
    return lambda thing, said, by, click: act(
        thing,
        by=by,
        click=click,
        words=said["words"],
        guard_reason=said.get("guard_reason", ""),
    )


def guardedly(act: Plain) -> Callable[[Any, Said, By, Click], object]:
    return lambda thing, said, by, click: act(
        thing, Words(said["words"], said["guard_reason"]), by=by, click=click
    )
