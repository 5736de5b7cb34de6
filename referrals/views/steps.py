"""Steps by forms: one address for each, of a referral or of an offer."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from network.accounts.fresh import fresh_sign_in_required
from network.clinicians.actions.conflicts import TooManyNamesError
from network.clinicians.forms.conflicts import TOO_MANY
from network.clinicians.requests import ClinicianRequest
from referrals.acting import By, chosen
from referrals.actions.guests import TooManyGuestsError
from referrals.actions.passages import TellingWordsError
from referrals.actions.stepping import LostRaceError, ReusedKeyError
from referrals.forms.guests import TOO_MANY as TOO_MANY_LINKS
from referrals.models import Offer, Referral
from referrals.permissions import LackingError, allowed
from referrals.views.gate import for_members, offer_of, referral_of
from referrals.views.ways import OF_OFFERS, OF_REFERRALS, Thing, Way, as_it_stands

MEANWHILE = "It has changed meanwhile: look again, nothing was done."
TELLING = "This could tell who the client is: change it, or say why it may stay."
# Said beside the field that it is about.
BESIDE: dict[type[Exception], tuple[str, str]] = {
    TooManyNamesError: ("names", TOO_MANY),
    TooManyGuestsError: ("email", TOO_MANY_LINKS),
    TellingWordsError: ("words", TELLING),
}


@for_members
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def of_referral(request: ClinicianRequest, public_id: UUID, slug: str) -> HttpResponse:
    found = referral_of(request, public_id)
    way = _way(OF_REFERRALS, slug)
    if way.verb == "release_identity":
        return _handover(request, found, way)
    return _step(request, found, way)


@for_members
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def of_offer(request: ClinicianRequest, public_id: UUID, slug: str) -> HttpResponse:
    return _step(request, offer_of(request, public_id), _way(OF_OFFERS, slug))


@fresh_sign_in_required
def _handover(
    request: ClinicianRequest, found: Referral, way: Way[Referral]
) -> HttpResponse:
    return _step(request, found, way)


def _way(ways: Iterable[Way[Thing]], slug: str) -> Way[Thing]:
    for way in ways:
        if way.slug == slug:
            return way
    raise Http404


def _step(request: ClinicianRequest, found: Thing, way: Way[Thing]) -> HttpResponse:
    """Taken, or asked for once more with what is missing."""
    form, by = way.form(found, request.POST or None), By.member(request.clinician)
    if form.is_valid():
        try:
            made = way.take(found, form.cleaned_data, by, form.click)
        except LackingError as lacking:
            form.add_error(None, "Not yet: " + "; ".join(lacking.sentences) + ".")
        except tuple(BESIDE) as refusal:
            form.add_error(*BESIDE[type(refusal)])
        except (LostRaceError, ReusedKeyError, PermissionDenied):
            return _again(request, found)
        else:
            messages.success(request, "Done, and in the timeline.")
            return _onward(request, found, made, way)
    if way.verb not in allowed(by, found):
        return _again(request, found, " ".join(map(str, form.non_field_errors())))
    shown, back = as_it_stands(way, found), _page(request, found).get_absolute_url()
    page = {"way": shown, "form": form, "back": back}
    status = 422 if form.errors else 200
    return render(request, "referrals/step.html", page, status=status)


def _page(request: ClinicianRequest, found: Thing) -> Referral | Offer:
    """The sender has one page for all the parts."""
    if isinstance(found, Offer) and found.referral.sender_id == request.clinician.pk:
        return found.referral
    if isinstance(found, Referral) and found.sender_id != request.clinician.pk:
        return chosen(found) or found
    return found


def _again(request: ClinicianRequest, found: Thing, why: str = "") -> HttpResponse:
    messages.warning(request, why or MEANWHILE)
    return redirect(_page(request, found))


def _onward(
    request: ClinicianRequest, found: Thing, made: object, way: Way[Thing]
) -> HttpResponse:
    """What begins anew has a page of its own; what was discarded has none."""
    if isinstance(made, Referral):
        return redirect(made)
    if way.verb == "discard":
        return redirect("referrals:referrals")
    return redirect(_page(request, found))
