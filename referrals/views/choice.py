"""Behind a client's link, where the choice is hers: who would take her, and what she
says to that. It needs no script.
"""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from network.clients.models import AccessLink, Consent
from network.clients.views.visits import for_visitors, shown
from referrals.acting import By
from referrals.actions.arriving import self_contact
from referrals.actions.choosing import join_waitlist
from referrals.actions.replying import choose_by_link, consent_about, reply
from referrals.actions.stepping import LostRaceError, ReusedKeyError
from referrals.choices import TAKEN, choices_of, willing
from referrals.forms.choice import RankingForm, ShortReplyForm
from referrals.forms.steps import StepForm
from referrals.machine.words import UNANSWERED, O
from referrals.models import Offer, Referral, Reply
from referrals.permissions import allowed
from referrals.views.candidates import candidates

MEANWHILE = "This has changed in the meantime. Here is how it stands now."
SAID = {
    Reply.Kind.RANKED: "Thank you. {name} can see your order now.",
    Reply.Kind.CALL: "Thank you. {name} knows that you want a call.",
    Reply.Kind.NONE: "Thank you. {name} knows that you want none of them.",
}
CALLING = "Good. {name} knows that you will call."


@require_safe
@for_visitors
def choice(request: HttpRequest, link: AccessLink, public_id: UUID) -> HttpResponse:
    found, by = _choice(link, public_id), By.client(link)
    people = candidates(by, found, willing(found))
    taken = next((one for one in people if one.offer.state in TAKEN), None)
    return shown(
        request,
        "choice",
        link,
        referral=found,
        people=people,
        taken=taken,
        can_choose=any("choose" in one.may for one in people),
        can_rank=sum(one.offer.state == O.ACCEPTED for one in people) > 1,
        is_awaited=found.offers.filter(state__in=UNANSWERED).exists(),
        may=allowed(by, found),
        form=StepForm(found),
        said=found.replies.filter(party=link.party).first(),
        consent=_consent(taken.offer) if taken else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_visitors
def choosing(
    request: HttpRequest, link: AccessLink, public_id: UUID, pk: UUID
) -> HttpResponse:
    """One more look at what it means, and a tap."""
    found, by = _choice(link, public_id), By.client(link)
    asked = found.offers.filter(sent_at__isnull=False).select_related("receiver")
    offer = get_object_or_404(asked, public_id=pk)
    offer.referral = found
    form = StepForm(offer, request.POST or None)
    if form.is_valid():
        return _taken(request, found, lambda: _choose(offer, link, form))
    if not {"choose", "join_waitlist"} & allowed(by, offer):
        return _again(request, found)
    [who] = candidates(by, found, [offer])
    return shown(request, "choosing", link, referral=found, who=who, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_visitors
def ranking(request: HttpRequest, link: AccessLink, public_id: UUID) -> HttpResponse:
    """Who does not want to decide alone says in which order."""
    found, by = _choice(link, public_id), By.client(link)
    ready = willing(found).filter(state=O.ACCEPTED)
    people = {one.public_id: one.name for one in ready}
    said = found.replies.filter(party=link.party).first()
    ranked = said.ranked if said else None
    form = RankingForm(found, people, request.POST or None, ranked)
    if form.is_valid():
        return _replied(request, link, found, form)
    if "reply" not in allowed(by, found) or not people:
        return _again(request, found)
    return shown(request, "ranking", link, referral=found, form=form)


@require_POST
@for_visitors
def replying(request: HttpRequest, link: AccessLink, public_id: UUID) -> HttpResponse:
    found = _choice(link, public_id)
    form = ShortReplyForm(found, request.POST)
    if not form.is_valid():
        return _again(request, found)
    return _replied(request, link, found, form)


@require_POST
@for_visitors
def calling(request: HttpRequest, link: AccessLink, public_id: UUID) -> HttpResponse:
    """She calls herself, and says who she is when she does."""
    found = _choice(link, public_id)
    form = StepForm(found, request.POST)
    if not form.is_valid():
        return _again(request, found)
    taken = willing(found).filter(state__in=TAKEN).first()
    done = CALLING.format(name=taken.name if taken else "Your therapist")
    by = By.client(link)
    return _taken(
        request, found, lambda: self_contact(found, by=by, click=form.click), done
    )


def _choice(link: AccessLink, public_id: UUID) -> Referral:
    return get_object_or_404(choices_of(link), public_id=public_id)


def _choose(offer: Offer, link: AccessLink, form: StepForm) -> None:
    if offer.state in {O.WAITLIST_OFFERED, O.WAITLISTED}:
        join_waitlist(offer, by=By.client(link), click=form.click)
    else:
        choose_by_link(offer, link=link, click=form.click)


def _replied(
    request: HttpRequest,
    link: AccessLink,
    found: Referral,
    form: RankingForm | ShortReplyForm,
) -> HttpResponse:
    wish, by = form.wish, By.client(link)
    done = SAID[wish.kind].format(name=found.sender.display_name)
    return _taken(
        request, found, lambda: reply(found, wish, by=by, click=form.click), done
    )


def _taken(
    request: HttpRequest, found: Referral, take: Callable[[], None], done: str = ""
) -> HttpResponse:
    """Said twice it is done once; where somebody was faster, how it stands is shown."""
    try:
        take()
    except (LostRaceError, ReusedKeyError, PermissionDenied):
        return _again(request, found)
    if done:
        messages.success(request, done)
    return _back(found)


def _again(request: HttpRequest, found: Referral) -> HttpResponse:
    messages.info(request, MEANWHILE)
    return _back(found)


def _back(found: Referral) -> HttpResponse:
    return redirect("client_choice:choice", found.public_id)


def _consent(offer: Offer) -> Consent | None:
    return consent_about(offer) if offer.state == O.SELECTED else None
