"""The first steps: kept as one goes, left and taken up again, open to nobody else."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from network.accounts.models import User
from network.clinicians.actions.claims import LOOK_UPS_A_DAY
from network.clinicians.actions.membership import verify_member
from network.clinicians.forms.onboarding import STEPS
from network.clinicians.models import Clinician, Invitation, RegistryEntry
from tests.clinicians.test_claims import NPI, an_entry
from tests.conftest import signed_in
from tests.factories import a_colleague, a_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ROWS = {"row-TOTAL_FORMS": "1", "row-INITIAL_FORMS": "0"}
WHO = {"name": "Ivy Larch", "profession": "counselor"}
# What to send to each step, in their order.
SENT: dict[str, dict[str, Any]] = {
    "you": {**WHO, "credentials": "LMHC"},
    "licences": {**ROWS, "row-0-state": "NY", "row-0-number": "77"},
    "places": {**ROWS, "row-0-zip": "10583"},
    "specialties": {"ocd": "certified"},
    "approaches": {"erp": "trained"},
    "clients": {"age_groups": ["adult"], "participants": ["individual"]},
    "meeting": {"formats": ["video"], "acuity_min": "0", "acuity_max": "3"},
    "languages": {"en": "native"},
    "payment": {"payers": ["aetna"]},
    "openings": {**ROWS, "row-0-count": "2"},
}
# What is wrong with a step, and what the page says of it.
WRONG = [
    ("you", {**WHO, "name": ""}, "This field is required"),
    ("you", {**WHO, "npi": "1234567890"}, "check digit does not fit"),
    ("licences", {**ROWS, "row-0-number": "77"}, "This field is required"),
    ("places", {**ROWS, "row-0-zip": "00000"}, "No place in the United States"),
    ("specialties", {"ocd": "wizard"}, "is not one of the available"),
    ("meeting", {"acuity_min": "3", "acuity_max": "1"}, "below where the range"),
    ("payment", {"fee_min": "200", "fee_max": "100"}, "less than where the fee"),
    ("openings", {**ROWS, "row-0-count": "-1"}, "greater than or equal to 0"),
]


def at(slug: str) -> str:
    return f"/welcome/{slug}/"


def said(answer: Any) -> str:
    return str(answer.content.decode())


def facts(client: Client) -> list[Any]:
    """What the profile says, section by section."""
    return [shown["facts"] for shown in client.get("/profile/").context["sections"]]


def looked_up(client: Client, **typed: str) -> Any:
    return client.post(at("npi"), {"npi": NPI, "last_name": "Ash", **typed})


@pytest.fixture
def ivy(db: None) -> User:
    """Just signed up: no profile yet."""
    return a_user("ivy@consilium.example")


def test_somebody_new_is_asked_for_her_number_first(ivy: User) -> None:
    client = signed_in(ivy)

    assert client.get("/welcome/")["Location"] == at("npi")
    assert client.get(at("clients"))["Location"] == "/welcome/"
    assert client.get(at("horoscope")).status_code == 404
    assert not Clinician.objects.exists()


def test_the_steps_follow_one_another_to_the_end(ivy: User) -> None:
    client = signed_in(ivy)
    assert list(SENT) == [step.slug for step in STEPS]
    following = [*list(SENT)[1:], "review"]

    for (slug, sent), then in zip(SENT.items(), following, strict=True):
        assert client.get(at(slug)).status_code == 200
        assert client.post(at(slug), sent)["Location"] == at(then)

    assert client.get("/welcome/")["Location"] == at("review")
    page = said(client.get(at("review")))
    assert "All of it is said" in page
    assert "What staff look at" in page
    assert "Ivy Larch, LMHC" in page


def test_whoever_leaves_comes_back_to_what_is_missing(ivy: User) -> None:
    client = signed_in(ivy)
    for slug in ("you", "licences", "specialties"):
        client.post(at(slug), SENT[slug])

    assert client.get("/welcome/")["Location"] == at("places")
    page = said(client.get(at("places")))
    assert "Question 3 of 10" in page
    assert "2 of 9 parts of the profile are said" in page
    assert f'href="{at("specialties")}"' in page
    assert "Skip for now" in page


@pytest.mark.parametrize("slug", SENT)
def test_every_step_is_kept_while_it_is_filled_in(finn: Clinician, slug: str) -> None:
    client = signed_in(finn)

    first = client.post(at(slug), SENT[slug], headers=HTMX)
    kept = facts(client)
    again = client.post(at(slug), SENT[slug], headers=HTMX)

    assert "Kept, " in said(first)
    assert "<html" not in said(first)
    assert "Kept, " in said(again)
    assert client.post(at(slug), SENT[slug]).status_code == 302
    assert facts(client) == kept


@pytest.mark.parametrize(("slug", "sent", "words"), WRONG)
def test_what_is_wrong_is_said_and_stays_on_the_page(
    finn: Clinician, slug: str, sent: dict[str, Any], words: str
) -> None:
    client = signed_in(finn)
    before: dict[str, Any] = {**Clinician.objects.values().get(pk=finn.pk)}

    quietly = client.post(at(slug), sent, headers=HTMX)
    assert quietly.status_code == 200
    assert words in said(quietly)
    page = client.post(at(slug), sent)
    assert page.status_code == 422
    assert words in said(page)
    for value in sent.values():
        assert f'value="{value}"' in said(page) or value in ("", "wizard", "-1")
    after: dict[str, Any] = {**Clinician.objects.values().get(pk=finn.pk)}
    changed = {name for name, value in before.items() if after[name] != value}
    assert changed <= {"name"}


def test_what_is_right_is_kept_beside_what_is_wrong(finn: Clinician) -> None:
    client = signed_in(finn)
    client.post(at("payment"), {"fee_min": "100", "fee_max": "150"})

    answer = client.post(
        at("payment"),
        {"payers": ["aetna"], "fee_min": "300", "fee_max": "a lot"},
        headers=HTMX,
    )

    assert "Kept, but for this:" in said(answer)
    finn.refresh_from_db()
    assert (finn.payers, finn.fee_min, finn.fee_max) == (["aetna"], 100, 150)


def test_a_row_that_is_wrong_takes_none_away(finn: Clinician) -> None:
    client = signed_in(finn)
    client.post(at("places"), SENT["places"], headers=HTMX)

    answer = client.post(at("places"), {**ROWS, "row-0-zip": "1"}, headers=HTMX)

    assert "Not kept yet:" in said(answer)
    assert finn.places.get().practice.zip == "10583"


def test_a_profile_begins_with_a_name_and_a_profession(ivy: User) -> None:
    client = signed_in(ivy)

    half = client.post(at("you"), {"name": "Ivy"}, headers=HTMX)
    assert "Not kept yet:" in said(half)
    assert not Clinician.objects.exists()

    client.post(at("you"), WHO, headers=HTMX)
    client.post(at("you"), {**WHO, "name": "Ivy Ash"}, headers=HTMX)
    assert Clinician.objects.get(user=ivy).name == "Ivy Ash"


def test_another_row_is_asked_for_on_the_same_page(finn: Clinician) -> None:
    client = signed_in(finn)

    answer = client.post(at("licences"), {**SENT["licences"], "more": "yes"})

    assert answer["Location"] == f"{at('licences')}?more=yes"
    assert "Another licence" in said(client.get(answer["Location"]))
    assert "Another licence" not in said(client.get(at("licences")))


def test_a_change_from_the_last_page_leads_back_to_it(finn: Clinician) -> None:
    client = signed_in(finn)
    address = f"{at('clients')}?from=review"

    assert f'action="{address}"' in said(client.get(address))
    assert client.post(address, SENT["clients"])["Location"] == at("review")


def test_who_is_found_is_asked_whether_it_is_her(ivy: User) -> None:
    an_entry()
    client = signed_in(ivy)
    assert client.get(at("entry"))["Location"] == at("npi")

    assert looked_up(client, npi="123 456 7893")["Location"] == at("entry")
    page = said(client.get(at("entry")))
    assert "Ivy Q. McLarch-Ash Jr., Ph.D., LMHC" in page
    assert "NY A-77" in page
    assert not Clinician.objects.exists()

    answer = client.post(at("entry"))
    assert answer["Location"] == at("you")
    assert 'value="Ivy Q. McLarch-Ash Jr."' in said(client.get(at("you")))
    assert client.get(at("entry"))["Location"] == at("npi")


@pytest.mark.parametrize(
    ("npi", "words"),
    [
        ("1234567890", "check digit does not fit"),
        ("12345", "ten digits"),
        ("12345678x3", "ten digits"),
        ("", "This field is required"),
        ("１２３４５６７８９３", "check digit does not fit"),
    ],
)
def test_a_wrong_number_is_said_beside_the_field(
    ivy: User, npi: str, words: str
) -> None:
    answer = looked_up(signed_in(ivy), npi=npi)

    assert answer.status_code == 422
    assert words in said(answer)
    assert 'value="Ash"' in said(answer)


def test_a_wrong_name_and_no_entry_look_the_same(ivy: User, finn: Clinician) -> None:
    an_entry()
    wrong = said(looked_up(signed_in(ivy), last_name="Birch"))
    RegistryEntry.objects.all().delete()
    none = said(looked_up(signed_in(finn), last_name="Birch"))

    assert "There is no free entry" in wrong
    for page in (wrong, none):
        assert "Scarsdale" not in page
        assert "Ivy" not in page.partition("<main")[2]
    main = [page.partition("<main")[2].partition("csrf")[0] for page in (wrong, none)]
    assert main[0] == main[1]


def test_a_number_that_is_not_found_is_not_typed_twice(ivy: User) -> None:
    client = signed_in(ivy)
    looked_up(client)

    assert f'value="{NPI}"' in said(client.get(at("you")))
    client.post(at("you"), {**WHO, "npi": NPI})
    assert Clinician.objects.get(user=ivy).npi == NPI


def test_the_registry_is_not_asked_without_end(ivy: User) -> None:
    an_entry()
    client = signed_in(ivy)
    for _ in range(LOOK_UPS_A_DAY):
        looked_up(client, last_name="Guess")

    answer = looked_up(client)

    assert answer.status_code == 429
    assert client.get(at("entry"))["Location"] == at("npi")


def test_what_one_has_found_is_nobody_elses(ivy: User, finn: Clinician) -> None:
    an_entry()
    looked_up(signed_in(ivy))

    for other in (signed_in(finn), signed_in(ivy)):
        assert other.get(at("entry"))["Location"] == at("npi")
        assert other.post(at("entry"))["Location"] == at("npi")
    assert Client().get(at("entry")).status_code == 302
    assert not Clinician.objects.exclude(pk=finn.pk).exists()


def test_what_is_somebodys_by_now_is_not_filled_in(ivy: User, ana: Clinician) -> None:
    an_entry()
    client = signed_in(ivy)
    looked_up(client)
    Clinician.objects.filter(pk=ana.pk).update(npi=NPI, npi_bound_at=timezone.now())

    assert client.get(at("entry"))["Location"] == at("npi")
    assert client.post(at("entry"))["Location"] == at("npi")


def test_a_member_does_not_ask_the_registry_who_she_is(ana: Clinician) -> None:
    client = signed_in(ana)

    for page in (at("npi"), at("entry")):
        assert client.get(page)["Location"] == "/"
        assert client.post(page, {"npi": NPI, "last_name": "Ash"})["Location"] == "/"


def test_a_member_goes_on_but_changes_her_name_in_the_profile(ana: Clinician) -> None:
    client = signed_in(ana)

    assert client.get("/welcome/")["Location"] == at("licences")
    assert client.get(at("you"))["Location"] == "/profile/person/"
    assert client.post(at("you"), WHO)["Location"] == "/profile/person/"
    assert Clinician.objects.get(pk=ana.pk).is_verified
    assert "the search is open" in said(client.get(at("review")))


def test_an_invited_person_is_offered_her_entry_first(ivy: User) -> None:
    waiting = Clinician.objects.create(name="Ivy Larch", profession="counselor")
    Invitation.objects.create(clinician=waiting, email=ivy.email)
    client = signed_in(ivy)

    assert client.get("/welcome/")["Location"] == at("invitation")
    assert "Ivy Larch" in said(client.get(at("invitation")))
    assert client.post(at("invitation"))["Location"] == "/welcome/"
    assert Clinician.objects.get(user=ivy) == waiting
    assert client.get(at("invitation"))["Location"] == "/welcome/"


def test_nobody_is_offered_the_entry_of_another(ivy: User, finn: Clinician) -> None:
    waiting = Clinician.objects.create(name="Ivy Larch", profession="counselor")
    Invitation.objects.create(clinician=waiting, email=ivy.email)

    for other in (a_user(), finn):
        client = signed_in(other)
        for ask in (client.get, client.post):
            assert ask(at("invitation"))["Location"] == "/welcome/"
    assert Clinician.objects.get(pk=waiting.pk).user is None


def test_the_usual_wait_is_said_once_it_is_known(finn: Clinician, staff: User) -> None:
    client = signed_in(finn)
    client.post(at("licences"), SENT["licences"])
    assert "They take everybody in turn." in said(client.get(at("review")))
    for _ in range(5):
        a_colleague()

    assert "half waited less than a day" in said(client.get(at("review")))
    verify_member(finn, by=staff)
    assert "the search is open" in said(client.get(at("review")))
