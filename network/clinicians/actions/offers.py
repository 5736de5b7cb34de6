"""How often somebody was asked within a week: the search breaks ties by it."""

from collections.abc import Mapping

from django.db import transaction

from network.clinicians.models import Clinician


@transaction.atomic
def note_offers(counts: Mapping[int, int]) -> int:
    """By their keys; of whoever is not named there were none. How many have changed.

    No event: it is counted from the offers, whose sending is in the trail. The
    listings follow with the night's rebuilding, so that an order lasts for a day.
    """
    rows = Clinician.objects.select_for_update(no_key=True).order_by("pk")
    known = rows.filter(pk__in=counts) | rows.filter(recent_offers__gt=0)
    changed = [one for one in known if one.recent_offers != counts.get(one.pk, 0)]
    for one in changed:
        one.recent_offers = counts.get(one.pk, 0)
    Clinician.objects.bulk_update(changed, ["recent_offers"], batch_size=1_000)
    return len(changed)
