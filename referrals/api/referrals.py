"""A member's referrals: the list of them, a new one, one of them, its steps."""

from django.http import Http404, HttpResponse, JsonResponse
from ninja import Query
from ninja.params.functions import Header

from network.clients.models import Client
from network.clinicians.api import ApiRequest, problems
from network.clinicians.api_schema import Problems
from network.clinicians.matching.faults import Fault
from referrals.actions.drafting import create_referral
from referrals.actions.stepping import ReusedKeyError
from referrals.api.answers import referral_of, whole_referral
from referrals.api.caller import StaleCursorError, found, member_of, page_of
from referrals.api.routers import referral_router as router
from referrals.api.schema import (
    ListAsked,
    NewReferral,
    NewStep,
    ReferralAnswer,
    ReferralsAnswer,
    WholeReferralAnswer,
)
from referrals.api.steps import OF_REFERRALS, draft_of
from referrals.api.taking import NO_KEY, REUSED, key_of, take
from referrals.models import Referral

READS = dict.fromkeys((401, 403, 404, 422), Problems)
WRITES = {**dict.fromkeys((400, 409, 429), Problems), **READS}
STALE = "This cursor is not one of ours."
NO_CLIENT = "This is not the id of a client of yours."


@router.get("", response={200: ReferralsAnswer, **READS})
def referrals(request: ApiRequest, asked: Query[ListAsked]) -> HttpResponse:
    """Mine, and those where I am asked, the last changed first."""
    seen = Referral.objects.visible_to(member_of(request))
    rows = seen.select_related("conversation")
    try:
        page, cursor = page_of(
            rows, "changed_at", cursor=asked.cursor, limit=asked.limit
        )
    except StaleCursorError:
        return problems([Fault("/cursor", "stale_cursor", STALE)])
    return JsonResponse({"referrals": [*map(referral_of, page)], "next": cursor})


@router.post("", response={201: ReferralAnswer, **WRITES})
def begin(
    request: ApiRequest,
    new: NewReferral,
    idempotency_key: str = Header("", alias="Idempotency-Key"),
) -> HttpResponse:
    """A draft, of a client of mine. Sent again under the same key it is the same."""
    member = member_of(request)
    if (key := key_of(idempotency_key)) is None:
        return problems([Fault("", "unreadable_key", NO_KEY)])
    mine = Client.objects.visible_to(member)
    client = mine.filter(public_id=new.client).first()
    if client is None:
        return problems([Fault("/client", "unknown_client", NO_CLIENT)])
    try:
        made = create_referral(client, draft_of(new), by=member, key=key)
    except ReusedKeyError:
        return problems([Fault("", "key_used", REUSED)], 409)
    return JsonResponse(referral_of(made), status=201)


@router.get("/{referral}", response={200: WholeReferralAnswer, **READS})
def referral(request: ApiRequest, referral: str) -> HttpResponse:
    """With its offers and its words, as far as they are mine to see."""
    member = member_of(request)
    one = found(Referral.objects.visible_to(member), referral)
    return JsonResponse(whole_referral(one, member))


@router.post("/{referral}/steps", response={200: WholeReferralAnswer, **WRITES})
def step(
    request: ApiRequest,
    referral: str,
    new: NewStep,
    idempotency_key: str = Header("", alias="Idempotency-Key"),
) -> HttpResponse:
    """One step, once for its key: answered with how it stands then; what was reopened,
    by the draft that goes on from it.
    """
    member = member_of(request)
    seen = Referral.objects.visible_to(member)
    one = found(seen, referral)
    done = take(one, new, OF_REFERRALS, key=idempotency_key, member=member)
    if isinstance(done, JsonResponse):
        return done
    pk = str(done.public_id) if isinstance(done, Referral) else referral
    try:
        return JsonResponse(whole_referral(found(seen.all(), pk), member))
    except Http404:
        return HttpResponse(status=204)
