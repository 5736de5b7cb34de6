"""Every way in which somebody might read who a client is, or what the packet says."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.test import Client as Browser
from django.urls import reverse

from home.portions import PORTIONS
from network.accounts.models import User
from network.clients.actions.identity import Identity, keep_identity
from network.clients.models import Client
from network.clients.wording import Why
from network.clinicians.models import Clinician
from referrals.actions.reading import read_identity
from referrals.models import Offer, PacketVersion
from tests.conftest import signed_in
from tests.factories import PASSWORD
from tests.messaging.saying import her
from tests.referrals.story import by
from tests.referrals.test_api import program_of

NAME = "Mary Ellen Johnson"
PIECE: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}
# Where who it is stands for whoever may know it; and where it stands for nobody.
IDENTITY = {"page", "open page", "step"}
PACKET = {"version", "open version", "program"}


def keep_name(client: Client) -> None:
    party = client.parties.get()
    keep_identity(party, Identity(NAME), by=her(client.owner))


def shows_name(person: Clinician | User, client: Client) -> set[str]:
    """By which of them."""
    tab, user = signed_in(person), person if isinstance(person, User) else her(person)
    page = reverse("clients:identity", args=[client.public_id])
    offers = Offer.objects.filter(referral__client=client, receiver__user=user)
    shown = {
        "page": _posted(tab, page),
        "open page": NAME if tab.get(page, **PIECE).status_code == 204 else "",
        "search": _text(tab.post("/messages/search/", {"words": "Johnson"})),
        "copy": json.dumps([portion(user.pk) for portion in PORTIONS], default=str),
        "step": "".join(_read(offer) for offer in offers),
    }
    for offer in offers.select_related("referral"):
        shown["offer"] = _text(tab.get(offer.get_absolute_url()))
        if room := offer.referral.conversation:
            shown["conversation"] = _text(tab.get(f"/messages/{room.public_id}/"))
    return {door for door, said in shown.items() if NAME in said}


def shows_packet(
    person: Clinician | User, version: PacketVersion, words: str
) -> set[str]:
    tab, user = signed_in(person), person if isinstance(person, User) else her(person)
    at = f"{version.packet.get_absolute_url()}{version.number}/"
    shown = {
        "version": _text(tab.get(at)),
        "open version": _text(tab.get(at, **PIECE)),
        "copy": json.dumps([portion(user.pk) for portion in PORTIONS], default=str),
    }
    if isinstance(person, Clinician) and version.offer:
        packet = f"/offers/{version.offer.public_id}/packet"
        shown["program"] = _text(program_of(person).get(packet))
    return {door for door, said in shown.items() if words in said}


def _posted(tab: Browser, page: str) -> str:
    """After her password, where it is asked for."""
    answer: Any = tab.post(page, {"why": "care"})
    if "/reauthenticate/" in answer.headers.get("Location", ""):
        said = {"password": PASSWORD}
        answer = tab.post(answer["Location"], said, follow=True)
    return _text(answer)


def _read(offer: Offer) -> str:
    assert offer.receiver is not None
    try:
        read = read_identity(offer, by=by(offer.receiver), why=Why.CARE)
    except PermissionDenied:
        return ""
    return "".join(one.identity.name for one in read)


def _text(answer: Any) -> str:
    return str(answer.content.decode())
