"""An associate is found under a supervisor who counts, within her limits."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from network.accounts.models import User
from network.activity.models import Event, Notification
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.actions.licences import LicenceClaim, claim_licences
from network.clinicians.actions.membership import reinstate_member, suspend_member
from network.clinicians.actions.supervision import (
    Limits,
    ask_supervision,
    confirm_supervision,
    end_supervision,
    limit_supervision,
)
from network.clinicians.matching import Need, match
from network.clinicians.matching.listing import drifted
from network.clinicians.models import Clinician, Supervision
from network.clinicians.supervision.machine import STEPS
from network.clinicians.supervision.permissions import allowed, allowed_between
from network.clinicians.tasks import rebuild_every_listing
from tests.among.people import an_associate, guided, on, user_of
from tests.architecture.sources import ROOT
from tests.factories import FAR_AWAY, a_colleague

pytestmark = pytest.mark.django_db


def found(searcher: Clinician, **need: Any) -> set[str]:
    answer = match(Need.model_validate(need), searcher=searcher)
    return {one.name for one in answer.results}


def told(person: Clinician) -> list[str]:
    mine = Notification.objects.filter(person=person.user).order_by("pk")
    return [one.event.verb for one in mine.select_related("event")]


def verbs(supervision: Supervision) -> list[str]:
    return [event.verb for event in Event.objects.about(supervision)]


TABLE = [
    ("asked", "supervisor", {"confirm", "decline"}),
    ("asked", "associate", {"withdraw"}),
    ("asked", "cleo", set()),
    ("asked", "finn", set()),
    ("asked", "staff", set()),
    ("confirmed", "supervisor", {"limit", "end"}),
    ("confirmed", "associate", {"end"}),
    ("confirmed", "cleo", set()),
    ("confirmed", "finn", set()),
    ("confirmed", "staff", set()),
    ("ended", "supervisor", set()),
    ("ended", "associate", set()),
    ("ended", "cleo", set()),
]


@pytest.mark.parametrize(("state", "who", "may"), TABLE)
def test_who_may_do_what(
    state: str, who: str, may: set[str], request: pytest.FixtureRequest
) -> None:
    supervisor = a_colleague("Lark Senior")
    supervision = ask_supervision(
        associate := an_associate(), supervisor, by=user_of(associate)
    )
    Supervision.objects.filter(pk=supervision.pk).update(state=state)
    supervision.refresh_from_db()
    people = {"supervisor": supervisor, "associate": associate}
    person = people.get(who) or request.getfixturevalue(who)
    user = person if isinstance(person, User) else user_of(person)

    assert allowed(user, supervision) == may


def test_the_documents_have_a_row_for_every_step() -> None:
    table = (ROOT / "docs/permissions.md").read_text().partition("## Supervision")[2]
    for step in STEPS:
        assert f"| {step.verb} |" in table


ASKING = [
    ("lark", {"ask for supervision"}),
    ("unlicensed", set()),
    ("associate", set()),
    ("suspended", set()),
    ("blocked", set()),
    ("leaving", set()),
    ("herself", set()),
]


@pytest.mark.parametrize(("whom", "may"), ASKING)
def test_whom_an_associate_may_ask(
    whom: str, may: set[str], ana: Clinician, staff: User
) -> None:
    wren = an_associate()
    lark = a_colleague("Lark Senior")
    her = user_of(lark)
    asked = {"unlicensed": ana, "associate": an_associate("Other"), "herself": wren}
    if whom == "suspended":
        suspend_member(lark, by=staff, why="complaint")
    if whom == "blocked":
        block_colleague(lark, wren, by=her)
    if whom == "leaving":
        User.objects.filter(pk=her.pk).update(is_active=False)
    supervisor = Clinician.objects.get(pk=asked.get(whom, lark).pk)

    assert allowed_between(user_of(wren), wren, supervisor) == may
    if not may:
        with pytest.raises(PermissionDenied):
            ask_supervision(wren, supervisor, by=user_of(wren))


def test_the_independent_and_the_unverified_ask_nobody(finn: Clinician) -> None:
    lark, other = a_colleague("Lark Senior"), a_colleague("Other Senior")
    Clinician.objects.filter(pk=finn.pk).update(stage="associate")
    finn.refresh_from_db()

    assert allowed_between(user_of(other), other, lark) == set()
    assert allowed_between(user_of(finn), finn, lark) == set()


def test_nobody_supervises_her_own_supervisor() -> None:
    lark, wren = a_colleague("Lark Senior"), an_associate()
    guided(wren, lark)
    Clinician.objects.filter(pk=lark.pk).update(stage="associate")
    Clinician.objects.filter(pk=wren.pk).update(stage="independent")
    lark.refresh_from_db()
    wren.refresh_from_db()

    assert allowed_between(user_of(lark), lark, wren) == set()


def test_asked_confirmed_and_ended_each_is_told_and_recorded(ana: Clinician) -> None:
    lark, wren = a_colleague("Lark Senior"), an_associate()
    assert found(ana) == {"Lark Senior"}

    supervision = ask_supervision(wren, lark, by=user_of(wren))
    assert told(lark)[-1] == "supervision.asked"
    assert found(ana) == {"Lark Senior"}

    confirm_supervision(supervision, Limits(), by=user_of(lark))
    assert told(wren)[-1] == "supervision.confirmed"
    assert found(ana) == {"Lark Senior", "Wren Junior"}

    limit_supervision(supervision, Limits(acuity_max=1), by=user_of(lark))
    assert told(wren)[-1] == "supervision.limited"

    end_supervision(supervision, "end", by=user_of(wren))
    assert told(lark)[-1] == "supervision.ended"
    assert found(ana) == {"Lark Senior"}
    assert verbs(supervision) == [
        "supervision.asked",
        "supervision.confirmed",
        "supervision.limited",
        "supervision.ended",
    ]


@pytest.mark.parametrize(("verb", "by"), [("decline", "lark"), ("withdraw", "wren")])
def test_a_request_that_came_to_nothing_leaves_room_for_another(
    verb: str, by: str
) -> None:
    lark, wren = a_colleague("Lark Senior"), an_associate()
    supervision = ask_supervision(wren, lark, by=user_of(wren))
    person = {"lark": lark, "wren": wren}[by]

    end_supervision(supervision, verb, by=user_of(person))

    with pytest.raises(PermissionDenied):
        confirm_supervision(supervision, Limits(), by=user_of(lark))
    again = ask_supervision(wren, lark, by=user_of(wren))
    assert again.pk != supervision.pk


def test_who_lost_her_licence_meanwhile_does_not_confirm() -> None:
    lark, wren = a_colleague("Lark Senior"), an_associate()
    supervision = ask_supervision(wren, lark, by=user_of(wren))
    claim_licences(lark, [], by=user_of(lark))

    assert allowed(user_of(lark), supervision) == {"decline"}
    with pytest.raises(PermissionDenied):
        confirm_supervision(supervision, Limits(), by=user_of(lark))


def test_the_limits_narrow_what_is_found(ana: Clinician) -> None:
    wren = an_associate()
    limits = Limits(acuity_max=1, refused_ages=["teen"], refused_risks=["nssi"])
    guided(wren, a_colleague("Lark Senior"), limits)
    both = {"Lark Senior", "Wren Junior"}

    assert found(ana, acuity={"level": 1, "wish": "must"}) == both
    assert found(ana, acuity={"level": 2, "wish": "must"}) == {"Lark Senior"}
    assert found(ana, age_group={"term": "teen"}) == {"Lark Senior"}
    assert found(ana, age_group={"term": "adult"}) == both
    assert found(ana, risk=[{"term": "nssi"}]) == {"Lark Senior"}
    assert found(ana, risk=[{"term": "nssi", "wish": "avoid"}]) == both
    [card] = [
        one.card
        for one in match(Need(), searcher=ana).results
        if one.name == "Wren Junior"
    ]
    assert card["acuity"] == [0, 1]


def test_limits_that_leave_nothing_take_her_out(ana: Clinician) -> None:
    wren = an_associate()
    Clinician.objects.filter(pk=wren.pk).update(acuity_min=2, acuity_max=3)

    guided(wren, a_colleague("Lark Senior"), Limits(acuity_max=1))

    assert found(ana) == {"Lark Senior"}


def test_a_supervisor_who_is_suspended_takes_her_along_at_once(
    ana: Clinician, staff: User
) -> None:
    lark, wren = a_colleague("Lark Senior"), an_associate()
    guided(wren, lark)

    suspend_member(lark, by=staff, why="complaint")
    assert found(ana) == set()

    reinstate_member(lark, by=staff, why="complaint")
    assert found(ana) == {"Lark Senior", "Wren Junior"}
    assert list(drifted([lark.pk, wren.pk], localdate())) == []


def test_a_supervisor_whose_licence_changes_takes_her_along_at_once(
    ana: Clinician,
) -> None:
    lark = a_colleague("Lark Senior")
    guided(an_associate(), lark)

    claim_licences(lark, [LicenceClaim("NJ", "PhD", "2", FAR_AWAY)], by=user_of(lark))

    assert found(ana) == set()


def test_a_supervisors_licence_that_ends_tonight_is_missed_tomorrow(
    ana: Clinician,
) -> None:
    with on(date(2026, 6, 1)):
        lark = a_colleague("Lark Senior", expires_on=date(2026, 6, 1))
        guided(an_associate(), lark)
        assert found(ana) == {"Lark Senior", "Wren Junior"}
    with on(date(2026, 6, 2)):
        assert found(ana) == set()
        rebuild_every_listing()
        assert found(ana) == set()
    with on(date(2026, 6, 1)):
        rebuild_every_listing()
        assert found(ana) == {"Lark Senior", "Wren Junior"}


def test_an_associate_is_found_no_longer_than_her_supervisors_licence_lasts() -> None:
    last = localdate() + timedelta(days=20)
    wren = an_associate()
    guided(wren, a_colleague("Lark Senior", expires_on=last))
    wren.refresh_from_db()

    assert date.fromordinal(wren.listing.good_until) == last
