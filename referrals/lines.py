"""A row of a work list: what it is about, and who holds the responsibility."""

from collections.abc import Iterable
from dataclasses import dataclass

from network.clinicians.models import Clinician
from referrals.machine.words import O, Responsible
from referrals.models import Offer, Referral
from referrals.worklists import Key, things


@dataclass(frozen=True)
class Line:
    key: Key
    thing: Referral | Offer
    holder: str

    @property
    def offer(self) -> Offer | None:
        return self.thing if isinstance(self.thing, Offer) else None

    @property
    def referral(self) -> Referral:
        thing = self.thing
        return thing.referral if isinstance(thing, Offer) else thing


def lines_of(me: Clinician, keys: Iterable[Key]) -> list[Line]:
    """In their order."""
    wanted = list(keys)
    found = things(me, wanted)
    return [_line(me, key, found[key]) for key in wanted if key in found]


def _line(me: Clinician, key: Key, thing: Referral | Offer) -> Line:
    return Line(key, thing, holder(me, thing))


def holder(me: Clinician, thing: Referral | Offer) -> str:
    """In a few words; of what she may not read any more nothing is said."""
    if isinstance(thing, Offer) and not thing.is_readable:
        return ""
    referral = thing.referral if isinstance(thing, Offer) else thing
    who = referral.responsible
    is_sender = referral.sender_id == me.pk
    if who == Responsible.SENDER and not is_sender:
        return f"{referral.sender.display_name} is responsible"
    if who == Responsible.SENDER or (who == Responsible.RECEIVER and _is_hers(thing)):
        return "You are responsible"
    return who.label


def _is_hers(thing: Referral | Offer) -> bool:
    return isinstance(thing, Offer) and thing.state == O.SELECTED
