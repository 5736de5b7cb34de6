"""From the search to the asking: whom, for whom and what for; then the last look."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from messaging.guarding import Looked, findings
from network.clients.actions.clients import Draft as ClientDraft
from network.clients.actions.clients import KeyUsedError
from network.clients.models import Client
from network.clinicians.actions.conflicts import TooManyNamesError
from network.clinicians.forms.conflicts import TOO_MANY
from network.clinicians.forms.find_chips import Chip, chips_of
from network.clinicians.matching.need import Need
from network.clinicians.models import SavedNeed
from network.clinicians.requests import ClinicianRequest, is_uuid
from referrals.acting import By
from referrals.actions.asking import ask_colleagues, begin_referral, rewrite_referral
from referrals.actions.drafting import Attestation
from referrals.actions.stepping import Click, LostRaceError, ReusedKeyError
from referrals.forms.draft import DraftForm, prefilled, shareable
from referrals.forms.steps import SendForm
from referrals.machine.words import O
from referrals.models import Referral
from referrals.permissions import LackingError, allowed
from referrals.views.conflicts import tell_whether_sent
from referrals.views.gate import for_members, own_referral
from referrals.views.order import kept_in_order
from referrals.views.page import words_of
from referrals.views.people import askable
from referrals.views.referral import context_of
from referrals.views.steps import MEANWHILE

FORM = "referrals/draft.html"
HELD = ("kind", "reason", "sub_reason", "urgency", "planned_on", "mode", "acuity")
SENT = "Sent. You see here who answers, and when."
BEGUN = "You have begun this referral before, with other words: change it there."


@for_members
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ClinicianRequest) -> HttpResponse:
    """From the search it comes with its criteria and whom was chosen there."""
    need = _need_of(request)
    people = askable(request.clinician, chosen=_chosen(request))
    if "key" not in request.POST:
        form = DraftForm(request.clinician, people, initial=_initial(request, need))
        return _form(request, form, need)
    form = DraftForm(request.clinician, people, request.POST)
    if not form.is_valid():
        return _form(request, form, need)
    said = form.cleaned_data
    try:
        made = begin_referral(
            said["client"] or _new_client(said, need),
            form.draft(shareable(need)),
            list(said["people"]),
            by=request.clinician,
            key=said["key"],
        )
    except (KeyUsedError, ReusedKeyError):
        messages.warning(request, BEGUN)
        return redirect("referrals:referrals")
    return _onward(request, made)


@for_members
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    found, by = own_referral(request, public_id), By.member(request.clinician)
    if "edit" not in allowed(by, found):
        return _late(request, found)
    words = words_of(by, found)
    people = askable(request.clinician, found)
    data = request.POST or None
    form = DraftForm(request.clinician, people, data, _held(found, words.need))
    del form.fields["client"]
    if not form.is_valid():
        return _form(request, form, words.criteria, found)
    click = Click(form.cleaned_data["key"], _seen(request))
    draft = form.draft(words.criteria)
    chosen = kept_in_order(found, form.cleaned_data["people"])
    try:
        rewrite_referral(found, draft, chosen, by=by, click=click)
    except (LostRaceError, ReusedKeyError):
        return _late(request, found)
    return redirect(found)


@for_members
@sensitive_post_parameters()
@require_POST
def sending(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    found = own_referral(request, public_id)
    form = SendForm(found, request.POST)
    if form.is_valid() and _is_taken(request, found, form):
        return redirect(found)
    if form.is_valid():
        return _late(request, found)
    page = context_of(request, found, form)
    return render(request, "referrals/referral.html", page, status=422)


@for_members
@sensitive_post_parameters("body")
@require_POST
def findings_piece(request: ClinicianRequest) -> HttpResponse:
    """What in the words could tell who it is; asked for by the page's script."""
    text = request.POST.get("body", "").replace("\r\n", "\n")
    looked = Looked(findings(text, request.clinician), "warn")
    return render(request, "messaging/_findings.html", {"looked": looked})


