from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from home.requests import PersonRequest
from network.accounts.actions.agreements import accept_agreements
from network.accounts.agreements import IN_FORCE, PRIVACY, TERMS, Agreement, has_agreed
from network.clinicians.requests import VisitorRequest
from network.privacy.mode import current_mode


@login_not_required
@require_GET
def terms(request: VisitorRequest) -> HttpResponse:
    return _text(request, TERMS)


@login_not_required
@require_GET
def privacy(request: VisitorRequest) -> HttpResponse:
    return _text(request, PRIVACY)


def _text(request: VisitorRequest, agreement: Agreement) -> HttpResponse:
    return render(request, "agreements/text.html", {"agreement": agreement})


@require_http_methods(["GET", "POST"])
def agreements(request: PersonRequest) -> HttpResponse:
    """What one joins by; once accepted, back to where one was going."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST":
        accept_agreements(request.user)
    if has_agreed(request.user):
        return redirect(_safe(request, wanted))
    page = {"in_force": IN_FORCE, "next": wanted, "is_new": request.user.agreed_to}
    return render(request, "agreements/gate.html", page)


def _safe(request: PersonRequest, address: str) -> str:
    """Only to a page of ours, by its path: another word might be read as a name."""
    hosts = {request.get_host()}
    is_here = url_has_allowed_host_and_scheme(address, hosts, request.is_secure())
    if is_here and address.startswith("/"):
        return address
    return resolve_url("home:today")


@require_GET
def accepted(request: PersonRequest) -> HttpResponse:
    kept = request.user.acceptances.order_by("-accepted_at", "-pk")
    titles = {each.slug: each.title for each in IN_FORCE}
    rows = [(titles.get(one.document, one.document), one) for one in kept]
    page = {"rows": rows, "mode": current_mode()}
    return render(request, "agreements/accepted.html", page)
