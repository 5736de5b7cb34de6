"""For how long messages are kept, and that they are gone then."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from messaging.actions import retention
from messaging.actions.conversations import attach_conversation
from messaging.actions.drafts import save_draft
from messaging.actions.retention import delete_old_messages, keep_for
from messaging.bodies import keys_of, open_body, scope_of, sealed
from messaging.log import entry_of
from messaging.models import Conversation, Draft, Message
from messaging.retention import reach
from messaging.scheduled import scheduled_by, seal_scheduled
from messaging.seeing import acts
from messaging.tasks import delete_old_messages as task
from messaging.thread.words import GONE
from network.activity.models import Event
from network.clinicians.models import Clinician
from network.privacy import data_keys
from network.privacy.keystore.models import DestroyedKey, WrappedKey
from tests.conftest import signed_in
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import (
    asked,
    do,
    her,
    kept,
    lines,
    log_of,
    place_of,
    say,
    texts,
)
from tests.messaging.scheduling import schedule

Sweep = Callable[[], int]


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    return a_conversation(dana, ana, ben)


@pytest.fixture
def sweep(django_capture_on_commit_callbacks: Any) -> Sweep:
    def sweep() -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return delete_old_messages()

    return sweep


def age(conversation: Conversation, days: int, *seqs: int) -> None:
    """As if these had been written so many days ago, by the key of that month."""
    at = timezone.now() - timedelta(days=days)
    rows = Message.objects.filter(conversation=conversation, seq__in=seqs)
    rows.update(at=at)
    ids = [row.key_id for row in rows if row.key_id]
    month = at.date().replace(day=1)
    WrappedKey.objects.filter(pk__in=ids).update(month=month)
    data_keys.forget_all()


def wrapped(conversation: Conversation) -> int:
    return WrappedKey.objects.filter(scope=scope_of(conversation.public_id)).count()


def only(verb: str) -> Event:
    return Event.objects.get(verb=f"conversation.{verb}")


def old_circle(dana: Clinician, ana: Clinician) -> Conversation:
    """Two messages of months ago, one of them edited, and one of today."""
    made = a_conversation(dana, ana)
    month = timezone.now().date() - timedelta(days=100)
    key = data_keys.key_for(scope_of(made.public_id), month)
    said = [asked(ana, made), asked(dana, made), asked(ana, made, "edit", target=1)]
    for one in said:
        kept(sealed(one, "canary", key))
    at = timezone.now() - timedelta(days=100)
    Message.objects.filter(conversation=made).update(at=at)
    say(dana, made, "today")
    return made


def test_who_leads_it_decides_and_everybody_is_told(
    circle: Conversation, dana: Clinician, ana: Clinician, ben: Clinician
) -> None:
    keep_for(circle, 30, by=her(dana))
    keep_for(circle, 30, by=her(dana))

    circle.refresh_from_db()
    assert circle.keep_days == 30
    [entry] = log_of(circle)
    assert (entry.kind, entry.sender) == ("kept", dana)
    event = only("retention_set")
    assert event.detail == {"wished": 30, "holds": 30}
    assert set(event.audience) == {her(one).public_id for one in (dana, ana, ben)}
    assert not event.notifications.exists()
    assert "30 wished, 30 hold" in acts(place_of(ben, circle))[0].words
    for who in (ana, ben):
        with pytest.raises(PermissionDenied):
            keep_for(circle, 365, by=her(who))


def test_of_two_nothing_goes_that_one_wants_to_keep(
    ana: Clinician, ben: Clinician
) -> None:
    direct = a_direct(ana, ben)
    holds = []
    for who, days in [(ana, 30), (ben, 365), (ben, 30), (ana, 0)]:
        keep_for(direct, days, by=her(who))
        direct.refresh_from_db()
        holds.append(direct.keep_days)

    assert holds == [None, 365, 30, None]


def test_who_may_not_decide(
    ana: Clinician, ben: Clinician, cleo: Clinician, circle: Conversation
) -> None:
    attached = attach_conversation([ana, ben], by=her(ana))

    for who, where in [(ana, attached), (cleo, circle), (cleo, a_direct(ana, ben))]:
        with pytest.raises(PermissionDenied):
            keep_for(where, 30, by=her(who))
    with pytest.raises(ValueError, match="no such span"):
        keep_for(a_direct(ana, ben), 3, by=her(ana))


def test_what_is_old_loses_its_words_and_what_is_new_stays(
    dana: Clinician, ana: Clinician, sweep: Sweep
) -> None:
    made = old_circle(dana, ana)
    do(dana, made, "pin", 1)
    assert sweep() == 0
    keep_for(made, 30, by=her(dana))

    assert reach(made, 30).messages == 2
    assert sweep() == 2
    assert sweep() == 0

    first, second, edit, today, *_, swept = log_of(made)
    for row in (first, second, edit):
        assert (row.body, row.key_id, row.tokens) == (None, None, None)
    assert first.pinned_at is None
    assert today.body is not None
    assert (swept.kind, swept.target) == ("swept", 2)
    assert texts(ana, made) == [None, None, "today"]
    assert lines(ana, made)[0].words == GONE["disappeared"]
    detail = {"count": 2, "drafts": 0, "days": 30}
    assert only("messages_deleted").detail == detail
    assert reach(made, 30).messages == 0


def test_the_key_of_a_month_goes_when_all_of_the_month_has_gone(
    dana: Clinician, ana: Clinician, sweep: Sweep
) -> None:
    made = old_circle(dana, ana)
    rows = [entry_of(row) for row in log_of(made)[:2]]
    key_id = rows[0].key_id
    assert key_id is not None
    assert open_body(rows[0], keys_of(rows)) == "canary"
    keep_for(made, 30, by=her(dana))
    assert wrapped(made) == 2

    sweep()

    assert wrapped(made) == 1
    assert DestroyedKey.objects.filter(key_id=key_id).exists()
    # As a restored dump has them, with the destruction replayed on its keystore.
    keys = keys_of(rows)
    assert [open_body(row, keys) for row in rows] == [None, None]
    [event] = Event.objects.filter(verb="keys.destroyed")
    assert event.detail["keys"] == 1
    assert texts(ana, made)[-1] == "today"


def test_a_key_stays_while_something_of_its_month_is_kept(
    circle: Conversation, dana: Clinician, ana: Clinician, sweep: Sweep
) -> None:
    say(ana, circle, "long ago")
    say(ana, circle, "of the same key, but of today")
    age(circle, 100, 1)
    keep_for(circle, 30, by=her(dana))

    assert sweep() == 1

    assert wrapped(circle) == 1


def test_what_is_sent_later_is_sealed_anew_and_keeps_no_key(
    dana: Clinician, ana: Clinician, sweep: Sweep
) -> None:
    made = old_circle(dana, ana)
    row = schedule(ana, made, "in half a year")
    month = timezone.now().date() - timedelta(days=100)
    key = data_keys.key_for(scope_of(made.public_id), month)
    seal_scheduled(row, "in half a year", key)
    row.save()
    keep_for(made, 30, by=her(dana))

    sweep()

    assert wrapped(made) == 1
    assert [one.text for one in scheduled_by(ana)] == ["in half a year"]


def test_drafts_of_that_age_go_too(
    circle: Conversation, dana: Clinician, ana: Clinician, sweep: Sweep
) -> None:
    save_draft(circle, "begun", by=her(ana))
    save_draft(circle, "begun today", by=her(dana))
    long_ago = timezone.now() - timedelta(days=31)
    Draft.objects.filter(membership__clinician=ana).update(saved_at=long_ago)
    keep_for(circle, 30, by=her(dana))

    sweep()

    assert [row.membership.clinician for row in Draft.objects.all()] == [dana]
    assert only("messages_deleted").detail["drafts"] == 1


def test_many_go_some_at_a_time(
    dana: Clinician, ana: Clinician, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 1)
    made = old_circle(dana, ana)
    keep_for(made, 30, by=her(dana))

    task()

    assert Message.objects.filter(kind="swept").count() == 2
    assert texts(ana, made) == [None, None, "today"]


def test_the_page_shows_what_would_go_before_it_is_decided(
    dana: Clinician, ana: Clinician
) -> None:
    made = old_circle(dana, ana)
    address = f"{made.get_absolute_url()}keeping/"
    browser = signed_in(dana)

    html = browser.get(f"{address}?days=30").content.decode()
    assert "2 messages will go within the hour." in html
    made.refresh_from_db()
    assert made.keep_days is None
    assert (
        "Nothing that is here now"
        in browser.get(f"{address}?days=365").content.decode()
    )

    assert browser.post(address, {"days": 30}).status_code == 302
    made.refresh_from_db()
    assert made.keep_days == 30
    assert "after 30 days" in browser.get(address).content.decode()
    assert browser.post(address, {"days": 31}).status_code == 422


def test_of_two_the_page_says_that_the_other_keeps_longer(
    ana: Clinician, ben: Clinician
) -> None:
    direct = a_direct(ana, ben)

    html = signed_in(ana).get(f"{direct.get_absolute_url()}keeping/?days=30")

    assert "The other of you keeps messages longer" in html.content.decode()


def test_a_member_sees_what_holds_and_an_outsider_nothing(
    circle: Conversation, ana: Clinician, cleo: Clinician
) -> None:
    address = f"{circle.get_absolute_url()}keeping/"
    html = signed_in(ana).get(address).content.decode()
    assert "Whoever leads the conversation decides" in html
    assert "See what would go" not in html
    about = signed_in(ana).get(f"{circle.get_absolute_url()}about/").content.decode()
    assert "How long messages are kept" in about

    assert signed_in(ana).post(address, {"days": 30}).status_code in (403, 404)
    assert signed_in(cleo).get(address).status_code == 404
    assert signed_in(cleo).post(address, {"days": 30}).status_code == 404
    circle.refresh_from_db()
    assert circle.keep_days is None
