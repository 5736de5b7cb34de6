"""Without the keystore nothing is sealed or opened: that is said calmly, and ends."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.test import Client

from messaging.actions.drafts import save_draft
from messaging.actions.scheduling import take_back_scheduled
from messaging.bodies import scope_of, seal_draft
from messaging.drafts import draft_of
from messaging.models import Conversation, Draft, Membership, ScheduledMessage
from network.clinicians.models import Clinician
from network.privacy import data_keys
from network.privacy.data_keys import forget_all
from network.privacy.keystore.models import WrappedKey
from tests.conftest import signed_in
from tests.factories import a_direct
from tests.locks import until_somebody_waits
from tests.messaging.programs import Program
from tests.messaging.saying import her, log_of, say
from tests.messaging.scheduling import schedule
from tests.privacy.keeping import serving

pytestmark = pytest.mark.django_db(transaction=True)


def browser_of(person: Clinician) -> Client:
    browser = signed_in(person)
    browser.raise_request_exception = False
    return browser


def test_pages_say_so_and_the_next_try_succeeds(ana: Clinician, ben: Clinician) -> None:
    direct = a_direct(ana, ben)
    say(ben, direct, "Before")
    browser, where = browser_of(ana), direct.get_absolute_url()
    said = {"client_id": str(uuid4()), "body": "Is this kept?"}

    with serving("nowhere"):
        forget_all()
        answers = [browser.post(f"{where}messages/", said), browser.get(where)]
        for answer in answers:
            assert answer.status_code == 503
            assert "Back in a moment" in answer.content.decode()
            assert "Is this kept?" not in answer.content.decode()
        assert len(log_of(direct)) == 1

    assert browser.post(f"{where}messages/", said).status_code == 302
    assert browser.get(where).status_code == 200
    assert len(log_of(direct)) == 2


def test_programs_hear_it_as_a_code(anas: Program, room: str) -> None:
    where, said = f"{room}/messages", {"client_id": str(uuid4()), "body": "Is it?"}

    with serving("nowhere"):
        forget_all()
        for answer in (anas.post(where, said), anas.get(where)):
            assert answer.status_code == 503
            assert answer.json()["errors"][0]["code"] == "unavailable"
            assert answer["Retry-After"]

    assert anas.post(where, said).status_code == 201
    assert anas.post(where, said).status_code == 200


def test_whose_draft_waits_for_the_keystore_holds_up_nobody(
    ana: Clinician, ben: Clinician
) -> None:
    """Else it would be as if she were away: what she sends or reads waits for it."""
    direct = a_direct(ana, ben)
    forget_all()
    holder = connections["keystore"].copy()
    holder.set_autocommit(False)
    with ThreadPoolExecutor(1) as aside, closing(holder):
        with holder.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {WrappedKey._meta.db_table}")
            saving = aside.submit(_save, direct, ana)
            until_somebody_waits(holder)
            with transaction.atomic():
                assert Membership.objects.of(ana).select_for_update(nowait=True).get()
        holder.rollback()
        saving.result(60)


def test_who_takes_back_beside_an_old_draft_holds_up_nobody(
    ana: Clinician, ben: Clinician
) -> None:
    direct = a_direct(ana, ben)
    made = schedule(ana, direct)
    save_draft(direct, "Half a word", by=her(ana))
    draft, month = Draft.objects.get(), date(2020, 1, 1)
    old = data_keys.key_for(scope_of(direct.public_id), month)
    box = seal_draft("Half a word", draft.whose, old)
    Draft.objects.update(key_id=old.id, body=box)
    data_keys.forget([old.id])
    holder = connections["keystore"].copy()
    holder.set_autocommit(False)
    with ThreadPoolExecutor(1) as aside, closing(holder):
        with holder.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {WrappedKey._meta.db_table}")
            taking = aside.submit(_take_back, made, ana)
            until_somebody_waits(holder)
            with transaction.atomic():
                assert Conversation.objects.select_for_update(nowait=True).get()
        holder.rollback()
        taking.result(60)
    assert draft_of(ana, direct) == "Half a word\na word for later"


def _take_back(made: ScheduledMessage, who: Clinician) -> None:
    try:
        take_back_scheduled(made, by=her(who))
    finally:
        connections.close_all()


def _save(conversation: Conversation, who: Clinician) -> None:
    try:
        save_draft(conversation, "Half a word", by=her(who))
    finally:
        connections.close_all()
