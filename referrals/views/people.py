"""Whom a sender may ask: chosen in the search, on her shortlist, or suggested."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from network.clinicians.actions.conflicts import TooManyNamesError
from network.clinicians.forms.conflicts import TOO_MANY
from network.clinicians.models import Clinician, ListEntry
from network.clinicians.requests import ClinicianRequest
from referrals.acting import By
from referrals.actions.asking import ask_more
from referrals.actions.stepping import LostRaceError, ReusedKeyError
from referrals.forms.steps import PeopleForm
from referrals.machine.words import ASKING, READABLE
from referrals.models import Offer, Referral
from referrals.permissions import LackingError, allowed
from referrals.views.conflicts import tell_whether_sent
from referrals.views.gate import for_members, own_referral
from referrals.views.steps import MEANWHILE


def askable(
    me: Clinician, referral: Referral | None = None, chosen: Iterable[str] = ()
) -> QuerySet[Clinician]:
    """Of them all, those whom she may see."""
    shortlist = ListEntry.objects.of_owner(me).on_shortlist().kept()
    named = Q(public_id__in=list(chosen)) | Q(pk__in=shortlist.values("colleague"))
    if referral is not None:
        offers = Offer.objects.filter(referral=referral)
        queued = offers.filter(state="queued")
        named |= Q(pk__in=offers.exclude(suggested=None).values("suggested"))
        named |= Q(pk__in=queued.exclude(receiver=None).values("receiver"))
    seen = Clinician.objects.visible_to(me).verified().exclude(pk=me.pk)
    return seen.filter(named).order_by("name", "pk")


@for_members
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """More of them, while others think it over."""
    found, by = own_referral(request, public_id), By.member(request.clinician)
    if found.state not in ASKING or "shortlist" not in allowed(by, found):
        messages.warning(request, MEANWHILE)
        return redirect(found)
    asked = found.offers.filter(state__in=READABLE).exclude(receiver=None)
    others = askable(request.clinician, found).exclude(pk__in=asked.values("receiver"))
    form = PeopleForm(found, others, request.POST or None)
    if form.is_valid() and _are_asked(request, found, form):
        return redirect(found)
    page = {"form": form, "back": found.get_absolute_url()}
    status = 422 if form.errors else 200
    return render(request, "referrals/people.html", page, status=status)


def _are_asked(request: ClinicianRequest, found: Referral, form: PeopleForm) -> bool:
    said, by = form.cleaned_data, By.member(request.clinician)
    people, names = list(said["people"]), said["names"]
    try:
        is_sent = ask_more(found, people, names, by=by, click=form.click)
        tell_whether_sent(request, "Asked.", is_sent=is_sent)
    except TooManyNamesError:
        form.add_error("names", TOO_MANY)
    except LackingError as lacking:
        form.add_error(None, "Not yet: " + "; ".join(lacking.sentences) + ".")
    except (LostRaceError, ReusedKeyError, PermissionDenied):
        form.add_error(None, MEANWHILE)
    return not form.errors
