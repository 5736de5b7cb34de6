"""The trail answers in words, to administrators alone; what is taken is recorded."""

import csv
import io

import pytest
from django.urls import NoReverseMatch, reverse

from home.staff.families import FAMILIES
from home.staff.sentences import SENTENCES, in_words
from network.accounts.models import User
from network.accounts.roles import Role
from network.activity.events import TrailEvent
from network.activity.models import Event
from network.clinicians.actions.membership import suspend_member
from network.clinicians.actions.needs import save_need
from network.clinicians.actions.oversight import open_profile_as_staff
from network.clinicians.models import Clinician
from tests.architecture.test_events import verbs
from tests.conftest import signed_in
from tests.factories import a_user

pytestmark = pytest.mark.django_db
AUDIT = "/staff/audit/"


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_has_its_sentence(verb: str) -> None:
    family, said = SENTENCES[verb]

    assert family in FAMILIES
    assert said == said.strip(" .")
    assert said


def test_no_sentence_is_of_a_verb_that_does_not_exist() -> None:
    assert SENTENCES.keys() - set(verbs()) == set()


def test_who_opened_whose_profile(staff: User, ana: Clinician, ben: Clinician) -> None:
    open_profile_as_staff(ana, by=staff, why="report")
    assert ana.user is not None
    asked = f"{AUDIT}?family=opened&side=subject&person={ana.user.public_id}"

    page = signed_in(staff).get(asked).content.decode()

    assert f"{staff.email} opened somebody’s profile as staff: Ana Heron" in page
    assert "A report is being looked at" in page
    assert "Ben Sparrow" not in page


def test_what_somebody_did(staff: User, ana: Clinician) -> None:
    assert ana.user is not None
    save_need({"need": {"kind": "transfer"}}, owner=ana, by=ana.user)

    page = signed_in(staff).get(f"{AUDIT}?side=actor&person={ana.user.public_id}")

    assert "Ana Heron searched, and the need was saved" in page.content.decode()
    assert b"verified somebody" not in page.content


def test_what_was_suspended_in_a_period(staff: User, ben: Clinician) -> None:
    suspend_member(ben, by=staff, why="licence")
    browser = signed_in(staff)
    sentence = "suspended a profile: Ben Sparrow"

    assert sentence in browser.get(f"{AUDIT}?family=held").content.decode()
    before = browser.get(f"{AUDIT}?family=held&until=2020-01-01").content.decode()
    assert sentence not in before
    assert "Nothing found" in before


def test_older_lines_are_a_page_away(staff: User, ana: Clinician) -> None:
    for _ in range(60):
        open_profile_as_staff(ana, by=staff, why="report")
    browser = signed_in(staff)

    first = browser.get(f"{AUDIT}?family=opened")
    second = browser.get(first.context["older"])

    assert len(first.context["lines"]) == 50
    assert len(second.context["lines"]) == 10
    assert second.context["older"] == ""


def test_a_wrong_date_is_said_beside_its_field(staff: User) -> None:
    page = signed_in(staff).get(f"{AUDIT}?since=yesterday")

    assert page.status_code == 200
    assert b"Error: The trail" in page.content


def test_what_is_taken_away_is_harmless_and_recorded(
    staff: User, ana: Clinician
) -> None:
    Clinician.objects.filter(pk=ana.pk).update(name="=cmd()|x")
    open_profile_as_staff(ana, by=staff, why="report")

    file = signed_in(staff).post(f"{AUDIT}export/", {"family": "opened"})

    rows = list(csv.reader(io.StringIO(file.content.decode())))
    assert rows[0][:4] == ["when", "who", "what", "about whom"]
    assert rows[1][3] == "'=cmd()|x"
    taken = Event.objects.filter(verb=TrailEvent.EXPORTED).get()
    assert (taken.actor_id, taken.detail) == (str(staff.public_id), {"lines": 1})


def test_the_trail_is_for_administrators(ana: Clinician) -> None:
    moderator = a_user(is_staff=True)
    moderator.roles = [Role.MODERATOR]
    moderator.save()
    for somebody in (moderator, ana):
        browser = signed_in(somebody)
        assert browser.get(AUDIT).status_code == 404
        assert browser.post(f"{AUDIT}export/").status_code == 404


def test_there_is_no_other_administration(staff: User) -> None:
    browser = signed_in(staff)
    for address in ("/admin/", "/staff/admin/", "/staff/records/", "/django-admin/"):
        assert browser.get(address).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")


def test_what_is_recorded_no_more_has_its_words() -> None:
    assert in_words("shortlist.added") == "put a colleague on the shortlist"
    assert in_words("never.heard_of") == "“never.heard_of”"
