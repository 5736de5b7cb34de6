"""Clocks: rows that ring once, however late."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from network.activity.models import Event, Notification
from network.clinicians.models import Clinician
from referrals import tasks
from referrals.actions import answering, arriving, choosing, drafting, ending
from referrals.machine.clocks import answer_due, business_days_after
from referrals.models import Referral, Timer
from tests.among.people import an_associate, guided
from tests.messaging.saying import her
from tests.referrals.story import (
    a_draft,
    accepted,
    begun,
    by,
    click,
    offer_to,
    opened,
    sent,
)

YORK = ZoneInfo("America/New_York")
FRIDAY = datetime(2026, 11, 20, 16, 30, tzinfo=YORK)
SATURDAY = FRIDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        (FRIDAY, 2, datetime(2026, 11, 24, 16, 30, tzinfo=YORK)),
        (SATURDAY, 2, datetime(2026, 11, 25, 9, tzinfo=YORK)),
        (FRIDAY, 5, datetime(2026, 11, 27, 16, 30, tzinfo=YORK)),
        # The clocks go back on the first of November: the hour stays.
        (
            datetime(2026, 10, 30, 10, tzinfo=YORK),
            1,
            datetime(2026, 11, 2, 10, tzinfo=YORK),
        ),
    ],
)
def test_business_days_end_at_the_same_hour(
    since: datetime, days: int, due: datetime
) -> None:
    assert business_days_after(since.astimezone(UTC), days, YORK) == due


def test_the_urgent_waits_for_no_business_day() -> None:
    due = answer_due("urgent", SATURDAY, YORK, by=None)

    assert due == SATURDAY + timedelta(hours=4)


def test_the_planned_is_due_by_its_day() -> None:
    due = answer_due("planned", FRIDAY, YORK, by=date(2026, 11, 25))

    assert due == datetime(2026, 11, 25, 9, tzinfo=YORK)
    assert answer_due("planned", FRIDAY, YORK, by=date(2026, 11, 1)) == FRIDAY


pytest_db = pytest.mark.django_db


def told(person: Clinician, verb: str) -> int:
    rows = Notification.objects.visible_to(her(person))
    return rows.filter(event__verb=verb).count()


def ring_after(days: float) -> int:
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        return int(tasks.ring_clocks())


@pytest_db
def test_who_does_not_answer_is_reminded_and_then_the_next_is_asked(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar, mode="sequential", urgency="urgent")
    assert ring_after(0.1) == 0

    ring_after(4.1 / 24)
    assert (told(rosa, "offer.reminded"), told(ana, "offer.reminded")) == (1, 1)
    ring_after(8.1 / 24)

    assert offer_to(rosa, one).state == "expired"
    assert told(omar, "offer.sent") == 1
    assert told(ana, "offer.expired") == 1


@pytest_db
def test_a_worker_that_was_away_for_a_day_rings_each_once(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar, urgency="urgent")
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        rang = tasks.ring_clocks()
        assert tasks.ring_clocks() == 0

    assert rang == 4
    one.refresh_from_db()
    assert one.state == "ready"
    for person in (rosa, omar):
        assert told(person, "offer.expired") == 1
        assert told(person, "offer.reminded") == 0  # of what has ended already


@pytest_db
def test_who_is_warned_late_has_as_long_as_was_promised(
    ana: Clinician, rosa: Clinician
) -> None:
    draft, one = begun(ana), sent(ana, rosa, mode="sender_choice")
    accepted(rosa, one)
    ring_after(40)  # the worker was away for days and days

    one.refresh_from_db()
    assert told(ana, "referral.end_neared") == 2
    assert one.state != "expired"
    assert Referral.objects.filter(pk=draft.pk).exists()
    ring_after(42.5)
    assert not Referral.objects.filter(pk=draft.pk).exists()
    ring_after(43.5)
    one.refresh_from_db()
    assert one.state == "expired"
    assert told(ana, "referral.end_neared") == 2


@pytest_db
def test_what_an_associate_accepted_the_supervisor_is_reminded_of(
    ana: Clinician, rosa: Clinician
) -> None:
    ida = an_associate("Ida Lark")
    guided(ida, rosa)
    one = sent(ana, ida, urgency="urgent")
    accepted(ida, one)

    ring_after(4.1 / 24)

    assert offer_to(ida, one).state == "confirming"
    reminded = [told(person, "offer.reminded") for person in (ana, rosa, ida)]
    assert reminded == [1, 1, 0]


@pytest_db
def test_a_draft_goes_after_a_fortnight_untouched_with_a_warning(
    ana: Clinician,
) -> None:
    one, other = begun(ana), begun(ana)
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        drafting.edit_referral(other, a_draft(), by=by(ana), click=click(other))
    ring_after(12.1)
    assert told(ana, "referral.end_neared") == 1
    ring_after(14.1)

    assert list(Referral.objects.values_list("pk", flat=True)) == [other.pk]
    assert Event.objects.filter(verb="referral.purged", subject_id=str(one.pk)).exists()
    assert Event.objects.filter(verb="keys.destroyed").count() == 1


@pytest_db
def test_a_draft_that_colleagues_have_seen_is_kept(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    ending.redirect_referral(one, by=by(ana), click=click(one))
    drafting.edit_referral(one, a_draft(), by=by(ana), click=click(one))

    ring_after(14.1)

    one.refresh_from_db()
    assert one.state == "draft"
    assert told(ana, "referral.turn_reminded") == 1


@pytest_db
def test_nobody_was_chosen_in_time(ana: Clinician, rosa: Clinician) -> None:
    one = sent(ana, rosa, mode="sender_choice")
    offer = accepted(rosa, one)
    ring_after(6)
    one.refresh_from_db()
    assert (one.state, told(ana, "referral.deadline_passed")) == ("open", 1)

    choosing.reconfirm_acceptance(offer, by=by(rosa), click=click(offer))
    one.refresh_from_db()
    assert one.state == "choosing"
    ring_after(20)

    one.refresh_from_db()
    assert (offer_to(rosa, one).state, one.state) == ("lapsed", "ready")
    assert offer_to(rosa, one).holds is False


@pytest_db
def test_a_place_on_a_list_lapses_when_twice_nobody_says_it_is_kept(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    offer = opened(rosa, one)
    day = timezone.localdate() + timedelta(days=40)
    answering.offer_waitlist(offer, day, by=by(rosa), click=click(offer))
    choosing.join_waitlist(offer, by=by(ana), click=click(offer))
    ring_after(31)
    assert told(rosa, "offer.reminded") == 1
    choosing.reconfirm_waitlist(offer, by=by(rosa), click=click(offer))

    for days in (32, 63, 94):
        assert offer_to(rosa, one).state == "waitlisted"
        ring_after(days)

    one.refresh_from_db()
    assert (offer_to(rosa, one).state, one.state) == ("lapsed", "ready")


@pytest_db
def test_it_expires_and_the_sender_was_told_before(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa, urgency="planned", planned_on=date(2099, 1, 1))
    ring_after(27.5)
    assert told(ana, "referral.end_neared") == 1
    ring_after(30.5)

    one.refresh_from_db()
    assert (one.state, one.turn) == ("expired", "nobody")
    ring_after(61)
    assert Event.objects.filter(verb="referral.forgotten").count() == 1
    assert Event.objects.filter(verb="keys.destroyed").count() == 1


@pytest_db
def test_after_30_and_90_days_it_is_asked_whether_it_held(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    accepted(rosa, one)
    arriving.self_contact(one, by=by(ana), click=click(one))
    arriving.book(one, timezone.now(), by=by(rosa), click=click(one))
    arriving.note_attended(one, by=by(rosa), click=click(one))
    arriving.confirm_engaged(one, by=by(rosa), click=click(one))
    for days in (31, 91):
        ring_after(days)
        ending.check_back(one, "yes", by=by(ana), click=click(one))

    one.refresh_from_db()
    assert (one.held, one.asked_back) == ({"30": "yes", "90": "yes"}, None)


@pytest_db
def test_she_whose_turn_it_is_is_reminded_until_she_has_done_it(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    accepted(rosa, one)
    for days in (6, 12, 18):
        ring_after(days)

    assert told(ana, "referral.turn_reminded") == 3
    assert one.timers.running().count() == 1


@pytest_db
def test_while_it_is_paused_no_answer_is_due(ana: Clinician, rosa: Clinician) -> None:
    one = sent(ana, rosa, urgency="urgent")
    ending.pause_referral(one, by=by(ana), click=click(one))
    clocks = Timer.objects.running().values_list("clock", flat=True)
    assert list(clocks) == ["nudge"]

    ending.resume_referral(one, by=by(ana), click=click(one))
    one.refresh_from_db()
    assert one.state == "open"
    assert Timer.objects.running().filter(clock="expire_offer").exists()


@pytest_db
def test_who_was_asked_of_late_is_counted(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    for people in ([rosa, omar], [rosa]):
        sent(ana, *people)

    assert tasks.count_recent_offers() == 2
    rosa.refresh_from_db()
    assert rosa.recent_offers == 2
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert tasks.count_recent_offers() == 2
        assert tasks.count_recent_offers() == 0
