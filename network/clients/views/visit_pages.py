"""The pages behind a client's link: what she agreed to, what was shared, how to reach
her, a copy.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from network.clients import page
from network.clients.actions.consents import decline_consent, revoke_consent, sign
from network.clients.actions.links import say_wishes, take_copy
from network.clients.consents import required
from network.clients.forms.wishes import WishesForm
from network.clients.models import AccessLink, Consent, Signature
from network.clients.permissions import allowed_on_consent
from network.clients.questions import asked_of
from network.clients.terms import terms_of
from network.clients.views.files import file_of
from network.clients.views.visits import for_visitors, shown
from network.clinicians import pdf

DONE = {
    "sign": "Thank you. You said yes.",
    "decline": "You said no. Nothing is shared.",
    "revoke": "Done. It has ended, and no more is shared by it.",
}
MEANWHILE = "This has changed in the meantime. Here is how it stands now."


@require_safe
@for_visitors
def start(request: HttpRequest, link: AccessLink) -> HttpResponse:
    consents = [one for one in _consents(link) if one.state != Consent.State.DRAFT]
    waiting = [one for one in consents if _may_sign(link, one)]
    others = [one for one in consents if one not in waiting]
    return shown(
        request,
        "start",
        link,
        questions=asked_of(link),
        waiting=[terms_of(one) for one in waiting],
        others=[terms_of(one) for one in others],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_visitors
def consent(request: HttpRequest, link: AccessLink, pk: UUID) -> HttpResponse:
    found = _consent(link, pk)
    if request.method == "POST":
        return _said(request, link, found)
    return shown(
        request,
        "consent",
        link,
        terms=terms_of(found),
        may_sign=_may_sign(link, found),
        allowed=allowed_on_consent(link, found),
        signed=found.signatures.filter(party=link.party).first(),
    )


@require_safe
@for_visitors
def shared(request: HttpRequest, link: AccessLink) -> HttpResponse:
    lines = page.disclosures(link.party.client, None)
    return shown(request, "shared", link, lines=lines, has_pdf=pdf.is_possible())


@require_http_methods(["GET", "HEAD", "POST"])
@for_visitors
def wishes(request: HttpRequest, link: AccessLink) -> HttpResponse:
    form = WishesForm(request.POST or None, link.party.wishes)
    if not form.is_valid():
        return shown(request, "wishes", link, form=form)
    say_wishes(link, form.cleaned_data)
    messages.success(request, "Thank you. Your therapist can see it now.")
    return redirect("client_link:start")


@require_POST
@for_visitors
def copy(request: HttpRequest, link: AccessLink) -> HttpResponse:
    form = request.POST.get("form", "")
    if form not in ("pdf", "json"):
        raise Http404
    take_copy(link)
    return file_of(link.party.client, form)


def _said(request: HttpRequest, link: AccessLink, found: Consent) -> HttpResponse:
    verb = request.POST.get("verb", "")
    if verb not in DONE:
        raise Http404
    if verb not in allowed_on_consent(link, found):
        messages.info(request, MEANWHILE)
        return redirect("client_link:consent", found.public_id)
    if verb == "sign":
        sign(found, link.party, Signature.How.LINK, by=link)
    elif verb == "decline":
        decline_consent(found, by=link)
    else:
        revoke_consent(found, by=link)
    messages.success(request, DONE[verb])
    return redirect("client_link:start")


def _may_sign(link: AccessLink, found: Consent) -> bool:
    """She has to, and has not yet."""
    if "sign" not in allowed_on_consent(link, found):
        return False
    signers = required(found.client.parties.all())
    signed = found.signatures.filter(party=link.party).exists()
    return link.party in signers and not signed


def _consents(link: AccessLink) -> list[Consent]:
    client = link.party.client
    rows = list(client.consents.select_related("giver").newest_first())
    for row in rows:
        row.client = client
    return rows


def _consent(link: AccessLink, pk: UUID) -> Consent:
    client = link.party.client
    rows = client.consents.exclude(state=Consent.State.DRAFT).select_related("giver")
    found = get_object_or_404(rows, public_id=pk)
    found.client = client
    return found
