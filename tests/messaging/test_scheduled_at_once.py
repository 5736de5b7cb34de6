"""Several workers, one that dies half way, a keystore that is away: it is sent once."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from messaging.actions.due import send_now, send_scheduled
from messaging.actions.rescheduling import reschedule_message
from messaging.actions.scheduling import take_back_scheduled
from messaging.drafts import draft_of
from messaging.limits import FullError
from messaging.models import ScheduledMessage
from network.clinicians.models import Clinician
from network.privacy.data_keys import forget_all
from network.privacy.keystore.models import WrappedKey
from tests.factories import a_direct
from tests.locks import until_somebody_waits
from tests.messaging.saying import her, log_of, texts
from tests.messaging.scheduling import schedule
from tests.messaging.test_log_at_once import together
from tests.privacy.keeping import serving

pytestmark = pytest.mark.django_db(transaction=True)
DIES = """
CREATE FUNCTION dies() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION 'between the message and the commit'; END $$;
CREATE TRIGGER dies BEFORE DELETE ON messaging_scheduledmessage
FOR EACH ROW WHEN (OLD.id = {}) EXECUTE FUNCTION dies();
"""
LIVES = "DROP FUNCTION dies() CASCADE"
IS_CUT = DIES.replace(
    "RAISE EXCEPTION 'between the message and the commit'",
    "PERFORM pg_terminate_backend(pg_backend_pid())",
)


def as_owner() -> psycopg.Connection[Any]:
    """Who may make triggers."""
    name = connection.settings_dict["NAME"]
    address = os.environ["DATABASE_OWNER_URL"]
    return psycopg.connect(address, dbname=name, autocommit=True)


def due(who: Clinician, other: Clinician, *words: str) -> list[ScheduledMessage]:
    room = a_direct(who, other)
    return [schedule(who, room, word, at=timezone.now()) for word in words]


def test_of_several_workers_one_sends_it(ana: Clinician, ben: Clinician) -> None:
    words = [f"No. {number}" for number in range(10)]
    due(ana, ben, *words)

    settled = together([lambda: send_scheduled(50)] * 4)

    assert sum(settled) == 10
    room = a_direct(ana, ben)
    assert sorted(map(str, texts(ben, room))) == sorted(words)
    assert [row.seq for row in log_of(room)] == list(range(1, 11))
    assert not ScheduledMessage.objects.exists()


def test_who_takes_it_back_at_its_hour_has_it_or_it_is_sent(
    ana: Clinician, ben: Clinician
) -> None:
    [made] = due(ana, ben, "either")

    def take_back() -> int:
        try:
            take_back_scheduled(made, by=her(ana))
        except ScheduledMessage.DoesNotExist:
            return 0
        return 1

    [sent, taken] = together([lambda: send_scheduled(50), take_back])

    room = a_direct(ana, ben)
    assert sent + taken == 1
    assert (len(log_of(room)), draft_of(ana, room)) == (sent, "either" * taken)
    assert not ScheduledMessage.objects.exists()


def test_of_two_at_once_no_more_wait_than_may(
    ana: Clinician, ben: Clinician, cleo: Clinician, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In two conversations, neither of which holds up the other."""
    rooms = [a_direct(ana, ben), a_direct(ana, cleo)]
    monkeypatch.setattr("messaging.actions.scheduling.MOST_SCHEDULED", 1)

    def second() -> None:
        try:
            schedule(ana, rooms[1])
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            schedule(ana, rooms[0])
            slower = threads.submit(second)
            until_somebody_waits()
        with pytest.raises(FullError):
            slower.result()

    assert ScheduledMessage.objects.count() == 1


def test_at_its_hour_it_is_sent_or_has_another(ana: Clinician, ben: Clinician) -> None:
    [made] = due(ana, ben, "either")
    later = timezone.now() + timedelta(hours=1)

    def move() -> int:
        try:
            reschedule_message(made, later, by=her(ana))
        except ScheduledMessage.DoesNotExist:
            return 0
        return 1

    [sent, moved] = together([lambda: send_scheduled(50), move])

    assert sent + moved == 1
    assert len(log_of(a_direct(ana, ben))) == sent
    left = [row.due_at for row in ScheduledMessage.objects.all()]
    assert left == [later] * moved


def test_who_was_slower_than_what_sends_it_changes_nothing(
    ana: Clinician, ben: Clinician
) -> None:
    """The one that sends it holds its conversation; the other waits there."""
    [made] = due(ana, ben, "sent")
    later = timezone.now() + timedelta(hours=1)

    def move() -> None:
        try:
            reschedule_message(made, later, by=her(ana))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            send_now(made, by=her(ana))
            slower = threads.submit(move)
            until_somebody_waits()
        with pytest.raises(ScheduledMessage.DoesNotExist):
            slower.result()

    assert texts(ben, a_direct(ana, ben)) == ["sent"]
    assert not ScheduledMessage.objects.exists()


def test_a_worker_that_dies_before_the_commit_has_sent_nothing(
    ana: Clinician, ben: Clinician
) -> None:
    first, _ = due(ana, ben, "first", "second")
    room = a_direct(ana, ben)

    with as_owner() as owner:
        owner.execute(DIES.format(first.pk))
        try:
            assert send_scheduled(50) == 1
            with pytest.raises(DatabaseError):
                send_now(first, by=her(ana))
        finally:
            owner.execute(LIVES)

    assert texts(ben, room) == ["second"]
    assert (send_scheduled(50), send_scheduled(50)) == (1, 0)
    assert texts(ben, room) == ["second", "first"]


def test_where_the_line_was_cut_nothing_overtakes_what_waits_for_the_next_sweep(
    ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    first, _ = due(ana, ben, "first", "second")
    due(ana, cleo, "elsewhere")

    with as_owner() as owner:
        owner.execute(IS_CUT.format(first.pk))
        try:
            assert send_scheduled(50) == 1
        finally:
            owner.execute(LIVES)

    assert texts(cleo, a_direct(ana, cleo)) == ["elsewhere"]
    assert send_scheduled(50) == 2
    assert texts(ben, a_direct(ana, ben)) == ["first", "second"]


def test_a_key_that_cannot_be_opened_holds_up_no_other(
    ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    [stuck], [sent] = due(ana, ben, "stuck"), due(ana, cleo, "sent")
    WrappedKey.objects.filter(pk=stuck.key_id).update(wrapped="torn")
    forget_all()

    assert send_scheduled(50) == 1

    assert [row.refused for row in ScheduledMessage.objects.all()] == [""]
    assert texts(cleo, sent.membership.conversation) == ["sent"]


def test_while_the_keystore_is_away_it_stays_due(
    ana: Clinician, ben: Clinician
) -> None:
    due(ana, ben, "patient")
    with serving("nowhere"):
        forget_all()
        with pytest.raises(DatabaseError):
            send_scheduled(50)
    assert [row.refused for row in ScheduledMessage.objects.all()] == [""]

    assert send_scheduled(50) == 1

    assert texts(ben, a_direct(ana, ben)) == ["patient"]
