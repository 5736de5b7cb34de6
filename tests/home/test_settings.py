"""Settings in one place: each with its present state, each with its page."""

from zoneinfo import ZoneInfo

import pytest

from home.kinds import KINDS
from home.settings import GROUPS
from network.accounts.actions.agreements import accept_agreements
from network.accounts.models import Acceptance, User
from network.activity.models import Event, Preferences
from network.clinicians.models import Clinician
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

PAGES = [setting.address for group in GROUPS for setting in group.settings]
EVERY_KIND = {kind.slug: "daily" for kind in KINDS} | {"confirmations": "at-once"}


@pytest.mark.parametrize("address", PAGES)
def test_every_setting_has_its_page(ana: Clinician, address: str) -> None:
    assert signed_in(ana).get(address, follow=True).status_code == 200


def test_the_overview_says_how_each_one_stands(ana: Clinician) -> None:
    page = signed_in(ana).get("/settings/").content.decode()

    assert all(f'href="{address}"' in page for address in PAGES)
    for words in ("Verified", "Nobody is blocked", "English", "Accepted", "at once"):
        assert words in page


def test_staff_without_a_profile_have_nothing_of_it_to_set(staff: User) -> None:
    page = signed_in(staff).get("/settings/").content.decode()

    assert "/profile/blocks/" not in page
    assert "/settings/notifications/" in page


def test_mail_is_chosen_by_kind_and_kept_quiet_at_night(ana: Clinician) -> None:
    browser = signed_in(ana)
    night = {"quiet_from": "22:00", "quiet_until": "07:00"}

    answer = browser.post("/settings/notifications/", EVERY_KIND | night, follow=True)

    kept = Preferences.objects.get(person=ana.user)
    assert kept.mail.pop("confirmation") == "at-once"  # there is no digest of it
    assert set(kept.mail.values()) == {"daily"}
    assert "Kept." in answer.content.decode()
    overview = browser.get("/settings/").content.decode()
    assert "Mail by kind of news, quiet from 22:00 to 07:00" in overview
    assert Event.objects.filter(verb="preferences.changed").count() == 1


def test_what_somebody_waits_for_has_no_digest(ana: Clinician) -> None:
    said = EVERY_KIND | {"confirmations": "daily"}

    answer = signed_in(ana).post("/settings/notifications/", said)

    assert "confirmations" in answer.context["form"].errors
    assert not Preferences.objects.exists()


def test_quiet_hours_without_an_end_are_asked_for(ana: Clinician) -> None:
    half = EVERY_KIND | {"quiet_from": "22:00"}

    page = signed_in(ana).post("/settings/notifications/", half).content.decode()

    assert "Quiet hours need a beginning and an end." in page
    assert 'value="22:00"' in page
    assert not Preferences.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("new york", "America/New_York"),
        (" europe/paris ", "Europe/Paris"),
        ("", ""),
    ],
)
def test_a_time_zone_is_found_by_its_place(
    ana: Clinician, typed: str, kept: str
) -> None:
    signed_in(ana).post("/settings/language/", {"time_zone": typed})

    assert Preferences.objects.get().time_zone == kept


@pytest.mark.parametrize("typed", ["Mars/Olympus", "../etc/passwd", "Etc/GMT+3"])
def test_a_time_zone_nobody_knows_is_not_kept(ana: Clinician, typed: str) -> None:
    page = signed_in(ana).post("/settings/language/", {"time_zone": typed})

    assert "This is no time zone of the list." in page.content.decode()
    assert not Preferences.objects.exists()


def test_pages_tell_the_time_by_her_clock_and_by_nobody_elses(
    ana: Clinician, ben: Clinician
) -> None:
    signed_in(ana).post("/settings/language/", {"time_zone": "Asia/Tokyo"})
    User.objects.update(agreed_to="")
    accept_agreements(User.objects.get(clinician=ana))
    acceptance = Acceptance.objects.filter(user=ana.user).latest("pk")
    accepted = acceptance.accepted_at.astimezone(ZoneInfo("Asia/Tokyo"))

    hers = signed_in(ana).get("/settings/agreements/").content.decode()
    his = signed_in(ben).get("/settings/agreements/").content.decode()

    assert f"{accepted:%-d %B %Y, %H:%M}" in hers
    assert f"{accepted:%H:%M}" not in his.partition("<main")[2]


def test_the_browsers_zone_is_offered_and_changes_nothing_by_itself(
    ana: Clinician,
) -> None:
    browser = signed_in(ana)

    assert "<zone-guess" in browser.get("/").content.decode()
    assert not Preferences.objects.exists()
    browser.post("/settings/language/", {"time_zone": "Asia/Tokyo"})
    assert "<zone-guess" not in browser.get("/").content.decode()
