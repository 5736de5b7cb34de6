"""What one joins by: asked once, recorded, asked again when it changes."""

import pytest
from django.test import Client

from network.accounts import agreements
from network.accounts.actions.agreements import accept_agreements
from network.accounts.agreements import Agreement, has_agreed
from network.accounts.models import Acceptance, User
from network.activity.models import Event
from network.clinicians.models import Clinician
from network.privacy.mode import current_mode
from network.privacy.models import Mode, ModeSwitch
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

NEWER = (Agreement("terms", "Terms of use", "2099-01-01"), agreements.PRIVACY)
SIGNED = {"texts": "on", "with_whom": "Quiet Hosting", "signed_on": "2026-01-02"}


@pytest.fixture
def newcomer(finn: Clinician) -> User:
    """Somebody who has accepted nothing yet."""
    user = finn.user
    assert user is not None
    user.agreed_to = ""
    user.save(update_fields=["agreed_to"])
    return user


@pytest.mark.parametrize("address", ["/terms/", "/privacy/"])
def test_a_stranger_reads_what_one_joins_by(address: str) -> None:
    page = Client().get(address).content.decode()

    assert "adapt" in page.lower()
    assert f'href="{address}"' in Client().get("/account/signup/").content.decode()


def test_a_newcomer_is_asked_first_and_then_goes_where_she_wanted(
    newcomer: User,
) -> None:
    browser = signed_in(newcomer)

    assert browser.get("/find/")["Location"] == "/agreements/?next=%2Ffind%2F"
    answer = browser.post("/agreements/", {"next": "/find/"})

    assert answer["Location"] == "/find/"
    kept = Acceptance.objects.filter(user=newcomer).values_list("document", "version")
    assert set(kept) == {("terms", "2026-11-22"), ("privacy", "2026-11-22")}
    recorded = Event.objects.filter(verb="agreement.accepted")
    assert recorded.filter(actor_id=str(newcomer.public_id)).count() == 2
    assert browser.get("/").status_code == 200


def test_accepting_twice_is_recorded_once(newcomer: User) -> None:
    before = Event.objects.count()

    accept_agreements(newcomer)
    accept_agreements(newcomer)

    assert Acceptance.objects.filter(user=newcomer).count() == 2
    assert Event.objects.count() == before + 2


@pytest.mark.parametrize(
    "address",
    ["/settings/", "/settings/data/", "/settings/appearance/", "/account/logout/"],
)
def test_whoever_accepts_nothing_may_still_leave(newcomer: User, address: str) -> None:
    assert signed_in(newcomer).get(address).status_code == 200


def test_whoever_accepts_nothing_makes_no_token_and_asks_no_api(
    ana: Clinician,
) -> None:
    user = ana.user
    assert user is not None
    browser = signed_in(ana)
    assert browser.get("/api/v1/vocabulary").status_code == 200
    User.objects.filter(pk=user.pk).update(agreed_to="")

    answer = browser.post("/account/tokens/", {"name": "x", "days": 30})
    [told] = browser.get("/api/v1/vocabulary").json()["errors"]

    assert answer["Location"].startswith("/agreements/")
    assert told["code"] == "agreements_required"


def test_an_older_version_is_enough_for_the_api(ana: Clinician) -> None:
    browser = signed_in(ana)
    User.objects.filter(clinician=ana).update(agreed_to="terms 2000-01-01")

    assert browser.get("/api/v1/vocabulary").status_code == 200


def test_looking_accepts_nothing(newcomer: User) -> None:
    signed_in(newcomer).get("/agreements/")

    newcomer.refresh_from_db()
    assert not has_agreed(newcomer)


@pytest.mark.parametrize(
    "evil",
    ["https://evil.example/", "//evil.example", "/\\evil", "nowhere", "home:week"],
)
def test_accepting_leads_to_no_foreign_page(newcomer: User, evil: str) -> None:
    answer = signed_in(newcomer).post("/agreements/", {"next": evil})

    assert answer["Location"] == "/"


def test_a_new_version_waits_for_the_next_page(
    ana: Clinician, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(ana)
    monkeypatch.setattr(agreements, "IN_FORCE", NEWER)

    assert browser.get("/find/").status_code == 302
    written = browser.post("/profile/openings/confirmation/")
    assert not written["Location"].startswith("/agreements/")
    piece = browser.get("/find/", headers={"HX-Request": "true"})
    assert piece.status_code == 200


def test_the_network_begins_without_identities() -> None:
    assert current_mode() == Mode.NO_IDENTITY


def test_staff_switch_to_identities_with_what_it_stands_on(staff: User) -> None:
    browser = signed_in(staff)

    browser.post("/staff/mode/", SIGNED)

    switch = ModeSwitch.objects.get()
    assert current_mode() == Mode.IDENTITY
    assert (switch.agreement_with, switch.terms) == ("Quiet Hosting", "2026-11-22")
    assert Event.objects.get(verb="mode.switched").actor_kind == "staff"

    browser.post("/staff/mode/no-identity/")
    assert current_mode() == Mode.NO_IDENTITY


@pytest.mark.parametrize(
    "missing",
    [{"texts": ""}, {"with_whom": ""}, {"signed_on": ""}, {"signed_on": "2099-01-01"}],
)
def test_without_all_of_it_the_mode_stays(staff: User, missing: dict[str, str]) -> None:
    page = signed_in(staff).post("/staff/mode/", SIGNED | missing).content.decode()

    assert "<title>Error: " in page
    assert current_mode() == Mode.NO_IDENTITY


@pytest.mark.parametrize("address", ["/staff/mode/", "/staff/mode/no-identity/"])
def test_to_a_member_the_mode_has_no_page(ana: Clinician, address: str) -> None:
    assert signed_in(ana).post(address, SIGNED).status_code == 404
