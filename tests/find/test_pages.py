"""Whoever searches sees her own search; everybody else sees nothing of it."""

import pytest
from django.test import Client
from django.urls import reverse

from network.activity.models import Event
from network.clinicians.actions.needs import save_need
from network.clinicians.models import Clinician, SavedNeed
from tests.conftest import signed_in
from tests.factories import a_colleague

STORY = "19, OCD with tics, ERP; CBT didn't help; evenings; 10583 or telehealth NY"
OCD = {"need": {"specialties": [{"term": "ocd", "wish": "must"}]}}


@pytest.fixture
def anas(ana: Clinician) -> SavedNeed:
    """A search of Ana's."""
    assert ana.user is not None
    return save_need(OCD, owner=ana, by=ana.user)


def test_a_text_becomes_chips_and_matches(ana: Clinician) -> None:
    a_colleague("Ines Okafor", specialties=[("ocd", "consults"), ("tics", "certified")])

    page = signed_in(ana).post(
        reverse("clinicians:find"), {"words": STORY}, follow=True
    )

    saved = SavedNeed.objects.get()
    assert page.redirect_chain == [(saved.get_absolute_url(), 302)]
    content = page.content.decode()
    for words in ("Ines Okafor", "ERP", "evenings", "≤15 mi of 10583", "Fits "):
        assert words in content
    assert "“19” became" in content
    assert "Reach checked for New York" in content


def test_without_a_state_reach_is_not_checked_and_says_so(
    ana: Clinician, anas: SavedNeed
) -> None:
    page = signed_in(ana).get(anas.get_absolute_url())

    assert "say where the client lives" in page.content.decode()


def test_an_identifier_is_shown_once_to_its_writer_and_never_kept(
    ana: Clinician,
) -> None:
    text = "Maria Gonzalez, OCD"
    browser = signed_in(ana)

    answer = browser.post(
        reverse("clinicians:find"), {"words": text}, headers={"HX-Request": "true"}
    )

    saved = SavedNeed.objects.get()
    assert answer["HX-Push-Url"] == saved.get_absolute_url()
    assert "“Maria Gonzalez”" in answer.content.decode()
    assert "Gonzalez" not in str(saved.content)
    later = browser.get(saved.get_absolute_url()).content.decode()
    assert "Gonzalez" not in later
    assert "There was a name" in later


def test_every_point_of_a_score_is_on_the_page(ana: Clinician, anas: SavedNeed) -> None:
    a_colleague("Ines Okafor", specialties=[("ocd", "certified")])

    page = signed_in(ana).get(anas.get_absolute_url())

    card = page.context["cards"][0]
    assert [row.points for row in card.rows] == ["2.7"]
    assert (card.points, card.weight, card.score) == ("2.7", 3, "0.90")
    assert "Certified in OCD" in page.content.decode()


@pytest.mark.parametrize("who", ["ben", "cleo"])
def test_somebody_elses_search_is_not_there(
    who: str, anas: SavedNeed, request: pytest.FixtureRequest
) -> None:
    browser = signed_in(request.getfixturevalue(who))

    for name in OWN_PAGES:
        address = reverse(f"clinicians:{name}", args=[anas.public_id])
        assert browser.get(address).status_code in (404, 405)
        assert browser.post(address, {"words": "x"}).status_code in (404, 405)
    anas.refresh_from_db()
    assert anas.content == OCD


OWN_PAGES = (
    "need",
    "need_answers",
    "need_chips",
    "need_clearance",
    "comparison",
    "need_criteria",
    "need_more",
    "need_relaxation",
    "need_unclaimed",
    "need_removal",
    "need_words",
)
PAGES = ("find", "need_people", "need_terms", "lists", "handout", "handout_pdf")


@pytest.mark.parametrize("name", PAGES)
def test_finn_is_told_calmly_that_he_must_wait(name: str, finn: Clinician) -> None:
    browser, address = signed_in(finn), reverse(f"clinicians:{name}")

    for answer in (browser.get(address), browser.post(address, {"words": "OCD"})):
        assert answer.status_code == 403
        assert "opens with your verification" in answer.content.decode()
    assert not SavedNeed.objects.exists()


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_is_asked_to_sign_in(name: str, client: Client, db: None) -> None:
    answer = client.post(reverse(f"clinicians:{name}"), {"words": "OCD"})

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_reading_a_saved_need_is_on_the_trail(ana: Clinician, anas: SavedNeed) -> None:
    browser = signed_in(ana)
    browser.get(anas.get_absolute_url())
    browser.post(
        reverse("clinicians:need_chips", args=[anas.public_id]),
        {"turn": "specialties/ocd"},
        headers={"HX-Request": "true"},
    )

    verbs = list(Event.objects.about(anas).values_list("verb", flat=True))
    assert verbs == ["need.saved", "need.opened", "need.changed"]


def test_her_recent_searches_are_hers_to_delete(
    ana: Clinician, anas: SavedNeed
) -> None:
    browser = signed_in(ana)
    assert "OCD" in browser.get(reverse("clinicians:find")).content.decode()

    browser.post(reverse("clinicians:need_removal", args=[anas.public_id]))

    assert not SavedNeed.objects.exists()


def test_no_word_of_a_search_is_logged(
    ana: Clinician, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    tab = signed_in(ana)
    tab.post(reverse("clinicians:find"), {"words": "zebrafinch, OCD"}, follow=True)
    saved = SavedNeed.objects.get()
    address = reverse("clinicians:need_criteria", args=[saved.public_id])
    tab.post(address, {"text": "zebrafinch", "specialties-add": "zebrafinch"})

    logged = "".join([*capfd.readouterr(), caplog.text])

    assert "request_finished" in logged
    assert "zebrafinch" not in logged
    assert "ocd" not in logged.lower()
