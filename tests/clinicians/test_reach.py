"""Where a clinician may treat a client, on which day, and why."""

from datetime import date
from typing import Any

import pytest

from network.accounts.models import User
from network.clinicians.jurisdictions import compacts, operational
from network.clinicians.reach import Reach, reach
from tests.clinicians.lines import one_imported

GA_JOINS = date(2026, 6, 2)
TODAY = date(2026, 11, 20)
pytestmark = pytest.mark.django_db


def licence(state: str, expires: str | None = None) -> dict[str, Any]:
    return {"state": state, "type": "L", "number": "1", "expires": expires}


def privilege(compact: str, home: str, *where: str, **dates: str) -> dict[str, Any]:
    return {
        "compact": compact,
        "home_state": home,
        "jurisdictions": list(where) or ["*"],
        "from": "2024-07-01",
        "to": "2027-06-30",
        **dates,
    }


def reach_of(
    staff: User | None, on: date, licences: list[object], compacts: list[object]
) -> Reach:
    person = one_imported(staff, licences=licences, compacts=compacts, verified=True)
    return reach(person, on)


@pytest.mark.parametrize(
    ("day", "states"),
    [
        (date(2025, 9, 29), {"AZ"}),
        (date(2025, 9, 30), {"AZ", "MN"}),
        (date(2026, 6, 1), {"AZ", "MN", "OH", "LA"}),
        (GA_JOINS, {"AZ", "MN", "OH", "LA", "GA"}),
        (date(2026, 6, 8), {"AZ", "MN", "OH", "LA", "GA", "IN"}),
        (date(2027, 6, 30), {"AZ", "MN", "OH", "LA", "GA", "IN"}),
        (date(2027, 7, 1), {"AZ"}),
    ],
)
def test_a_counselling_privilege_follows_the_states_as_they_go_live(
    staff: User, day: date, states: set[str]
) -> None:
    found = reach_of(staff, day, [licence("AZ")], [privilege("counseling", "AZ")])
    assert found.telehealth == states
    assert found.in_person == {"AZ"}


def test_enacted_is_not_yet_operational(staff: User) -> None:
    found = reach_of(
        staff, TODAY, [licence("MO")], [privilege("social-work", "MO", "KS")]
    )
    assert found.telehealth == {"MO"}
    assert operational("social-work", TODAY) == frozenset()


@pytest.mark.parametrize(
    ("licences", "privileges", "telehealth"),
    [
        ([], [], set()),
        ([licence("NY")], [], {"NY"}),
        ([licence("NY", "2026-11-20")], [], {"NY"}),
        ([licence("NY", "2026-11-19")], [], set()),
        ([licence("PA")], [privilege("psypact-apit", "PA", "NJ")], {"PA", "NJ"}),
        # New York is in no compact, whatever a privilege says.
        ([licence("NY")], [privilege("psypact-apit", "NY")], {"NY"}),
        ([licence("PA")], [privilege("psypact-apit", "PA", "NY")], {"PA"}),
        # The home licence carries the privilege.
        ([], [privilege("psypact-apit", "PA", "NJ")], set()),
        (
            [licence("PA", "2026-01-01")],
            [privilege("psypact-apit", "PA", "NJ")],
            set(),
        ),
        # Not yet, no longer, and who knows until when.
        (
            [licence("PA")],
            [privilege("psypact-apit", "PA", "NJ", **{"from": "2026-11-21"})],
            {"PA"},
        ),
        (
            [licence("PA")],
            [privilege("psypact-apit", "PA", "NJ", to="2026-11-19")],
            {"PA"},
        ),
        (
            [licence("PA")],
            [{**privilege("psypact-apit", "PA", "NJ"), "to": None}],
            {"PA"},
        ),
    ],
)
def test_telehealth_needs_a_licence_or_an_operative_privilege(
    staff: User,
    licences: list[object],
    privileges: list[object],
    telehealth: set[str],
) -> None:
    assert reach_of(staff, TODAY, licences, privileges).telehealth == telehealth


def test_visits_in_person_under_a_compact_are_told_apart(staff: User) -> None:
    found = reach_of(
        staff, TODAY, [licence("PA")], [privilege("psypact-tap", "PA", "NJ")]
    )
    assert found.telehealth == found.in_person == {"PA"}
    assert found.temporary == {"NJ"}


def test_what_nobody_verified_does_not_count() -> None:
    found = reach_of(
        None, TODAY, [licence("PA")], [privilege("psypact-apit", "PA", "NJ")]
    )
    assert found.telehealth == frozenset()


def test_reach_says_why_and_when_it_changes(staff: User) -> None:
    found = reach_of(
        staff,
        date(2026, 6, 1),
        [licence("AZ", "2028-01-31")],
        [privilege("counseling", "AZ", "GA", "OH")],
    )
    assert found.why["AZ"] == "AZ L licence, until 31 January 2028"
    assert found.why["OH"] == "Counseling Compact from AZ, until 30 June 2027"
    assert found.as_of == date(2026, 6, 1)
    assert found.changes_on == GA_JOINS


def test_reach_without_an_end_in_sight_never_changes(staff: User) -> None:
    assert reach_of(staff, TODAY, [licence("NY")], []).changes_on is None


def test_every_membership_says_where_it_is_from() -> None:
    members = [m for compact in compacts().values() for m in compact.members.values()]
    assert all(member.source and member.checked_on for member in members)
    assert len(compacts()["psypact-apit"].members) == 42
