"""The staff's queue and one's own page of it, as each of the cast meets them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.accounts.models import User
from network.activity.models import Event
from network.clinicians.actions.decisions import decide
from network.clinicians.actions.reviews import take_file
from network.clinicians.models import Clinician, RegistryEntry
from tests.conftest import signed_in
from tests.factories import a_colleague, a_staff_member
from tests.verification.people import (
    ASK,
    HOLD,
    REJECT,
    VERIFY,
    again,
    decided,
    somebody_waiting,
    user_of,
)

pytestmark = pytest.mark.django_db
NPI = "1234567893"
QUEUE = "/staff/verification/"


@pytest.fixture
def ivy() -> Clinician:
    return somebody_waiting("Ivy Waits", npi=NPI)


def address(name: str, person: Clinician) -> str:
    return reverse(f"clinicians:verification_{name}", args=[person.public_id])


def said(person: Clinician, verb: str = "verify", **more: object) -> dict[str, object]:
    key = f"licence:{person.licences.get().pk}"
    return {
        "keys": ["person", key],
        "verb": verb,
        "checked": ["number"],
        "source": "board",
        **more,
    }


def an_entry(**changes: object) -> RegistryEntry:
    known = {
        "npi": NPI,
        "name": "Ivy Waits",
        "profession": "psychologist",
        "taxonomies": [],
        "licence_states": ["NY"],
        "imported_at": timezone.now(),
    }
    return RegistryEntry.objects.create(**{**known, **changes})


def read(browser: Client, page: str) -> str:
    answer = browser.get(page)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff", 200), ("ana", 404), ("cleo", 404), ("finn", 404), ("moderator", 404)],
)
def test_the_queue_exists_for_verifiers_alone(
    who: str, status: int, ivy: Clinician, request: pytest.FixtureRequest
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    for page in (QUEUE, address("file", ivy)):
        assert browser.get(page).status_code == status
    for name in ("take", "release", "decision", "reopening"):
        answer = browser.post(address(name, ivy), {})
        assert (answer.status_code == 404) == (status == 404)
    for page in (f"{QUEUE}preview/", f"{QUEUE}bulk/"):
        assert (browser.post(page, {}).status_code == 404) == (status == 404)


@pytest.fixture
def moderator() -> User:
    other = a_staff_member()
    User.objects.filter(pk=other.pk).update(roles=["moderator"])
    return User.objects.get(pk=other.pk)


def test_the_queue_shows_who_waits_and_by_what(ivy: Clinician, staff: User) -> None:
    browser = signed_in(staff)
    assert "Ivy Waits" in read(browser, QUEUE)
    assert "Ivy Waits" in read(browser, f"{QUEUE}?kind=licence")
    assert "Ivy Waits" not in read(browser, f"{QUEUE}?kind=privilege")
    assert "Ivy Waits" not in read(browser, f"{QUEUE}?standing=held")
    take_file(ivy, by=staff)
    assert "Ivy Waits" in read(browser, f"{QUEUE}?standing=in+review")


def test_an_empty_queue_says_what_would_be_there(staff: User) -> None:
    assert "it waits here" in read(signed_in(staff), QUEUE)


def test_each_opening_of_a_file_is_recorded_with_its_reason(
    ivy: Clinician, staff: User
) -> None:
    for _ in range(2):
        read(signed_in(staff), address("file", ivy))
    opened = Event.objects.about(ivy).filter(verb="clinician.opened_by_staff")
    assert [(one.actor_id, one.why) for one in opened] == [
        (str(staff.public_id), "verification")
    ] * 2


def test_what_the_registry_says_stands_beside_it(ivy: Clinician, staff: User) -> None:
    an_entry(name="Ivan Other", licence_states=["NJ"])
    page = read(signed_in(staff), address("file", ivy))
    assert "Ivan Other" in page
    assert page.count("differs") >= 2


def test_others_with_the_same_npi_are_named(ivy: Clinician, staff: User) -> None:
    other = somebody_waiting("Ida Same", npi=NPI)
    decide(other, ["person"], VERIFY, by=staff)
    page = read(signed_in(staff), address("file", ivy))
    assert "Ida Same" in page
    assert "bound to them" in page


def test_a_decision_verifies_and_she_sees_what_was_checked(
    ivy: Clinician, staff: User
) -> None:
    answer = signed_in(staff).post(address("decision", ivy), said(ivy))
    assert answer.status_code == 302
    assert again(ivy).is_verified
    page = read(signed_in(ivy), "/profile/verification/")
    assert "by the staff of this network" in page
    assert "number, in the state board’s own register" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"keys": []}, "Choose what you decide on."),
        ({"verb": ""}, "Choose a decision."),
        ({"checked": []}, "Say what you checked."),
        ({"source": ""}, "Say where you checked it."),
        ({"verb": "reject"}, "Choose the reason that goes with the decision."),
        (
            {"verb": "hold", "ground": "not-found"},
            "Choose the reason that goes with the decision.",
        ),
    ],
)
def test_a_decision_without_its_reason_is_asked_again(
    changes: dict[str, object], words: str, ivy: Clinician, staff: User
) -> None:
    sent = said(ivy) | changes
    answer = signed_in(staff).post(address("decision", ivy), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not again(ivy).is_verified


def test_who_comes_second_is_told_plainly(ivy: Clinician, staff: User) -> None:
    sent = said(ivy, "reject", ground="not-found")
    signed_in(staff).post(address("decision", ivy), said(ivy))
    page = signed_in(a_staff_member()).post(address("decision", ivy), sent, follow=True)
    assert "Somebody was quicker" in page.content.decode()
    assert again(ivy).is_verified


def test_an_npi_of_another_is_told_plainly(ivy: Clinician, staff: User) -> None:
    decide(somebody_waiting(npi=NPI), ["person"], VERIFY, by=staff)
    page = signed_in(staff).post(address("decision", ivy), said(ivy), follow=True)
    assert "bound to another member" in page.content.decode()
    assert not again(ivy).is_verified


def test_a_file_that_another_has_is_only_read(ivy: Clinician, staff: User) -> None:
    take_file(ivy, by=a_staff_member())
    page = read(signed_in(staff), address("file", ivy))
    assert "has this file" in page
    assert ">Decide<" not in page


def test_staff_do_not_open_their_own_file(staff: User) -> None:
    own = somebody_waiting()
    Clinician.objects.filter(pk=own.pk).update(user=staff)
    browser = signed_in(staff)
    assert browser.get(address("file", own)).status_code == 404
    assert browser.post(address("decision", own), said(own)).status_code == 404
    browser.post(f"{QUEUE}bulk/", {"claim": f"{own.public_id} person", **CHECKED})
    assert not again(own).is_verified


CHECKED = {"checked": ["number"], "source": "board"}


def test_several_are_shown_first_and_then_verified(staff: User) -> None:
    people = [somebody_waiting(f"Ivy {number}") for number in range(3)]
    browser = signed_in(staff)
    chosen = {"person": [str(one.public_id) for one in people]}

    page = browser.post(f"{QUEUE}preview/", chosen).content.decode()
    assert all(one.name in page for one in people)
    assert not any(again(one).is_verified for one in people)

    claims = [f"{one.public_id} person" for one in people]
    browser.post(f"{QUEUE}bulk/", {"claim": claims, **CHECKED})
    assert all(again(one).is_verified for one in people)


def test_of_several_those_that_cannot_be_are_named(staff: User) -> None:
    one, other = somebody_waiting("Ivy One", npi=NPI), somebody_waiting("Ivy Two")
    decide(somebody_waiting(npi=NPI), ["person"], VERIFY, by=staff)
    claims = [f"{each.public_id} person" for each in (one, other)]
    answer = signed_in(staff).post(
        f"{QUEUE}bulk/", {"claim": claims, **CHECKED}, follow=True
    )
    assert "Ivy One: the NPI is bound to another member." in answer.content.decode()
    assert not again(one).is_verified
    assert again(other).is_verified


def test_several_without_what_was_checked_are_asked_again(staff: User) -> None:
    ivy = somebody_waiting()
    answer = signed_in(staff).post(
        f"{QUEUE}bulk/", {"claim": f"{ivy.public_id} person"}
    )
    assert answer.status_code == 422
    assert "Say what you checked." in answer.content.decode()


def test_who_was_asked_answers_and_who_was_rejected_appeals(
    ivy: Clinician, staff: User
) -> None:
    licence = ivy.licences.get()
    page = reverse("clinicians:claim_answer", args=[f"licence:{licence.pk}"])
    browser = signed_in(ivy)
    assert browser.get(page).status_code == 404
    for finding, title in ((ASK, "Answer"), (REJECT, "Appeal")):
        decided(licence, finding, staff)
        assert f"<h1>{title}</h1>" in read(browser, page)
        assert browser.post(page, {"words": ""}).status_code == 422
        assert browser.post(page, {"words": "Please look."}).status_code == 302
    assert "Please look." in read(signed_in(staff), address("file", ivy))


def test_today_says_what_staff_ask_for_and_what_ends(
    ivy: Clinician, staff: User
) -> None:
    decided(ivy.licences.get(), ASK, staff)
    assert "Answer the staff" in read(signed_in(ivy), "/")
    soon = timezone.localdate() + timedelta(days=20)
    assert "Renew a licence" in read(signed_in(a_colleague(expires_on=soon)), "/")
    assert "Renew a licence" not in read(signed_in(a_colleague()), "/")


def test_whoever_has_left_does_not_wait(ivy: Clinician, staff: User) -> None:
    Clinician.objects.update(left_at=timezone.now())
    assert "Ivy Waits" not in read(signed_in(staff), QUEUE)


def test_nobody_replies_for_another(
    ivy: Clinician, ben: Clinician, staff: User
) -> None:
    licence = ivy.licences.get()
    decided(licence, REJECT, staff)
    page = reverse("clinicians:claim_answer", args=[f"licence:{licence.pk}"])
    assert signed_in(ben).post(page, {"words": "x"}).status_code == 404


def test_colleagues_do_not_see_what_was_rejected_or_held(
    ana: Clinician, staff: User
) -> None:
    person = a_colleague()
    decided(person.licences.get(), HOLD, staff)
    page = read(
        signed_in(ana), reverse("clinicians:colleague", args=[person.public_id])
    )
    assert "held" not in page
    assert "board-action" not in page


def test_words_to_her_are_hers_and_the_staffs(
    ivy: Clinician, ana: Clinician, staff: User
) -> None:
    words = "The board lists another name."
    sent = said(ivy, "reject", ground="not-found", words=words)
    signed_in(staff).post(address("decision", ivy), sent)
    assert words in read(signed_in(ivy), "/profile/verification/")
    assert words in read(signed_in(staff), address("file", ivy))
    assert user_of(ivy) != user_of(ana)
    assert words not in read(signed_in(ana), "/profile/verification/")
