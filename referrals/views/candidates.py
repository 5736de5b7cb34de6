"""Who would take a client, as the client may see them: what they show of themselves and
on which terms, and none of the words of anybody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from network.clinicians import vocabulary
from network.clinicians.forms.handout import Sheet, sheet_of
from network.clinicians.models import Clinician
from network.clinicians.models.skill import Depth
from network.clinicians.supervision.naming import standings
from referrals.acting import By
from referrals.machine.words import O
from referrals.models import Offer, Referral
from referrals.permissions import allowed_on_each
from referrals.views.page import terms_of

MOST = 6  # ways of working: the rest is on the profile


@dataclass(frozen=True)
class Candidate:
    """Of somebody outside of the network there is a name, and no sheet."""

    offer: Offer
    name: str
    sheet: Sheet | None
    ways: str
    terms: Sequence[str]
    may: frozenset[str]

    @property
    def is_on_a_list(self) -> bool:
        return self.offer.state in {O.WAITLIST_OFFERED, O.WAITLISTED}


def candidates(by: By, referral: Referral, offers: Iterable[Offer]) -> list[Candidate]:
    shown, today = list(offers), timezone.localdate()
    keys = [one.receiver_id for one in shown if one.receiver_id]
    people = Clinician.objects.filter(pk__in=keys).with_profile().in_bulk()
    known = standings(referral.sender, people.values(), today)
    found = []
    for offer, may in zip(shown, allowed_on_each(by, referral, shown), strict=True):
        offer.referral = referral
        who = people.get(offer.receiver_id or 0)
        sheet = sheet_of(who, today, known.get(who.public_id, "")) if who else None
        ways = _ways(who) if who else ""
        terms = terms_of(offer)
        found.append(Candidate(offer, offer.name, sheet, ways, terms, may))
    return found


def _ways(person: Clinician) -> str:
    """The deepest first."""
    deepest = list(Depth)[::-1]
    skills = sorted(
        person.approach_skills.all(), key=lambda one: deepest.index(Depth(one.depth))
    )
    return ", ".join(vocabulary.label("approaches", one.term) for one in skills[:MOST])
