"""The pages of legal holds: for administrators, and without a word of what is held."""

import pytest

from messaging.actions.holds import hold_conversation, hold_person
from messaging.models import Conversation, Hold
from network.accounts.models import User
from network.accounts.roles import Role
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation, a_user
from tests.messaging.saying import her, say

pytestmark = pytest.mark.django_db
HOLDS = "/staff/holds/"
SAID = {"ground": "court", "matter": "Docket 26-1187"}


@pytest.fixture
def room(ana: Clinician, ben: Clinician) -> Conversation:
    made = a_conversation(ana, ben, title="canary title")
    say(ana, made, "canary words")
    return made


def test_one_sets_it_after_seeing_whose_it_is_and_another_lifts_it(
    room: Conversation, staff: User
) -> None:
    browser = signed_in(staff)
    asked = SAID | {"conversation": f"https://there{room.get_absolute_url()}about/"}

    sure = browser.post(f"{HOLDS}new/", asked).content.decode()
    assert "A conversation of Ana Heron, Ben Sparrow" in sure
    assert not Hold.objects.exists()
    answer = browser.post(f"{HOLDS}new/", asked | {"set": "yes"}, follow=True)
    hold = Hold.objects.get()
    assert (hold.conversation, hold.set_by, hold.is_standing) == (room, staff, True)
    page = answer.content.decode()
    assert "Somebody else lifts it" in page
    assert browser.post(f"{HOLDS}{hold.public_id}/", {"why": "over"}).status_code == 403

    second = signed_in(a_user(is_staff=True))
    address = f"{HOLDS}{hold.public_id}/"
    assert "Error:" in second.post(address, {"why": ""}).content.decode()
    done = second.post(address, {"why": "over"}, follow=True).content.decode()
    assert "Lifted" in done
    assert "Lift the hold" not in done
    hold.refresh_from_db()
    assert not hold.is_standing
    everything = sure + page + done + browser.get(HOLDS).content.decode()
    assert "Docket 26-1187" in everything
    assert "canary" not in everything


@pytest.mark.parametrize("named", ["", "hers", "00000000-0000-4000-8000-000000000000"])
def test_what_names_no_conversation_is_said_beside_its_field(
    named: str, staff: User
) -> None:
    page = signed_in(staff).post(f"{HOLDS}new/", SAID | {"conversation": named})

    assert b"Error: Hold a conversation" in page.content
    assert b"Docket 26-1187" in page.content
    assert not Hold.objects.exists()


def test_a_hold_on_somebody_begins_on_her_page(ana: Clinician, staff: User) -> None:
    browser = signed_in(staff)
    page = f"/staff/people/{her(ana).public_id}/"
    browser.post(f"{page}opening/", {"why": "duty"})
    assert "Set a legal hold" in browser.get(page).content.decode()

    browser.post(f"{page}hold/", SAID)

    assert Hold.objects.get().clinician == ana
    listed = browser.get(HOLDS).content.decode()
    assert "All conversations of Ana Heron" in listed
    trail = browser.get(f"/staff/audit/?side=subject&person={her(ana).public_id}")
    said = "set a legal hold: All conversations of Ana Heron"
    assert said in trail.content.decode()
    assert "Docket" not in trail.content.decode()


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.MODERATOR, None])
def test_to_anybody_else_the_pages_do_not_exist(
    role: Role | None, room: Conversation, ana: Clinician, staff: User
) -> None:
    hold = hold_conversation(room, **SAID, by=staff)
    somebody = her(ana)
    if role:
        somebody = a_user(is_staff=True)
        somebody.roles = [role]
        somebody.save()
    browser = signed_in(somebody)

    for address in (HOLDS, f"{HOLDS}new/", f"{HOLDS}{hold.public_id}/"):
        assert browser.get(address).status_code == 404
        assert browser.post(address, SAID).status_code in (404, 405)


def test_members_read_that_it_stands_and_not_why(
    room: Conversation, ana: Clinician, ben: Clinician, staff: User
) -> None:
    address = f"{room.get_absolute_url()}keeping/"
    stands = "Kept for now: a legal hold stands."
    assert stands not in signed_in(ben).get(address).content.decode()

    hold_person(ana, **SAID, by=staff)

    for reader in (ana, ben):
        page = signed_in(reader).get(f"{address}?days=30").content.decode()
        assert stands in page
        assert "court" not in page.lower()
        assert "Docket" not in page


def test_the_title_stays_and_the_field_says_why(
    room: Conversation, ana: Clinician, staff: User
) -> None:
    hold_conversation(room, **SAID, by=staff)
    browser = signed_in(ana)

    page = browser.post(f"{room.get_absolute_url()}title/", {"title": "another"})

    assert page.status_code == 422
    assert "Kept for now: a legal hold stands." in page.content.decode()
    assert "another" in page.content.decode()
