"""Why colleagues declined what somebody sent: of her own referrals, for herself."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from network.clinicians.models import Clinician
from referrals.machine.words import Decline, O
from referrals.models import Offer

LOOKED_BACK = timedelta(days=365)
DECLINED = (O.DECLINED, O.DECLINED_LATE, O.RECUSED)
# What she can do about it herself.
ADVICE = {
    Decline.FULL: "The search can leave out whoever has no confirmed opening.",
    Decline.COMPETENCE: "In the search, ask for the depth that the need asks for.",
    Decline.ACUITY_HIGH: "Say in the search how acute it is: it leaves out who cannot.",
    Decline.AGE: "Give the age group in the search as something that must fit.",
    Decline.FEE: "Give the insurance in the search as something that must fit.",
    Decline.SCHEDULE: "Give the hours in the search as something that must fit.",
    Decline.PLACE: "Give the place in the search as something that must fit.",
    Decline.TOO_LITTLE: "Say more of the need before you send it.",
}


@dataclass(frozen=True)
class Pattern:
    """The most frequent first."""

    reasons: list[tuple[str, int]]
    advice: str

    @property
    def total(self) -> int:
        return sum(count for _, count in self.reasons)


def pattern_of(me: Clinician) -> Pattern | None:
    """Of a year; nothing where nobody declined."""
    since = timezone.now() - LOOKED_BACK
    mine = Offer.objects.visible_to(me).filter(referral__sender=me)
    ended = mine.filter(state__in=DECLINED, sent_at__gte=since).exclude(reason="")
    counted = ended.order_by().values_list("reason").annotate(Count("pk"))
    found = sorted(counted, key=lambda one: (-one[1], one[0]))
    if not found:
        return None
    reasons = [(str(Decline(slug).label), count) for slug, count in found]
    return Pattern(reasons, ADVICE.get(Decline(found[0][0]), ""))
