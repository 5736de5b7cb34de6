"""What staff do to somebody's sign-in, who may, and that the last one stays."""

from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from network.accounts.actions.staffing import (
    LastAdministratorError,
    deactivate,
    end_sessions_of,
    forget_factors_of,
    give_roles,
    reactivate,
)
from network.accounts.actions.tokens import make_token
from network.accounts.events import StaffEvent
from network.accounts.models import User
from network.accounts.permissions import allowed, powers
from network.accounts.roles import Role
from network.accounts.second_factor import has_factor
from network.accounts.tokens import authenticate
from network.activity.letters import letter
from network.activity.models import Event, Notification
from network.clinicians.events import ClinicianEvent
from network.clinicians.models import Clinician, Listing
from tests.among.people import an_associate, guided
from tests.clinicians.test_at_once import at_once
from tests.conftest import signed_in
from tests.factories import a_colleague, a_user, with_an_app

pytestmark = pytest.mark.django_db
OF_OTHERS = {"end sessions", "start a password reset", "appoint", "deactivate"}
TABLE = [
    ("administrator", "ana", {"open"} | OF_OTHERS),
    ("administrator", "closed", {"open"} | OF_OTHERS - {"deactivate"} | {"reactivate"}),
    ("administrator", "administrator", {"open", "appoint"}),
    ("moderator", "ana", {"open"}),
    ("verifier", "ana", {"open"}),
    ("moderator", "moderator", {"open"}),
    ("ana", "administrator", set()),
    ("ana", "ana", set()),
    ("closed", "ana", set()),
]


@pytest.fixture
def everybody(ana: Clinician, staff: User) -> dict[str, User]:
    closed = a_user()
    closed.is_active, closed.is_staff, closed.roles = False, True, [Role.MODERATOR]
    people = {"administrator": staff, "ana": _user(ana), "closed": closed}
    return people | {role: with_role(role) for role in ("moderator", "verifier")}


def with_role(role: str) -> User:
    user = a_user(is_staff=True)
    user.roles = [role]
    user.save()
    return user


def _user(person: Clinician) -> User:
    assert person.user is not None
    return person.user


@pytest.mark.parametrize(("who", "whom", "may"), TABLE)
def test_who_may_do_what_to_a_sign_in(
    who: str, whom: str, may: set[str], everybody: dict[str, User]
) -> None:
    assert allowed(everybody[who], everybody[whom]) == may


def test_a_role_gives_its_powers_and_no_other(everybody: dict[str, User]) -> None:
    assert powers(everybody["verifier"]) == {"verify", "invite"}
    assert powers(everybody["moderator"]) == {"moderate", "suspend", "reinstate"}
    assert powers(everybody["administrator"]) > powers(everybody["verifier"])
    assert powers(everybody["closed"]) == powers(everybody["ana"]) == set()


def test_a_deactivated_person_is_out_at_once(ana: Clinician, staff: User) -> None:
    browser, token = signed_in(ana), make_token(_user(ana), name="x", days=3)
    assert browser.get("/profile/").status_code == 200

    deactivate(_user(ana), by=staff, why="security")

    assert browser.get("/profile/").status_code == 302
    assert authenticate(token) is None
    reactivate(_user(ana), by=staff, why="mistake")
    assert browser.get("/profile/").status_code == 302
    assert authenticate(token) is None
    [off, on] = events(_user(ana), StaffEvent.DEACTIVATED, StaffEvent.REACTIVATED)
    assert (off.actor_kind, off.actor_id, off.why) == (
        "staff",
        str(staff.public_id),
        "security",
    )
    assert Notification.objects.filter(person=ana.user, event=on).exists()


def test_nobody_is_referred_to_who_may_not_sign_in(staff: User) -> None:
    lark = a_colleague("Lark Senior")
    wren = an_associate()
    guided(wren, lark)
    browser = signed_in(staff)
    browser.post(page_of(lark) + "opening/", {"why": "left"})
    assert found() == {wren.pk, lark.pk}

    browser.post(page_of(lark) + "deactivation/", {"why": "left"})
    assert found() == set()

    browser.post(page_of(lark) + "reactivation/", {"why": "mistake"})
    assert found() == {wren.pk, lark.pk}


