"""For how long messages are kept: what would go is shown before it is decided."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from messaging.actions.retention import keep_for
from messaging.forms.retention import KeepForm
from messaging.holds import STANDS, is_held
from messaging.models import Membership
from messaging.permissions import allowed
from messaging.retention import agreed, in_words, reach
from messaging.views.gate import for_members, membership_of
from messaging.views.thread import who
from network.clinicians.requests import ClinicianRequest

PAGE = "messaging/keeping/page.html"


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def keeping(request: ClinicianRequest, public_id: UUID) -> HttpResponse:
    membership = membership_of(request, public_id)
    if request.method != "POST":
        return _page(request, membership, KeepForm(request.GET or None))
    form = KeepForm(request.POST)
    if not form.is_valid():
        return _page(request, membership, form)
    days = form.cleaned_data["days"]
    keep_for(membership.conversation, days, by=request.user)
    messages.success(request, f"You chose: messages are deleted {in_words(days)}.")
    return redirect("messaging:about", public_id)


def _page(
    request: ClinicianRequest, membership: Membership, form: KeepForm
) -> HttpResponse:
    conversation = membership.conversation
    is_chosen = form.is_valid()
    if not form.is_bound:
        form = KeepForm(initial={"days": membership.keep_days or 0})
    page = {
        **who(membership),
        "form": form,
        "allowed": allowed(membership.clinician, conversation),
        "holds": in_words(conversation.keep_days),
        "stands": STANDS if is_held(conversation) else "",
        "chosen": _chosen(membership, form) if is_chosen else None,
        "has_errors": bool(form.errors),
    }
    return render(request, PAGE, page, status=422 if form.errors else 200)


def _chosen(membership: Membership, form: KeepForm) -> dict[str, object]:
    """What would become of it."""
    days = form.cleaned_data["days"] or None
    holds = agreed(membership, days)
    return {
        "days": days or 0,
        "words": in_words(days),
        "holds": in_words(holds),
        "is_held_up": holds != days,
        "reach": reach(membership.conversation, holds),
    }