def _is_taken(request: ClinicianRequest, found: Referral, form: SendForm) -> bool:
    """Not so where something is missing, which the form then says."""
    said, by = form.cleaned_data, By.member(request.clinician)
    attestation = Attestation(
        no_fee=said["no_fee"],
        client_agreed=said.get("client_agreed", False),
        guard_reason=said.get("guard_reason", ""),
    )
    names = said["names"]
    try:
        is_sent = ask_colleagues(found, attestation, names, by=by, click=form.click)
    except TooManyNamesError:
        form.add_error("names", TOO_MANY)
        return False
    except LackingError as lacking:
        form.add_error(None, "Not yet: " + "; ".join(lacking.sentences) + ".")
        return False
    except (LostRaceError, ReusedKeyError, PermissionDenied):
        return False
    tell_whether_sent(request, SENT, is_sent=is_sent)
    return True


def _late(request: ClinicianRequest, found: Referral) -> HttpResponse:
    messages.warning(request, MEANWHILE)
    return redirect(found)


def _form(
    request: ClinicianRequest,
    form: DraftForm,
    need: dict[str, Any],
    found: Referral | None = None,
) -> HttpResponse:
    page = {
        "form": form,
        "chips": _chips(need),
        "need": request.POST.get("need", ""),
        "referral": found,
    }
    return render(request, FORM, page, status=422 if form.errors else 200)


def _chips(need: dict[str, Any]) -> list[Chip]:
    return chips_of(shareable(need))


def _need_of(request: ClinicianRequest) -> dict[str, Any]:
    """Of a search of hers; of none, nothing."""
    asked = request.POST.get("need", "")
    mine = SavedNeed.objects.visible_to(request.clinician)
    saved = mine.filter(public_id=asked).first() if is_uuid(asked) else None
    return dict(saved.content["need"]) if saved else {}


def _initial(request: ClinicianRequest, need: dict[str, Any]) -> dict[str, Any]:
    client = _client(request)
    state = _state(need) or (client.state if client else "")
    said = prefilled(need, state)
    return {**said, "people": _chosen(request), "client": client}


def _onward(request: ClinicianRequest, made: Referral) -> HttpResponse:
    """Begun from somebody who is listed, her address is asked for next."""
    listed = request.GET.get("listed", "")
    if not is_uuid(listed):
        return redirect(made)
    page = reverse("referrals:guest", args=[made.public_id])
    return redirect(f"{page}?listed={listed}")


def _client(request: ClinicianRequest) -> Client | None:
    """From the page of one of hers."""
    asked = request.GET.get("client", "")
    mine = Client.objects.visible_to(request.clinician)
    return mine.filter(public_id=asked).first() if is_uuid(asked) else None


def _state(need: dict[str, Any]) -> str:
    place = Need.model_validate(need).place
    return (place.client_state if place else None) or ""


def _chosen(request: ClinicianRequest) -> list[str]:
    ids = [*request.POST.getlist("colleague"), *request.POST.getlist("people")]
    return [one for one in ids if is_uuid(one)]


def _held(found: Referral, need: str) -> dict[str, Any]:
    held = {name: getattr(found, name) for name in HELD}
    queued = found.offers.filter(state=O.QUEUED).exclude(receiver=None)
    people = [str(one) for one in queued.values_list("receiver__public_id", flat=True)]
    where = {"jurisdiction": found.jurisdiction, "body": need, "people": people}
    return {**held, **where}


def _new_client(said: dict[str, Any], need: dict[str, Any]) -> ClientDraft:
    age = (need.get("age_group") or {}).get("term", "")
    is_couple = (need.get("participants") or {}).get("term", "") == "couple"
    unit = Client.Unit.COUPLE if is_couple else Client.Unit.INDIVIDUAL
    return ClientDraft(unit=unit, age_band=age, state=said["jurisdiction"])


def _seen(request: ClinicianRequest) -> int:
    asked = request.POST.get("seen", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
