"""When something shall happen, by the clock of whoever chooses it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from messaging.forms.moment import PAST, TOO_FAR, WHEN, MomentForm, moment_of
from messaging.moments import lasting

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("choice", "now", "then"),
    [
        ("hour", "2026-03-07 23:30", "2026-03-08 00:30"),
        ("morning", "2026-03-07 12:00", "2026-03-08 08:00"),  # the clocks change
        ("morning", "2026-12-31 23:59", "2027-01-01 08:00"),
        ("morning", "2026-11-25 00:01", "2026-11-26 08:00"),
        ("monday", "2026-11-29 23:00", "2026-11-30 08:00"),  # a Sunday
        ("monday", "2026-11-30 07:00", "2026-12-07 08:00"),  # a Monday
        ("monday", "2028-02-26 12:00", "2028-02-28 08:00"),
    ],
)
def test_a_moment_is_one_of_her_own_clock(choice: str, now: str, then: str) -> None:
    began = datetime.fromisoformat(now).replace(tzinfo=NEW_YORK)
    expected = datetime.fromisoformat(then).replace(tzinfo=NEW_YORK)

    with timezone.override(NEW_YORK):
        assert moment_of(choice, began.astimezone(UTC)) == expected


def test_a_day_and_an_hour_may_be_named() -> None:
    at = timezone.now().replace(second=0, microsecond=0) + timedelta(days=3)
    typed = at.astimezone(NEW_YORK).strftime("%Y-%m-%dT%H:%M")

    with timezone.override(NEW_YORK):
        form = MomentForm({"when": "at", "at": typed})
        assert form.is_valid(), form.errors

    assert form.cleaned_data["moment"] == at


@pytest.mark.parametrize(
    ("at", "said"),
    [("", WHEN), ("2020-01-01T08:00", PAST), ("2999-01-01T08:00", TOO_FAR)],
)
def test_a_time_that_cannot_be_is_said_at_its_field(at: str, said: str) -> None:
    form = MomentForm({"when": "at", "at": at})

    assert form.errors == {"at": [said]}


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (60, "1 minute"),
        (3 * 3600, "3 hours"),
        (36 * 3600, "1 day 12 hours"),
        (7 * 24 * 3600 + 61, "7 days 1 minute 1 second"),
    ],
)
def test_a_span_is_said_to_the_second(seconds: int, said: str) -> None:
    assert lasting(seconds) == said


def test_an_hour_that_the_clocks_leave_out_is_said_at_its_field() -> None:
    with timezone.override(NEW_YORK):
        form = MomentForm({"when": "at", "at": "2027-03-14T02:30"})
        assert list(form.errors) == ["at"]
