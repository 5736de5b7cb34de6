"""The week ahead: everything that is due, on its day, by the clock of its reader."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from icalendar import Calendar

from home.week.days import days_of
from home.week.span import Span
from network.activity.preferences.actions import choose_time_zone
from network.clinicians.models import Clinician
from referrals.actions import arriving
from referrals.models import Referral
from tests.among.people import an_associate, guided
from tests.clients.people import a_client, a_consent, signed
from tests.conftest import signed_in
from tests.factories import a_colleague
from tests.messaging.saying import her
from tests.referrals.story import WORDS, accepted, by, click, offer_to, sent

pytestmark = pytest.mark.django_db
YORK = ZoneInfo("America/New_York")
MONDAY = datetime(2026, 11, 23, 10, tzinfo=YORK)
FRIDAY_LATE = datetime(2026, 11, 27, 23, 30, tzinfo=YORK)


@pytest.fixture
def rosa(db: None) -> Clinician:
    return a_colleague("Rosa Wren")


def booked(ana: Clinician, rosa: Clinician, at: datetime) -> Referral:
    one = sent(ana, rosa)
    accepted(rosa, one)
    arriving.self_contact(one, by=by(ana), click=click(one))
    arriving.book(one, at, by=by(rosa), click=click(one))
    one.refresh_from_db()
    return one


def told(me: Clinician, span: Span | None = None) -> list[tuple[date, str, str]]:
    days = days_of(me, span or Span.of_today())
    return [(day.date, one.what, one.about) for day in days for one in day.entries]


def week(me: Clinician, address: str = "/week/") -> str:
    answer = signed_in(me).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_due_stands_on_its_day(ana: Clinician, rosa: Clinician) -> None:
    with time_machine.travel(MONDAY, tick=False), timezone.override(YORK):
        one = sent(ana, rosa, urgency="soon")
        handle = one.client.handle
        other = booked(ana, rosa, FRIDAY_LATE)
        wednesday, friday = date(2026, 11, 25), date(2026, 11, 27)

        assert (wednesday, "An answer is due from Rosa Wren", handle) in told(ana)
        assert (wednesday, "Answer it", handle) in told(rosa)
        assert (friday, "It ends without your answer", handle) in told(rosa)
        for person in (ana, rosa):
            assert (friday, "First session", other.client.handle) in told(person)


def test_while_a_supervisor_is_awaited_it_is_due_from_her(
    ana: Clinician, rosa: Clinician
) -> None:
    with time_machine.travel(MONDAY, tick=False), timezone.override(YORK):
        ida = an_associate("Ida Lark")
        guided(ida, rosa)
        one = sent(ana, ida, urgency="soon")
        accepted(ida, one)
        assert offer_to(ida, one).state == "confirming"
        day, handle = date(2026, 11, 25), one.client.handle

        assert (day, "Confirm what Ida Lark accepted", handle) in told(rosa)
        assert (day, "Your supervisor’s word is due", handle) in told(ida)
        assert "Answer it" not in {what for _, what, _ in told(ida)}


def test_what_ends_by_itself_is_told_before(ana: Clinician, rosa: Clinician) -> None:
    with time_machine.travel(MONDAY, tick=False), timezone.override(YORK):
        client, day = a_client(ana), date(2026, 11, 26)
        signed(a_consent(client, rosa, expires_on=day))
        rosa.licences.update(expires_on=day)
        rosa.openings.update(confirmed_on=day - timedelta(days=14))

        assert told(ana) == [(day, "The consent for Rosa Wren ends", client.handle)]
        assert told(rosa) == [
            (day, "Confirm your openings", ""),
            (day, "Your licence for New York ends", ""),
        ]
        rosa.openings.update(confirmed_on=day - timedelta(days=22))
        unless = "Your openings count as unknown, unless you confirm them"
        assert (day, unless, "") in told(Clinician.objects.get(pk=rosa.pk))


def test_the_day_is_that_of_the_readers_clock(ana: Clinician, rosa: Clinician) -> None:
    with time_machine.travel(MONDAY, tick=False):
        booked(ana, rosa, FRIDAY_LATE)
        for zone, day in (("America/New_York", 27), ("Europe/Berlin", 28)):
            with timezone.override(ZoneInfo(zone)):
                assert [
                    one[0].day for one in told(ana) if one[1] == "First session"
                ] == [day]


def test_a_week_is_whole_over_a_change_of_the_clocks() -> None:
    with timezone.override(YORK):
        span = Span(date(2026, 10, 26))

    assert span.until - span.since == timedelta(days=7)
    assert span.until.astimezone(UTC).hour - span.since.astimezone(UTC).hour == 1


def test_the_page_leads_to_other_weeks_and_marks_today(
    ana: Clinician, rosa: Clinician, finn: Clinician
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        one = booked(ana, rosa, FRIDAY_LATE)
        page = week(ana)
        assert one.client.handle in page
        assert "Today</span>" in page
        assert 'href="/week/2026/49/"' in page
        assert WORDS not in page
        assert one.client.handle not in week(ana, "/week/2026/49/")
        assert "Nothing is due in this week." in week(ana, "/week/2026/49/")
        assert signed_in(finn).get("/week/").status_code == 403
        for wrong in ("/week/2026/54/", "/week/1/1/", "/week/9999/52/"):
            assert signed_in(ana).get(wrong).status_code == 404


def test_an_outsider_finds_an_empty_week(
    ana: Clinician, rosa: Clinician, cleo: Clinician
) -> None:
    one = booked(ana, rosa, timezone.now() + timedelta(hours=1))

    assert one.client.handle not in week(cleo)
    file = f"{one.get_absolute_url()}first-session.ics"
    assert signed_in(cleo).get(file).status_code == 404
    assert signed_in(cleo).post(file).status_code == 405


def test_a_calendar_gets_the_hour_and_nothing_of_whom(
    ana: Clinician, rosa: Clinician
) -> None:
    at = timezone.now() + timedelta(days=2)
    one = booked(ana, rosa, at)
    file = f"{one.get_absolute_url()}first-session.ics"
    ids = set()
    for person, free in ((ana, "TRANSPARENT"), (rosa, "OPAQUE")):
        answer = signed_in(person).get(file)
        assert answer["Content-Type"] == "text/calendar"
        for word in (one.client.handle, "Rosa", "Ana", str(one.public_id), "Transfer"):
            assert word not in answer.content.decode()
        [event] = Calendar.from_ical(answer.content).walk("VEVENT")
        assert event["SUMMARY"] == "First session (Consilium)"
        assert event.decoded("DTSTART") == at.replace(microsecond=0)
        assert event["TRANSP"] == free
        ids.add(str(event["UID"]))
    assert len(ids) == 2


def test_a_later_file_moves_the_session_and_there_is_none_when_it_is_off(
    ana: Clinician, rosa: Clinician
) -> None:
    one = booked(ana, rosa, timezone.now() + timedelta(days=2))
    file, rosas = f"{one.get_absolute_url()}first-session.ics", signed_in(rosa)

    def event() -> dict[str, object]:
        [found] = Calendar.from_ical(rosas.get(file).content).walk("VEVENT")
        return {name: str(found[name]) for name in ("UID", "SEQUENCE")}

    first = event()
    later = timezone.now() + timedelta(days=3)
    arriving.reschedule(one, later, by=by(rosa), click=click(one))
    second = event()
    assert first["UID"] == second["UID"]
    assert int(str(second["SEQUENCE"])) > int(str(first["SEQUENCE"]))

    arriving.cancel_appointment(one, by=by(rosa), click=click(one))
    assert rosas.get(file).status_code == 404
    assert offer_to(rosa, one).state == "selected"


def test_her_own_zone_stands_on_the_page(ana: Clinician) -> None:
    choose_time_zone(her(ana), "Europe/Berlin")

    assert "Europe/Berlin" in week(ana)
