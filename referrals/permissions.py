"""Who may do what to a referral and to an offer, now: read from the table."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from referrals.acting import NOBODY, By, chosen, roles_of
from referrals.guards import DECIDING, SAID, Situation, facts
from referrals.machine.moving import open_rows, rows_for
from referrals.machine.rules import GUARDS
from referrals.machine.table import Row
from referrals.models import Offer, Referral


class LackingError(PermissionDenied):
    """It is hers to do, and from here; something is missing, which she can be told."""

    def __init__(self, verb: str, guards: list[str]) -> None:
        self.verb, self.guards = verb, guards
        super().__init__(f"{verb}: not so that " + ", ".join(self.sentences))

    @property
    def sentences(self) -> list[str]:
        return [GUARDS[name] for name in self.guards]


def allowed(by: By, thing: Referral | Offer) -> frozenset[str]:
    """What is said with a step is not asked for before it: see `guards.SAID`."""
    return _open_in(situation(by, thing), _about(thing))


def allowed_on_each(
    by: By, referral: Referral, offers: Iterable[Offer]
) -> list[frozenset[str]]:
    """To a client, whose role is the same in every part: it is asked for once."""
    roles = roles_of(by, referral, None) if by.link else NOBODY
    return [_open_in(Situation(referral, one, roles), one) for one in offers]


def lacking(by: By, thing: Referral | Offer, verb: str) -> list[str]:
    """Why not yet, in sentences; nothing where it may be done, or never by her."""
    now = situation(by, thing)
    rows = list(rows_for(now.roles, now.referral, _about(thing), verb))
    known = facts(rows, now, SAID)
    if not rows or open_rows(rows, known):
        return []
    return [GUARDS[name] for name in _missing(rows, known)]


def require(
    verb: str, by: By, thing: Referral | Offer, said: frozenset[str] = frozenset()
) -> Row:
    """The first row of the table that leads on from here."""
    now = situation(by, thing)
    rows = list(rows_for(now.roles, now.referral, _about(thing), verb))
    if not rows:
        raise PermissionDenied(f"may not {verb}")
    known = facts(rows, now, said)
    if ways := open_rows(rows, known):
        return ways[0]
    raise LackingError(verb, _missing(rows, known))


def situation(by: By, thing: Referral | Offer) -> Situation:
    referral = thing if isinstance(thing, Referral) else thing.referral
    offer = thing if isinstance(thing, Offer) else chosen(referral)
    return Situation(referral, offer, roles_of(by, referral, offer))


def _open_in(now: Situation, about: Offer | None) -> frozenset[str]:
    rows = list(rows_for(now.roles, now.referral, about))
    return frozenset(row.verb for row in open_rows(rows, facts(rows, now, SAID)))


def _about(thing: Referral | Offer) -> Offer | None:
    return thing if isinstance(thing, Offer) else None


def _missing(rows: list[Row], known: set[str]) -> list[str]:
    """Of the row that is nearest."""
    gaps = [[name for name in row.guards if name not in known] for row in rows]
    return min(gaps, key=lambda gap: (len(DECIDING.intersection(gap)), len(gap)))
