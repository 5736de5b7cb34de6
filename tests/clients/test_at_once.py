"""Many try at once at what a client has: codes, signatures."""

from functools import partial

import pytest

from network.activity.models import Event
from network.clients.actions.consents import sign
from network.clients.actions.links import unlock
from network.clients.models import AccessLink, Consent, Signature
from network.clinicians.models import Clinician
from tests.clients.people import a_client, a_consent, a_link
from tests.messaging.test_log_at_once import together

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20


def test_of_twenty_guesses_at_once_five_are_heard(ana: Clinician) -> None:
    made = a_link(a_client(ana).parties.get())
    wrong = f"{(int(made.code) + 1) % 10**6:06}"

    said = together(partial(unlock, made.link, wrong) for _ in range(MANY))

    link = AccessLink.objects.get()
    assert not any(said)
    assert (link.tries, link.ended_at is None) == (5, False)
    assert Event.objects.filter(verb="client.code_refused").count() == 5
    assert Event.objects.filter(verb="client.link_ended").count() == 1
    assert not unlock(link, made.code)


def test_of_twenty_yeses_at_once_one_is_a_signature(
    ana: Clinician, ben: Clinician
) -> None:
    client = a_client(ana)
    consent, party = a_consent(client, ben), client.parties.get()
    link = a_link(party).link

    how = Signature.How.LINK
    together(partial(sign, consent, party, how, by=link) for _ in range(MANY))

    assert Signature.objects.count() == 1
    assert Consent.objects.get().state == "active"
    assert Event.objects.filter(verb="consent.signed").count() == 1
