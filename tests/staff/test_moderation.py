"""From a report to a suspension that two persons want, and to the appeal."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.accounts.models import User
from network.accounts.roles import Role
from network.activity.models import Event, Notification
from network.clinicians.actions.reports import (
    MOST_A_DAY,
    lift_suspension,
    move_inquiry,
    report_profile,
    suspend_at_once,
)
from network.clinicians.events import ClinicianEvent, InquiryEvent
from network.clinicians.models import Clinician, Inquiry, Report
from network.clinicians.moderation.permissions import allowed
from network.clinicians.moderation.states import TRANSITIONS, State
from network.privacy.models import ReasonWords
from tests.clinicians.test_at_once import at_once
from tests.conftest import signed_in
from tests.factories import a_member, a_user

pytestmark = pytest.mark.django_db
SECRET = "she told me of a client by name"


@pytest.fixture
def mo(db: None) -> User:
    """A moderator, and nothing else."""
    return a_moderator("mo@consilium.example")


@pytest.fixture
def max_(db: None) -> User:
    """Another one."""
    return a_moderator("max@consilium.example")


def a_moderator(email: str) -> User:
    user = a_user(email, is_staff=True)
    user.roles = [Role.MODERATOR]
    user.save()
    return user


def a_report(of: Clinician, by: Clinician) -> Inquiry:
    assert by.user is not None
    said = {"ground": "conduct", "words": SECRET}
    return report_profile(of, reporter=by, by=by.user, **said).inquiry


def at(inquiry: Inquiry, state: str, proposed_by: User | None = None) -> Inquiry:
    fields = {"state": state, "proposed_by": proposed_by}
    Inquiry.objects.filter(pk=inquiry.pk).update(**fields)
    return Inquiry.objects.get(pk=inquiry.pk)


def told(person: Clinician | User) -> list[str]:
    user = person if isinstance(person, User) else person.user
    news = Notification.objects.filter(person=user).order_by("pk")
    return [one.event.verb for one in news]


HERS = {"appeal"}
NOT_BY_THE_PROPOSER = {"confirm the suspension", "uphold the suspension"}
Verbs = set[str]
WHO_MAY: dict[str, Callable[[Verbs], Verbs]] = {
    "a moderator": lambda verbs: verbs - HERS,
    "the proposer": lambda verbs: verbs - HERS - NOT_BY_THE_PROPOSER,
    "the reported": lambda verbs: verbs & HERS,
    "the reporter": lambda verbs: set(),
    "a moderator who reported": lambda verbs: set(),
    "a verifier": lambda verbs: set(),
    "an outsider": lambda verbs: set(),
}


@pytest.fixture
def everybody(
    ana: Clinician, ben: Clinician, cleo: Clinician, mo: User, max_: User
) -> dict[str, User]:
    verifier, judge = a_user(is_staff=True), User.objects.get(pk=_user(cleo).pk)
    verifier.roles = [Role.VERIFIER]
    judge.roles, judge.is_staff = [Role.MODERATOR], True
    people = {"a moderator": mo, "the proposer": max_, "a verifier": verifier}
    people |= {"the reported": _user(ben), "the reporter": _user(ana)}
    return people | {"a moderator who reported": judge, "an outsider": a_user()}


def _user(person: Clinician) -> User:
    assert person.user is not None
    return person.user


@pytest.mark.parametrize("who", WHO_MAY)
def test_who_may_take_which_way(
    who: str,
    everybody: dict[str, User],
    ana: Clinician,
    ben: Clinician,
    cleo: Clinician,
) -> None:
    proposer = everybody["the proposer"]
    inquiry = a_report(ben, ana)
    a_report(ben, cleo)
    for state in State:
        verbs = {verb for at_, verb in TRANSITIONS if at_ == state}
        now = at(inquiry, state, proposed_by=proposer)

        assert allowed(everybody[who], now) == WHO_MAY[who](verbs), state


def test_reports_of_one_profile_gather(
    ana: Clinician, ben: Clinician, cleo: Clinician, mo: User
) -> None:
    one = a_report(ben, ana)

    assert a_report(ben, cleo) == one
    assert a_report(ben, ana) == one
    assert Report.objects.count() == 2
    assert told(mo) == [InquiryEvent.FILED] * 2
    assert told(ben) == ["clinician.verified"]


def test_what_is_reported_is_sealed_and_in_no_event(
    ana: Clinician, ben: Clinician, mo: User
) -> None:
    from django.db import connection

    inquiry = a_report(ben, ana)

    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM clinicians_report")
        assert SECRET not in str(cursor.fetchall())
    assert SECRET not in str(list(Event.objects.about(inquiry).values()))
    assert inquiry.reports.get().words == SECRET


def test_a_suspension_needs_two_persons(
    ana: Clinician, ben: Clinician, mo: User, max_: User
) -> None:
    inquiry = a_report(ben, ana)
    move_inquiry(inquiry, "triage", by=mo)
    move_inquiry(inquiry, "propose a suspension", by=mo, ground="conduct", words="So.")
    with pytest.raises(PermissionDenied):
        move_inquiry(inquiry, "confirm the suspension", by=mo, words="So.")
    ben.refresh_from_db()
    assert ben.suspended_at is None

    move_inquiry(inquiry, "confirm the suspension", by=max_, words="Because of this.")

    ben.refresh_from_db()
    assert ben.suspended_at is not None
    assert inquiry.state == State.SUSPENDED
    assert told(ben)[-1] == ClinicianEvent.SUSPENDED
    assert told(ana)[1:] == [InquiryEvent.TRIAGED, InquiryEvent.SUSPENDED]
    event = Event.objects.about(inquiry).get(verb=InquiryEvent.SUSPENDED)
    assert event.actor_id == str(max_.public_id)
    assert event.why == "conduct"
    kept = ReasonWords.objects.get(event_id=event.public_id)
    assert kept.words == "Because of this."


def test_whoever_reported_does_not_suspend_at_once_either(
    ana: Clinician, ben: Clinician
) -> None:
    a_report(ben, ana)
    judge = _user(ana)
    judge.roles, judge.is_staff = [Role.MODERATOR], True
    judge.save()

    with pytest.raises(PermissionDenied):
        suspend_at_once(ben, by=judge, ground="conduct", words="")

    assert Clinician.objects.get(pk=ben.pk).suspended_at is None


def test_an_appeal_is_judged_by_somebody_else(
    ben: Clinician, mo: User, max_: User
) -> None:
    inquiry = suspend_at_once(ben, by=mo, ground="licence", words="None found.")
    assert ben.user is not None

    move_inquiry(inquiry, "appeal", by=ben.user, words="I have one.")
    with pytest.raises(PermissionDenied):
        move_inquiry(inquiry, "uphold the suspension", by=mo)
    move_inquiry(inquiry, "lift the suspension", by=max_)

    ben.refresh_from_db()
    assert ben.suspended_at is None
    assert inquiry.state == State.RESOLVED
    assert told(max_) == [InquiryEvent.APPEALED]
    assert told(ben)[1:] == [ClinicianEvent.SUSPENDED, ClinicianEvent.REINSTATED]


def test_lifting_a_suspension_closes_what_was_open_about_it(
    ben: Clinician, mo: User
) -> None:
    suspend_at_once(ben, by=mo, ground="licence", words="")

    lift_suspension(ben, by=mo, why="mistake", words="")

    assert ben.inquiries.get().state == State.RESOLVED
    assert not Clinician.objects.filter(suspended_at__isnull=False).exists()


def test_nobody_suspends_herself(ana: Clinician) -> None:
    assert ana.user is not None
    ana.user.roles, ana.user.is_staff = [Role.ADMINISTRATOR], True
    ana.user.save()

    with pytest.raises(PermissionDenied):
        suspend_at_once(ana, by=ana.user, ground="other", words="")


# -- Two at once ---------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_proposer_cannot_be_quick_enough_to_be_both() -> None:
    """Pressed together: the proposal, and its confirmation by the same person."""
    reported, reporter = a_member(), a_member("Other Test")
    mo = a_moderator("quick@consilium.example")
    inquiry = at(a_report(reported, reporter), State.TRIAGED)

    def press(verb: str) -> None:
        now = Inquiry.objects.select_related("clinician").get(pk=inquiry.pk)
        with suppress(PermissionDenied):
            move_inquiry(now, verb, by=mo, ground="conduct", words="So.")

    at_once(
        lambda: press("propose a suspension"),
        lambda: press("confirm the suspension"),
        lambda: press("confirm the suspension"),
    )

    assert not Clinician.objects.filter(suspended_at__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_suspend_once() -> None:
    reported, reporter = a_member(), a_member("Other Test")
    proposer, *others = (a_moderator(f"m{n}@consilium.example") for n in range(3))
    inquiry = at(a_report(reported, reporter), State.PROPOSED, proposed_by=proposer)

    def confirm(by: User) -> None:
        now = Inquiry.objects.select_related("clinician").get(pk=inquiry.pk)
        with suppress(PermissionDenied):
            move_inquiry(now, "confirm the suspension", by=by, words="So.")

    at_once(*(partial(confirm, one) for one in others))

    suspended = Event.objects.about(inquiry).filter(verb=InquiryEvent.SUSPENDED)
    assert suspended.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_report_at_once_open_one_inquiry() -> None:
    reported, *reporters = (a_member(f"Member {n}") for n in range(4))

    def report(by: Clinician) -> None:
        a_report(Clinician.objects.get(pk=reported.pk), by)

    at_once(*(partial(report, one) for one in reporters))

    assert Inquiry.objects.get().reports.count() == 3


# -- The pages -----------------------------------------------------------------------


def test_a_member_reports_from_the_profile(
    ana: Clinician, ben: Clinician, mo: User
) -> None:
    browser, address = signed_in(ana), f"/clinicians/{ben.public_id}/report/"
    assert address in browser.get(f"/clinicians/{ben.public_id}/").content.decode()

    browser.post(address, {"ground": "untrue", "words": SECRET})

    report = Report.objects.get()
    assert (report.reporter, report.words) == (ana, SECRET)


def test_whom_one_does_not_see_one_does_not_report(
    ana: Clinician, finn: Clinician, staff: User
) -> None:
    address = f"/clinicians/{finn.public_id}/report/"
    for who in (ana, finn, staff):
        answer = signed_in(who).post(address, {"ground": "untrue", "words": ""})
        assert answer.status_code in {302, 404}
    assert not Report.objects.exists()


def test_the_queue_says_in_words_what_is_overdue(
    ana: Clinician, ben: Clinician, mo: User
) -> None:
    inquiry = a_report(ben, ana)
    browser = signed_in(mo)
    assert b"due " in browser.get("/staff/reports/").content
    assert b"overdue" not in browser.get("/staff/reports/").content
    past = timezone.now() - timedelta(hours=25)
    Inquiry.objects.filter(pk=inquiry.pk).update(since=past)

    assert b"overdue since" in browser.get("/staff/reports/").content


def test_a_moderator_reads_what_was_reported_and_leaves_a_line(
    ana: Clinician, ben: Clinician, mo: User
) -> None:
    inquiry = a_report(ben, ana)

    page = signed_in(mo).get(f"/staff/reports/{inquiry.public_id}/")

    assert SECRET in page.content.decode()
    [line] = Event.objects.about(inquiry).filter(verb=InquiryEvent.OPENED)
    assert line.actor_id == str(mo.public_id)


@pytest.mark.parametrize("who", ["ana", "ben", "cleo", "a verifier"])
def test_to_all_others_an_inquiry_does_not_exist(
    who: str, everybody: dict[str, User], request: pytest.FixtureRequest
) -> None:
    inquiry = a_report(*map(request.getfixturevalue, ("ben", "ana")))
    person = everybody.get(who) or request.getfixturevalue(who)
    if isinstance(person, User):
        person.save()
    for address in ("", "triage/", "resolve/"):
        page = f"/staff/reports/{inquiry.public_id}/{address}"
        assert signed_in(person).get(page).status_code == 404
        assert signed_in(person).post(page).status_code == 404


def test_a_whole_inquiry_on_its_pages(
    ana: Clinician, ben: Clinician, mo: User, max_: User
) -> None:
    inquiry = a_report(ben, ana)
    pages, ground = f"/staff/reports/{inquiry.public_id}/", {"ground": "conduct"}
    one, other, hers = signed_in(mo), signed_in(max_), signed_in(ben)
    one.post(pages + "triage/", {"words": ""})
    one.post(pages + "propose-a-suspension/", ground | {"words": "For this."})
    assert one.get(pages + "confirm-the-suspension/").status_code == 404
    assert b"For this." in other.get(pages + "confirm-the-suspension/").content
    other.post(pages + "confirm-the-suspension/", {"words": "For this."})
    told_her = hers.get("/standing/").content.decode()
    hers.post("/standing/", {"words": "It was another person."})
    assert one.get(pages + "uphold-the-suspension/").status_code == 404
    other.post(pages + "uphold-the-suspension/", {"words": "It was not."})

    assert "For this." in told_her
    assert "Ana" not in told_her
    assert Inquiry.objects.get().state == State.UPHELD
    assert "It was not." in hers.get("/standing/").content.decode()
    assert Clinician.objects.get(pk=ben.pk).suspended_at is not None


def test_five_profiles_a_day_are_the_most(ana: Clinician, ben: Clinician) -> None:
    for _ in range(MOST_A_DAY):
        a_report(a_member(), ana)
    browser = signed_in(ana)
    said = {"ground": "conduct", "words": SECRET}

    page = browser.post(f"/clinicians/{ben.public_id}/report/", said)

    assert "Five reports a day are the most" in page.content.decode()
    assert SECRET in page.content.decode()
    assert not ben.inquiries.exists()
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert a_report(ben, ana)


def test_a_report_that_is_there_counts_no_second_time(ana: Clinician) -> None:
    known = [a_report(a_member(), ana) for _ in range(MOST_A_DAY)]

    assert a_report(known[0].clinician, ana) == known[0]
