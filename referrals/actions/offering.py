"""How often each was asked of late, for the search's fairness."""

from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from network.clinicians.actions.offers import note_offers
from referrals.models import Offer

OF_LATE = timedelta(days=7)


def count_offers() -> int:
    """How many clinicians stand otherwise than before."""
    since = timezone.now() - OF_LATE
    asked = Offer.objects.filter(sent_at__gt=since, receiver__isnull=False)
    counts = asked.values_list("receiver").annotate(Count("pk"))
    return note_offers(dict(counts.order_by()))
