"""A member's part: what she was asked, and what she answers."""

from django.http import HttpResponse, JsonResponse
from ninja import Query
from ninja.params.functions import Header

from network.clinicians.api import ApiRequest, problems
from network.clinicians.matching.faults import Fault
from referrals.api.answers import offer_of, whole_offer
from referrals.api.caller import StaleCursorError, found, member_of, page_of
from referrals.api.referrals import READS, STALE, WRITES
from referrals.api.routers import offer_router as router
from referrals.api.schema import ListAsked, NewStep, OffersAnswer, WholeOfferAnswer
from referrals.api.steps import OF_OFFERS
from referrals.api.taking import take
from referrals.models import Offer


@router.get("", response={200: OffersAnswer, **READS})
def offers(request: ApiRequest, asked: Query[ListAsked]) -> HttpResponse:
    """What I am asked, or was, the last first."""
    member = member_of(request)
    rows = Offer.objects.visible_to(member).filter(receiver=member)
    try:
        page, cursor = page_of(rows, "sent_at", cursor=asked.cursor, limit=asked.limit)
    except StaleCursorError:
        return problems([Fault("/cursor", "stale_cursor", STALE)])
    return JsonResponse({"offers": [*map(offer_of, page)], "next": cursor})


@router.get("/{offer}", response={200: WholeOfferAnswer, **READS})
def offer(request: ApiRequest, offer: str) -> HttpResponse:
    """One, with its words while they are mine to read."""
    member = member_of(request)
    one = found(Offer.objects.visible_to(member), offer)
    return JsonResponse(whole_offer(one, member))


@router.post("/{offer}/steps", response={200: WholeOfferAnswer, **WRITES})
def step(
    request: ApiRequest,
    offer: str,
    new: NewStep,
    idempotency_key: str = Header("", alias="Idempotency-Key"),
) -> HttpResponse:
    """One step, once for its key: answered with how it stands then."""
    member = member_of(request)
    one = found(Offer.objects.visible_to(member), offer)
    done = take(one, new, OF_OFFERS, key=idempotency_key, member=member)
    if isinstance(done, JsonResponse):
        return done
    return JsonResponse(whole_offer(_again(one), member))


def _again(one: Offer) -> Offer:
    rows = Offer.objects.select_related("referral__sender", "receiver")
    return rows.get(pk=one.pk)