def test_nobody_opens_the_page_of_whoever_may_not_sign_in(
    ana: Clinician, staff: User
) -> None:
    lark = a_colleague("Lark Senior")
    browser, address = signed_in(ana), f"/clinicians/{lark.public_id}/"
    assert browser.get(address).status_code == 200
    assert lark.user is not None

    deactivate(lark.user, by=staff, why="left")

    assert browser.get(address).status_code == 404
    assert lark not in Clinician.objects.visible_to(ana)


def found() -> set[int]:
    return set(Listing.objects.filter(visible=True).values_list("pk", flat=True))


def test_staff_end_every_session_of_somebody(ana: Clinician, staff: User) -> None:
    browser = signed_in(ana)

    end_sessions_of(_user(ana), by=staff, why="asked")

    assert browser.get("/profile/").status_code == 302


def test_who_has_lost_every_factor_begins_anew(ana: Clinician, staff: User) -> None:
    browser, by_staff = signed_in(ana), signed_in(staff)
    by_staff.post(page_of(ana) + "opening/", {"why": "asked"})
    by_staff.post(page_of(ana) + "factors/", {})
    assert has_factor(_user(ana))

    by_staff.post(page_of(ana) + "factors/", {"why": "asked"})

    assert not has_factor(_user(ana))
    assert browser.get("/profile/").status_code == 302
    [said] = events(_user(ana), StaffEvent.FACTORS_FORGOTTEN)
    assert (said.actor_id, said.why) == (str(staff.public_id), "asked")
    [news] = Notification.objects.filter(person=ana.user, event=said)
    mailed = letter([news])
    assert mailed.subject == "Your second factors were taken away"
    assert mailed.to == ["ana@consilium.example"]
    # There is nothing left to take away.
    assert by_staff.get(page_of(ana) + "factors/").status_code == 404


@pytest.mark.parametrize("role", ["moderator", "verifier"])
def test_only_administrators_take_factors_away(ana: Clinician, role: str) -> None:
    with_an_app(_user(ana))
    with pytest.raises(PermissionDenied):
        forget_factors_of(_user(ana), by=with_role(role), why="asked")


def test_an_administrator_gives_a_role_and_takes_it(
    ana: Clinician, staff: User
) -> None:
    give_roles(_user(ana), [Role.MODERATOR], by=staff, why="duty")
    assert User.objects.get(pk=_user(ana).pk).is_staff

    give_roles(_user(ana), [], by=staff, why="duty")

    assert not User.objects.get(pk=_user(ana).pk).is_staff
    found = events(_user(ana), StaffEvent.ROLES_CHANGED)
    assert [one.detail for one in found] == [{"roles": "moderator"}, {"roles": ""}]


def test_a_moderator_appoints_nobody(ana: Clinician) -> None:
    with pytest.raises(PermissionDenied):
        give_roles(_user(ana), [Role.VERIFIER], by=with_role("moderator"), why="duty")


def test_nobody_deactivates_herself(staff: User) -> None:
    with pytest.raises(PermissionDenied):
        deactivate(staff, by=staff, why="mistake")


def test_the_last_administrator_stays(staff: User) -> None:
    User.objects.exclude(pk=staff.pk).update(roles=[])
    with pytest.raises(LastAdministratorError):
        give_roles(staff, [Role.VERIFIER], by=staff, why="duty")

    other = a_user(is_staff=True)
    give_roles(staff, [Role.VERIFIER], by=staff, why="duty")

    assert User.objects.get(pk=staff.pk).roles == [Role.VERIFIER]
    assert powers(other) > powers(staff)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("roles", [[], [Role.VERIFIER]])
def test_two_who_dismiss_each_other_at_once_leave_one(roles: list[Role]) -> None:
    one, other = a_user(is_staff=True), a_user(is_staff=True)

    def dismiss(whom: User, by: User) -> None:
        with suppress(PermissionDenied, LastAdministratorError):
            give_roles(fresh(whom), roles, by=fresh(by), why="duty")

    at_once(lambda: dismiss(one, other), lambda: dismiss(other, one))

    assert administrators() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_step_down_at_once_leave_one() -> None:
    people = [a_user(is_staff=True), a_user(is_staff=True)]

    def step_down(who: User) -> None:
        with suppress(LastAdministratorError):
            give_roles(fresh(who), [], by=fresh(who), why="duty")

    at_once(*(lambda one=one: step_down(one) for one in people))

    assert administrators() == 1


