"""The work lists for programs: how much waits, and what."""

from django.http import Http404, HttpResponse, JsonResponse
from ninja import Query

from network.clinicians.api import ApiRequest
from network.clinicians.api_schema import Problems
from referrals.api.answers import offer_of, referral_of
from referrals.api.caller import member_of
from referrals.api.routers import referral_router as router
from referrals.api.schema import ListsAnswer, PageAsked, WorkListAnswer
from referrals.models import Offer
from referrals.worklists import held_by, things

READS = dict.fromkeys((401, 403, 404, 422), Problems)


@router.get("/lists", response={200: ListsAnswer, **READS})
def work_lists(request: ApiRequest) -> HttpResponse:
    """All of them with their counts, of one moment."""
    found = held_by(member_of(request)).values()
    told = [
        {"list": one.what.slug, "title": one.what.title, "count": one.count}
        for one in found
    ]
    return JsonResponse({"lists": told})


@router.get("/lists/{name}", response={200: WorkListAnswer, **READS})
def work_list(request: ApiRequest, name: str, asked: Query[PageAsked]) -> HttpResponse:
    """One of them: what I received before what I sent, page by page."""
    member = member_of(request)
    held = held_by(member).get(name)
    if held is None:
        raise Http404
    start = (asked.page - 1) * asked.limit
    keys = held.keys[start : start + asked.limit]
    found = things(member, keys)
    rows = [found[key] for key in keys if key in found]
    return JsonResponse(
        {
            "list": name,
            "count": held.count,
            "offers": [offer_of(one) for one in rows if isinstance(one, Offer)],
            "referrals": [
                referral_of(one) for one in rows if not isinstance(one, Offer)
            ],
            "next": asked.page + 1 if held.count > start + asked.limit else None,
        }
    )
