"""The first page: for a visitor, for somebody new, for a member."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from home import agenda
from network.accounts.models import User
from network.clinicians.actions.profile import Payment
from network.clinicians.models import Clinician
from tests import factories
from tests.conftest import signed_in
from tests.verification.people import somebody_waiting

pytestmark = pytest.mark.django_db


def test_a_visitor_is_told_what_this_is_and_how_to_come_in() -> None:
    page = Client().get("/").content.decode()

    assert "The right colleague for this client" in page
    assert 'href="/account/login/"' in page
    assert 'href="/account/signup/"' in page


def test_an_unverified_clinician_knows_what_she_waits_for(finn: Clinician) -> None:
    page = signed_in(finn).get("/").content.decode()

    assert "Your licence is not verified yet." in page
    assert "Find a colleague</a>" not in page.partition("<main")[2]


def test_a_member_without_a_profile_has_one_next_step(ana: Clinician) -> None:
    first = steps_of(ana)[0]

    assert first.title == "Finish your profile"
    assert first.why.startswith("Still missing: a licence, what you treat, where you")
    assert signed_in(ana).get(first.address)["Location"] == "/welcome/licences/"
    assert "0 of 9 parts are said" in signed_in(ana).get("/").content.decode()


def test_somebody_new_lands_on_her_first_question() -> None:
    assert signed_in(factories.a_user()).get("/")["Location"] == "/welcome/"


def test_somebody_without_a_profession_is_asked_to_begin(staff: User) -> None:
    assert agenda.BEGIN in agenda.steps(staff, None)


def test_staff_are_led_to_whoever_waits_for_them(staff: User, ana: Clinician) -> None:
    assert agenda.steps(staff, None)[0] == agenda.BEGIN
    somebody_waiting()

    first = agenda.steps(staff, None)[0]

    assert first.title == "Verification: 1 waiting"
    assert first.address == "/staff/verification/"
    assert not any("waiting" in step.title for step in steps_of(ana))


def test_openings_are_asked_for_once_they_are_too_old_to_be_believed() -> None:
    noon = timezone.localtime().replace(hour=12)  # however the clocks are changed
    with time_machine.travel(noon):
        colleague = factories.a_colleague()
        assert asked(colleague) == []

    for days, words in (
        (14, "You said so 14 days ago. After 21 days a search counts them as unknown."),
        (22, "You said so 22 days ago. A search counts them as unknown."),
        (46, "You said so 46 days ago. Colleagues do not see them any more."),
    ):
        with time_machine.travel(noon + timedelta(days=days)):
            assert asked(colleague) == [("Confirm your openings: still 1?", words)]


@pytest.mark.parametrize(
    ("word", "count", "is_away"),
    [("still", 1, False), ("0", 0, False), ("7", 7, False), ("pause-2", 1, True)],
)
def test_one_tap_on_the_first_page_says_how_it_is(
    word: str, count: int, is_away: bool
) -> None:
    colleague = factories.a_colleague()

    with time_machine.travel(timezone.now() + timedelta(days=15)):
        client = signed_in(colleague)
        assert 'value="still"' in client.get("/").content.decode()
        answer = client.post("/profile/openings/word/", {"word": word}, follow=True)
        assert "Kept." in answer.content.decode()
        assert asked(colleague) == []

        colleague = Clinician.objects.get(pk=colleague.pk)
        assert colleague.openings.get().count == count
        assert colleague.is_away(timezone.localdate()) == is_away


@pytest.mark.parametrize("word", ["", "-1", "100", "many", "pause-9", "1.5"])
def test_what_is_no_word_changes_nothing(word: str) -> None:
    colleague = factories.a_colleague()
    before = colleague.openings.values().get()

    answer = signed_in(colleague).post(
        "/profile/openings/word/", {"word": word}, follow=True
    )

    assert "Kept." not in answer.content.decode()
    assert colleague.openings.values().get() == before


def test_a_complete_profile_leaves_the_day_free() -> None:
    paid = Payment(["aetna"], [], None, None, sliding_scale=False, superbill=False)
    colleague = factories.a_colleague(sections=[paid])

    assert [step for step in steps_of(colleague) if step != agenda.NEWS] == []


def test_every_step_leads_to_a_page_that_is_there(ana: Clinician) -> None:
    client = signed_in(ana)

    for step in [*steps_of(ana), agenda.SUPERVISOR, agenda.ASSOCIATE]:
        assert client.get(step.address, follow=True).status_code == 200


def asked(clinician: Clinician) -> list[tuple[str, str]]:
    return [(one.title, one.why) for one in steps_of(clinician) if one.piece]


def steps_of(clinician: Clinician) -> list[agenda.Step]:
    assert clinician.user is not None
    return agenda.steps(clinician.user, clinician)