def administrators() -> int:
    return User.objects.filter(roles__contains=[Role.ADMINISTRATOR]).count()


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def events(person: User, *verbs: str) -> list[Event]:
    return list(Event.objects.about(person).filter(verb__in=verbs))


# -- The pages -----------------------------------------------------------------------


def page_of(person: Clinician) -> str:
    return f"/staff/people/{_user(person).public_id}/"


def test_a_page_opens_only_with_a_reason(ana: Clinician, staff: User) -> None:
    browser = signed_in(staff)
    assert b"What is known" not in browser.get(page_of(ana)).content
    assert b"Error:" in browser.post(page_of(ana) + "opening/", {}).content

    browser.post(page_of(ana) + "opening/", {"why": "report"})

    assert b"What is known" in browser.get(page_of(ana)).content
    [said] = Event.objects.about(ana).filter(verb=ClinicianEvent.OPENED_BY_STAFF)
    assert (said.actor_id, said.why) == (str(staff.public_id), "report")


def test_the_reason_of_one_opens_nothing_for_another(
    ana: Clinician, staff: User
) -> None:
    opened(staff, ana)

    page = signed_in(with_role("moderator")).get(page_of(ana))

    assert b"What is known" not in page.content


def opened(staff: User, person: Clinician) -> Client:
    browser = signed_in(staff)
    browser.post(page_of(person) + "opening/", {"why": "asked"})
    return browser


def test_people_are_found_by_name_number_and_whole_address(
    ana: Clinician, staff: User
) -> None:
    Clinician.objects.filter(pk=ana.pk).update(npi="1234567893")
    browser = signed_in(staff)
    for words in ("heron", "1234567893", "ana@consilium.example"):
        assert b"Ana Heron" in browser.post("/staff/people/", {"words": words}).content
    for words in ("nobody", "123456789", "ana@consilium"):
        page = browser.post("/staff/people/", {"words": words})
        assert b"Ana Heron" not in page.content


def test_staff_start_a_reset_and_see_no_password(
    ana: Clinician, staff: User, mailoutbox: list[object]
) -> None:
    browser = opened(staff, ana)

    browser.post(page_of(ana) + "reset/", {"why": "asked"})

    [mail] = mailoutbox
    assert mail.to == ["ana@consilium.example"]  # type: ignore[attr-defined]
    assert len(events(_user(ana), StaffEvent.RESET_STARTED)) == 1


def test_an_act_needs_a_reason_and_the_power(ana: Clinician, staff: User) -> None:
    browser = opened(staff, ana)
    assert (
        b"Error:" in browser.post(page_of(ana) + "deactivation/", {"why": ""}).content
    )
    assert User.objects.get(pk=_user(ana).pk).is_active

    weaker = opened(with_role("verifier"), ana)

    assert weaker.get(page_of(ana) + "deactivation/").status_code == 404
    assert weaker.post(page_of(ana) + "suspension/", {}).status_code == 404


def test_a_profile_is_suspended_from_the_page(ana: Clinician) -> None:
    browser = opened(with_role("moderator"), ana)

    said = {"ground": "licence", "words": "No licence is on record."}
    browser.post(page_of(ana) + "suspension/", said)

    ana.refresh_from_db()
    assert ana.suspended_at is not None
    page = signed_in(ana).get("/standing/").content.decode()
    assert "No licence is on record." in page
    assert "moderator" not in page


def test_the_last_administrator_is_told_why_not(staff: User) -> None:
    User.objects.exclude(pk=staff.pk).update(roles=[])

    page = signed_in(staff).post(
        f"/staff/people/{staff.public_id}/roles/", {"why": "duty"}
    )

    assert b"Nobody would be left to appoint anybody" in page.content
    assert User.objects.get(pk=staff.pk).is_staff
