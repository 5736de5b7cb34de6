"""Inviting by e-mail: one address or a list, seen beforehand as the invited see it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from home.staff.addresses import read
from network.accounts.staff import power_needed
from network.activity.requests import UserRequest
from network.clinicians.actions.invitations import (
    invite,
    mail,
    renew_invitation,
    revoke_invitation,
)
from network.clinicians.invitation_token import VALID_FOR
from network.clinicians.models import Invitation

SHOWN = 200


class AddressesForm(forms.Form):
    addresses = forms.CharField(
        label="Whom do you invite?",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="One e-mail address a line. You see the mail before it goes out.",
    )


@power_needed("invite")
@require_safe
def invitations(request: UserRequest) -> HttpResponse:
    mine = Invitation.objects.visible_to(request.user).asked_for()
    page = {
        "form": AddressesForm(),
        "invitations": mine.order_by("-asked_at", "-pk")[:SHOWN],
    }
    return render(request, "staff/invitations.html", page)


@power_needed("invite")
@require_http_methods(["POST"])
def preview(request: UserRequest) -> HttpResponse:
    """What would go out, and to whom; nothing has happened yet."""
    form = AddressesForm(request.POST)
    if not form.is_valid():
        return render(request, "staff/invitations.html", {"form": form})
    rows = read(form.cleaned_data["addresses"])
    good = [row.email for row in rows if row.email]
    example = Invitation(
        email=good[0] if good else "", expires_at=timezone.now() + VALID_FOR
    )
    page = {
        "rows": rows,
        "good": good,
        "addresses": "\n".join(good),
        "mail": mail(example),
        "email": example.email,
        "until": example.expires_at,
    }
    return render(request, "staff/invitations_preview.html", page)


@power_needed("invite")
@require_POST
def sending(request: UserRequest) -> HttpResponse:
    form = AddressesForm(request.POST)
    if not form.is_valid():
        return redirect("staff:invitations")
    good = [row.email for row in read(form.cleaned_data["addresses"]) if row.email]
    for email in good:
        invite(email, by=request.user)
    messages.success(request, f"Invited: {len(good)}. The mails go out in a minute.")
    return redirect("staff:invitations")


@power_needed("invite")
@require_POST
def renewal(request: UserRequest, public_id: UUID) -> HttpResponse:
    renew_invitation(_find(request, public_id), by=request.user)
    messages.success(request, "A new mail goes out in a minute. The old link is over.")
    return redirect("staff:invitations")


@power_needed("invite")
@require_POST
def revocation(request: UserRequest, public_id: UUID) -> HttpResponse:
    revoke_invitation(_find(request, public_id), by=request.user)
    messages.success(request, "The invitation is taken back. Its link opens nothing.")
    return redirect("staff:invitations")


def _find(request: UserRequest, public_id: UUID) -> Invitation:
    mine = Invitation.objects.visible_to(request.user)
    return get_object_or_404(mine, public_id=public_id)
