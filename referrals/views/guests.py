"""Colleagues who are no members, on the sender's side: added to those in line, or asked
while others think it over, also from an entry that nobody has claimed.
"""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from network.clinicians.models import Clinician, RegistryEntry
from network.clinicians.requests import ClinicianRequest, is_uuid
from referrals.acting import By
from referrals.actions.guests import TooManyGuestsError, add_guest
from referrals.actions.stepping import LostRaceError, ReusedKeyError
from referrals.forms.guests import TOO_MANY, GuestForm
from referrals.machine.words import ASKING, Mode, S
from referrals.models import Referral
from referrals.permissions import LackingError, allowed
from referrals.views.gate import for_members, own_referral
from referrals.views.steps import MEANWHILE

IN_LINE = "is in line, and is asked when you send it."
ASKED = {
    True: "is asked: the link is going out.",
    False: "is noted: you ask, and keep the record here.",
}
OPEN = frozenset({S.DRAFT, S.READY, *ASKING})


@for_members
@sensitive_post_parameters("name", "email")
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    found, by = own_referral(request, public_id), By.member(request.clinician)
    if "shortlist" not in allowed(by, found):
        return _late(request, found)
    entry = _entry(request, request.GET.get("listed", ""))
    name, listed = (entry.name, entry.public_id) if entry else ("", None)
    form = GuestForm(found, request.POST or None, name=name, listed=listed)
    if form.is_valid() and (said := _added(found, form, by)):
        messages.success(request, said)
        return redirect(found)
    page = {"form": form, "referral": found, "entry": entry}
    status = 422 if form.errors else 200
    return render(request, "referrals/guest.html", page, status=status)


@for_members
@require_safe
def listed(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    """Somebody listed whom nobody vouches for: for which client is she asked?"""
    entry = _entry(request, str(public_id))
    if entry is None:
        return redirect("clinicians:find")
    page = {"entry": entry, "referrals": _open_to_more(request.clinician)}
    return render(request, "referrals/listed.html", page)


def _open_to_more(me: Clinician) -> QuerySet[Referral]:
    mine = Referral.objects.sent_by(me).filter(state__in=OPEN)
    return mine.exclude(state__in=ASKING, mode=Mode.SEQUENCE).newest_first()


def _entry(
    request: ClinicianRequest, public_id: str
) -> RegistryEntry | Clinician | None:
    """Of the registry, or of a member list; nobody has claimed it."""
    if not is_uuid(public_id):
        return None
    registry = RegistryEntry.objects.visible_to(request.clinician).unclaimed()
    unclaimed = Q(user=None, verified_at=None, suspended_at=None)
    imported = Clinician.objects.filter(unclaimed)
    found = registry.filter(public_id=public_id).first()
    return found or imported.filter(public_id=public_id).first()


def _added(found: Referral, form: GuestForm, by: By) -> str:
    """What then is so, in words; none where something is missing."""
    try:
        is_asked = add_guest(found, form.guest, by=by, click=form.click)
    except LackingError as lacking:
        form.add_error(None, "Not yet: " + "; ".join(lacking.sentences) + ".")
    except TooManyGuestsError:
        form.add_error(None, TOO_MANY)
    except (LostRaceError, ReusedKeyError, PermissionDenied):
        form.add_error(None, MEANWHILE)
    else:
        name, words = form.guest.name, ASKED[form.guest.by_link]
        return f"{name} {words if is_asked else IN_LINE}"
    return ""


def _late(request: ClinicianRequest, found: Referral) -> HttpResponse:
    messages.warning(request, MEANWHILE)
    return redirect(found)
