"""One's own profile, page by page, and the same as colleagues see it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.accounts.models import User
from network.clinicians.forms.profile_sections import SECTIONS
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_colleague, a_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ROWS = {"row-TOTAL_FORMS": "1", "row-INITIAL_FORMS": "0"}

# What to send to each section, and what the page says afterwards.
SENT: list[tuple[str, dict[str, Any], str]] = [
    (
        "person",
        {
            "name": "Ana Heron",
            "profession": "psychologist",
            "stage": "independent",
            "npi": "1234567893",
            "gender": "woman",
            "bio": "Works slowly.",
        },
        "Works slowly.",
    ),
    ("identity", {"identities": ["deaf"]}, "Deaf and hard of hearing"),
    ("licences", {**ROWS, "row-0-state": "NY", "row-0-type": "PhD"}, "NY PhD"),
    (
        "privileges",
        {**ROWS, "row-0-compact": "psypact-apit", "row-0-home_state": "PA"},
        "from PA",
    ),
    ("places", {**ROWS, "row-0-zip": "10583", "row-0-street": "1 Elm"}, "Scarsdale"),
    ("specialties", {"ocd": "certified", "tics": "trained"}, "certified"),
    ("approaches", {"erp": "teaches"}, "teaches"),
    ("clients", {"age_groups": ["teen"], "formats": ["video"]}, "Teens"),
    ("languages", {"es": "native"}, "Spanish"),
    ("care", {"acuity_min": "1", "acuity_max": "3"}, "1 to 3 of 4"),
    ("not-for-me", {"risks": ["dv"]}, "Does not take on"),
    ("programmes", {**ROWS, "row-0-name": "Evening IOP"}, "Evening IOP"),
    ("payment", {"payers": ["aetna"], "fee_min": "150", "fee_max": "200"}, "$150–200"),
    (
        "openings",
        {**ROWS, "row-0-count": "2", "row-0-slots": ["tue-evening"]},
        "confirmed today",
    ),
    ("style", {"structured": "4"}, "4 of 5"),
    ("acceptance", {}, "takes no referrals now"),
    (
        "away",
        {"starts_on": "2099-01-01", "ends_on": "2099-01-05"},
        "1 January 2099 to 5 January 2099",
    ),
    ("visibility", {"hidden": ["fees"]}, "fees"),
]
WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("person", {"name": "", "profession": "psychologist"}, "This field is required"),
    ("person", {"name": "A", "profession": "wizard"}, "is not one of the available"),
    ("person", {"npi": "1234567890"}, "its check digit does not fit"),
    ("licences", {**ROWS, "row-0-state": "ZZ"}, "is not one of the available"),
    ("places", {**ROWS, "row-0-zip": "00000"}, "No place in the United States"),
    ("care", {"acuity_min": "3", "acuity_max": "1"}, "below where the range begins"),
    ("payment", {"fee_min": "9", "fee_max": "5"}, "less than where the fee begins"),
    ("specialties", {"ocd": "wizard"}, "is not one of the available"),
    ("openings", {**ROWS, "row-0-count": "-1"}, "greater than or equal to 0"),
    ("away", {"starts_on": "2099-01-05", "ends_on": "2099-01-01"}, "before the first"),
    ("away", {"starts_on": "2001-01-05", "ends_on": "2001-01-06"}, "has passed"),
    (
        "away",
        {"starts_on": "2099-01-05", "ends_on": "2099-01-06", "coverer": "Nobody"},
        "No colleague here",
    ),
    ("openings", {}, "ManagementForm data is missing"),
]


def address(slug: str) -> str:
    return reverse("clinicians:profile_section", args=[slug])


@pytest.mark.parametrize(("slug", "sent", "says"), SENT)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "piece"])
def test_every_section_is_kept_and_shown(
    ana: Clinician, slug: str, sent: dict[str, Any], says: str, headers: dict[str, str]
) -> None:
    client = signed_in(ana)
    answer = client.post(address(slug), sent, headers=headers, follow=not headers)
    content = answer.content.decode()
    assert answer.status_code == 200
    assert says in content
    assert ("<html" in content) is not bool(headers)


@pytest.mark.parametrize(("slug", "sent", "says"), WRONG)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    ana: Clinician, slug: str, sent: dict[str, Any], says: str
) -> None:
    before = Clinician.objects.values().get(pk=ana.pk)
    answer = signed_in(ana).post(address(slug), sent, headers=HTMX)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Clinician.objects.values().get(pk=ana.pk) == before


@pytest.mark.parametrize("slug", [section.slug for section in SECTIONS])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "piece"])
def test_every_section_has_a_form(
    ana: Clinician, slug: str, headers: dict[str, str]
) -> None:
    answer = signed_in(ana).get(address(slug), headers=headers)
    content = answer.content.decode()
    assert answer.status_code == 200
    assert f'action="{address(slug)}"' in content
    assert ("<html" in content) is not bool(headers)


def test_every_section_was_sent() -> None:
    assert {slug for slug, _, _ in SENT} == {section.slug for section in SECTIONS}


def test_an_unknown_section_is_not_there(ana: Clinician) -> None:
    assert signed_in(ana).get(address("horoscope")).status_code == 404


def test_what_is_listed_can_say_more_and_be_taken_away() -> None:
    colleague = a_colleague()
    client = signed_in(colleague)
    client.post(address("specialties"), {"ocd": "teaches", "ocd:hours": "120"})
    assert colleague.specialty_skills.get().hours == 120
    client.post(address("specialties"), {"ocd": ""})
    assert not colleague.specialty_skills.exists()


def test_a_row_can_be_taken_away() -> None:
    colleague = a_colleague()
    sent = {
        "row-TOTAL_FORMS": "1",
        "row-INITIAL_FORMS": "1",
        "row-0-state": "NY",
        "row-0-DELETE": "on",
    }
    signed_in(colleague).post(address("licences"), sent)
    assert not colleague.licences.exists()


def test_whoever_has_no_profile_is_led_to_its_beginning() -> None:
    client = signed_in(a_user())
    for page in ("/profile/", "/profile/clients/", "/profile/blocks/"):
        assert client.get(page)["Location"] == "/welcome/"


def test_openings_are_confirmed_with_one_tap() -> None:
    colleague = a_colleague()
    long_ago = timezone.localdate() - timedelta(days=30)
    colleague.openings.update(confirmed_on=long_ago)
    client = signed_in(colleague)
    assert "last confirmed 30 days ago" in client.get("/profile/").content.decode()

    answer = client.post("/profile/openings/confirmation/", headers=HTMX)
    assert "confirmed today" in answer.content.decode()
    assert colleague.openings.get().confirmed_on == timezone.localdate()

    client.post("/profile/openings/closure/")
    assert colleague.openings.get().count == 0


def test_an_absence_can_be_cancelled(ana: Clinician) -> None:
    client = signed_in(ana)
    client.post(address("away"), {"starts_on": "2099-01-01", "ends_on": "2099-01-05"})
    absence = ana.absences.get()
    client.post(reverse("clinicians:absence_return", args=[absence.pk]))
    assert not ana.absences.exists()


def test_nobody_cancels_the_absence_of_another(ana: Clinician, cleo: Clinician) -> None:
    signed_in(ana).post(
        address("away"), {"starts_on": "2099-01-01", "ends_on": "2099-01-05"}
    )
    there = reverse("clinicians:absence_return", args=[ana.absences.get().pk])
    assert signed_in(cleo).post(there).status_code == 404
    assert ana.absences.exists()


def seen(client: Client, who: Clinician) -> tuple[int, str]:
    answer = client.get(reverse("clinicians:colleague", args=[who.public_id]))
    return answer.status_code, answer.content.decode()


def test_colleagues_see_depth_reach_openings_and_verification(ana: Clinician) -> None:
    status, page = seen(signed_in(ana), a_colleague())
    assert status == 200
    for words in (
        "certified",
        "By telehealth",
        "confirmed today",
        "verified",
        "by staff",
    ):
        assert words in page


def test_what_is_kept_to_oneself_is_not_on_the_page(ana: Clinician) -> None:
    colleague = a_colleague()
    client = signed_in(colleague)
    client.post(address("payment"), {"fee_min": "155", "payers": ["aetna"]})
    assert "$155" in seen(signed_in(ana), colleague)[1]
    client.post(address("visibility"), {"hidden": ["fees", "payers"]})
    page = seen(signed_in(ana), colleague)[1]
    assert "$155" not in page
    assert "Aetna" not in page
    assert "$155" in client.get("/profile/").content.decode()


def test_outsiders_see_nobody(finn: Clinician, ana: Clinician, staff: User) -> None:
    assert seen(signed_in(finn), ana)[0] == 404
    assert seen(signed_in(ana), finn)[0] == 404
    assert seen(signed_in(a_user()), ana)[0] == 404
    assert seen(Client(), ana)[0] == 302
    assert seen(signed_in(finn), finn)[0] == 200
    assert seen(signed_in(staff), finn)[0] == 200
    nobody = reverse("clinicians:colleague", args=[uuid4()])
    assert signed_in(ana).get(nobody).status_code == 404


def test_the_suspended_are_seen_by_nobody(ana: Clinician, ben: Clinician) -> None:
    Clinician.objects.filter(pk=ben.pk).update(suspended_at=timezone.now())
    assert seen(signed_in(ana), ben)[0] == 404


def test_a_block_hides_both_and_can_be_undone(ana: Clinician, ben: Clinician) -> None:
    block = reverse("clinicians:colleague_block", args=[ben.public_id])
    answer = signed_in(ana).post(block, follow=True)
    assert "Ben Sparrow" in answer.content.decode()
    assert seen(signed_in(ana), ben)[0] == 404
    assert seen(signed_in(ben), ana)[0] == 404

    unblock = reverse("clinicians:colleague_unblock", args=[ben.public_id])
    assert signed_in(ben).post(unblock).status_code == 404
    signed_in(ana).post(unblock)
    assert seen(signed_in(ana), ben)[0] == 200


def test_completeness_names_the_next_part(ana: Clinician) -> None:
    client = signed_in(ana)
    assert (
        'Next: <a href="/profile/licences/">'
        in client.get("/profile/").content.decode()
    )
    whole = signed_in(a_colleague()).get("/profile/").content.decode()
    assert "8 of 9 parts" in whole
    assert "Still missing: how clients pay." in whole


def test_a_date_far_away_is_written_in_words() -> None:
    colleague = a_colleague(expires_on=date(2031, 5, 31))
    assert "31 May 2031" in signed_in(colleague).get("/profile/").content.decode()
