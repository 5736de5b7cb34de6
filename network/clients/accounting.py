"""What was shared of a client, with whom: as a file for either side."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from network.clients.models import Client, Consent, Disclosure
from network.clients.terms import terms_of
from network.clients.wording import Purpose
from network.clinicians import pdf

LOOKS = Path(settings.BASE_DIR) / "static" / "css" / "copy.css"


def as_data(
    client: Client, consents: Iterable[Consent], lines: Iterable[Disclosure]
) -> dict[str, Any]:
    return {
        "handle": client.handle,
        "made_at": timezone.now(),
        "consents": [_consent(one) for one in consents],
        "shared": [_line(one) for one in lines],
    }


def as_pdf(
    client: Client, consents: Iterable[Consent], lines: Iterable[Disclosure]
) -> bytes:
    page = {
        "client": client,
        "terms": [terms_of(one) for one in consents],
        "lines": lines,
        "made_at": timezone.now(),
    }
    return pdf.pdf_of(render_to_string("clients/print.html", page), LOOKS)


def _consent(consent: Consent) -> dict[str, Any]:
    return {
        "id": consent.public_id,
        "from": consent.giver.display_name,
        "to": consent.receiver_name,
        "purpose": consent.purpose,
        "data_classes": consent.data_classes,
        "state": consent.state,
        "valid_from": consent.valid_from,
        "expires_on": consent.expires_on,
        "ended_at": consent.ended_at,
        "signatures": [
            {"party": one.party.label, "how": one.how, "at": one.signed_at}
            for one in consent.signatures.select_related("party").order_by("pk")
        ],
    }


def _line(line: Disclosure) -> dict[str, Any]:
    return {
        "at": line.at,
        "from": line.giver_name,
        "to": line.receiver_name,
        "purpose": Purpose(line.purpose).label,
        "what": line.what,
        "about": line.about,
        "thing": line.thing,
        "consent": line.consent and line.consent.public_id,
    }
