"""The way in of a guest: a link, a tap; and out again."""

from contextlib import suppress
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from network.accounts.forms import ASKED_AT
from network.accounts.guessing import too_often
from network.clinicians.views.onboarding_claim import TYPED
from referrals.acting import By
from referrals.actions.answering import open_offer
from referrals.actions.stepping import Click, LostRaceError
from referrals.guests.doorstep import let_go, let_in
from referrals.guests.token import link_of
from referrals.models import GuestLink
from referrals.permissions import allowed
from referrals.views.guest_gate import may_try, over, shown

OURS = {"same-origin", "none"}


@login_not_required
# The browser hides where a page without a referrer posts from, so Django's check
# could never pass. The token in the path is what entitles, no cookie; that the tap
# was made on our page, the browser says itself.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: mailboxes open links by themselves."""
    if not may_try(request):
        return too_often(request)
    if (link := link_of(token)) is None:
        return over(request)
    if request.method == "POST":
        return _entered(request, link)
    answer = shown(request, "arrival", link)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@login_not_required
@require_POST
def leaving(request: HttpRequest) -> HttpResponse:
    """On a device that others use too: nor is her address filled in there any more."""
    for kept in (ASKED_AT, TYPED):
        request.session.pop(kept, None)
    answer = shown(request, "left", None)
    let_go(answer)
    answer["Clear-Site-Data"] = '"cache"'
    return answer


def opened(link: GuestLink) -> None:
    """For the first time: the sender sees the day."""
    offer, by = link.offer, By.guest(link.offer)
    if "open" in allowed(by, offer):
        with suppress(LostRaceError, PermissionDenied):  # in two tabs at once
            open_offer(offer, by=by, click=Click(uuid4(), offer.version))


def _entered(request: HttpRequest, link: GuestLink) -> HttpResponse:
    if request.headers.get("Sec-Fetch-Site", "none") not in OURS:
        raise PermissionDenied("a tap on somebody else's page")
    opened(link)
    answer = redirect("guest:need")
    let_in(answer, link)
    answer["Referrer-Policy"] = "no-referrer"
    return answer
