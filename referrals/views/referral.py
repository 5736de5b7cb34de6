"""A referral as its sender sees it: a draft to look through, or how far it has come."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from network.clients.modes import identity_is_on
from network.clinicians.requests import ClinicianRequest
from referrals import timeline
from referrals.acting import By
from referrals.forms.steps import OrderForm, SendForm, StepForm
from referrals.guards import out_of_reach
from referrals.machine.rules import GUARDS
from referrals.machine.words import ARRIVING, ASKING, Mode, O, S, State
from referrals.models import Conflict, Offer, Referral
from referrals.permissions import allowed, lacking
from referrals.views.agreeing import agreeing
from referrals.views.clients_part import clients_part
from referrals.views.expecting import due_if_sent_now
from referrals.views.gate import for_members, referral_of
from referrals.views.page import (
    chosen_of,
    doings_of_referral,
    facts_of,
    folded,
    parts_of,
    responsible_words,
    stages,
    turn_words,
    words_of,
)
from referrals.wording import OFFERED

PREPARING = frozenset({S.DRAFT, S.READY})
# What may overlap can be talked over.
LOOKED_UP = ASKING | ARRIVING | {S.READY, S.PLACED, S.ENGAGED}


@for_members
@require_safe
def referral(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """The page; an open one asks for the piece that changes when there is news."""
    found = referral_of(request, public_id)
    if found.sender_id != request.clinician.pk:
        return redirect(_hers(request, found))
    piece = "_state" if request.htmx else "referral"
    template = f"referrals/{piece}.html"
    return render(request, template, context_of(request, found))


def context_of(
    request: ClinicianRequest, found: Referral, form: SendForm | None = None
) -> dict[str, Any]:
    me, by = request.clinician, By.member(request.clinician)
    offers = _offers(found)
    words, chosen = words_of(by, found), chosen_of(offers)
    gaps = _lacking(by, found)
    is_prepared = found.state in PREPARING
    return {
        "referral": found,
        "words": words,
        "facts": facts_of(found),
        "parts": parts_of(by, _asked(offers), words),
        "queued": [one for one in offers if one.state == O.QUEUED],
        "doings": folded(doings_of_referral(by, found)),
        "may_widen": found.state in ASKING and "shortlist" in allowed(by, found),
        "lacking": gaps,
        "agreeing": agreeing(gaps, chosen),
        "clients_part": clients_part(found, offers),
        "state": State(found.state).label,
        "stages": stages(found),
        "turn": turn_words(found, me, chosen),
        "responsible": responsible_words(found, me, chosen),
        "moments": timeline.of_referral(found, offers),
        "is_prepared": is_prepared,
        "talking": StepForm(found) if found.state in LOOKED_UP else None,
        **(_before_sending(found, offers, form) if is_prepared else {}),
    }


def _before_sending(
    found: Referral, offers: list[Offer], form: SendForm | None
) -> dict[str, Any]:
    queued = [one for one in offers if one.state == O.QUEUED]
    return {
        "barred": out_of_reach(queued),
        "overlapping": [one for one in queued if one.conflict == Conflict.POSSIBLE],
        "form": form or SendForm(found),
        "ordering": OrderForm(found),
        "meaning": OFFERED.get(Mode(found.mode), ""),
        "expected": due_if_sent_now(found),
    }


def _asked(offers: list[Offer]) -> list[Offer]:
    """Who is next in line stands apart, until it is sent."""
    return [one for one in offers if one.sent_at or one.referral.sent_at]


def _lacking(by: By, found: Referral) -> list[str]:
    """Why the client cannot be handed over yet, or not be read of any more."""
    is_about = found.state == S.PLACED or found.released_at is not None
    gaps = lacking(by, found, "release_identity") if identity_is_on() else []
    return gaps if is_about and GUARDS["unreleased"] not in gaps else []


def _offers(found: Referral) -> list[Offer]:
    related = ("receiver", "suggested", "guest_link")
    offers = list(found.offers.select_related(*related).in_order())
    for one in offers:
        one.referral = found
    return offers


def _hers(request: ClinicianRequest, found: Referral) -> Offer:
    """The part that is hers now, of a referral that another sent."""
    seen = Offer.objects.visible_to(request.clinician)
    return seen.filter(referral=found).latest("pk")
