"""What a client allowed a colleague, and what twenty were asked at once: made in the
tables of an installation, and told as JSON to whoever knocks there.
"""

import json
from typing import Any

from django.urls import reverse

from network.accounts.actions.tokens import make_token
from network.accounts.models import Scope
from network.clients.actions.identity import Identity, keep_identity
from network.clients.models import Client
from network.clinicians.models import Clinician
from referrals.actions import arriving
from tests.clients.people import ALL as WHO
from tests.clients.people import a_consent, a_link, signed, with_identities
from tests.factories import a_colleague, a_member, a_staff_member
from tests.messaging.saying import her
from tests.referrals.packets.packing import ALL, enclosed, packed, placed, wrote
from tests.referrals.story import by, click, opened, sent

NAME = "Mary Ellen Johnson"
MANY = 20


def begin() -> str:
    with_identities(a_staff_member())
    ana = a_member("Ana Heron")
    rosa, omar = a_colleague("Rosa Wren"), a_colleague("Omar Dove")
    told = {"allowed": [_allowed(ana, who) for who in (rosa, omar)]}
    return json.dumps({**told, "asked": _asked(ana)})


def _allowed(ana: Clinician, to: Clinician) -> dict[str, Any]:
    """Chosen, handed over to, with a packet in her hands."""
    one = placed(ana, to)
    client: Client = one.client
    keep_identity(client.parties.get(), Identity(NAME), by=her(ana))
    consent = signed(a_consent(client, to, data_classes=(*WHO[:2], *ALL)))
    arriving.release_identity(one, by=by(ana), click=click(one))
    wrote(one)
    enclosed(one)
    packet = packed(one).packet
    link = a_link(client.parties.get())
    return {
        "email": her(to).email,
        "token": _token(to),
        "client": str(client.public_id),
        "identity": reverse("clients:identity", args=[client.public_id]),
        "consent": str(consent.public_id),
        "link": [link.token, link.code],
        "offer": str(one.offers.get().public_id),
        "packet": packet.get_absolute_url(),
        "file": str(packet.files.get().public_id),
    }


def _asked(ana: Clinician) -> list[dict[str, Any]]:
    people = [a_colleague(f"Wren Test {number}") for number in range(MANY)]
    one = sent(ana, *people)
    offers = [opened(person, one) for person in people]
    return [
        {
            "email": her(person).email,
            "token": _token(person),
            "offer": str(offer.public_id),
            "version": offer.version,
        }
        for person, offer in zip(people, offers, strict=True)
    ]


def _token(person: Clinician) -> str:
    return make_token(her(person), name="program", days=1, scope=Scope.WRITE)
