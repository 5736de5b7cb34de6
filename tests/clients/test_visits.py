"""Behind a client's link, as somebody comes who has no account."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from network.clients.actions.consents import revoke_consent
from network.clients.actions.disclosures import note
from network.clients.actions.links import Made, end_link
from network.clients.doorstep import COOKIE
from network.clients.models import AccessLink, Client, Consent
from network.clients.wording import DataClass, Purpose
from network.clinicians.models import Clinician
from tests.clients.people import a_client, a_consent, a_link, her, signed

pytestmark = pytest.mark.django_db
PAGES = ("", "shared/", "wishes/")


@pytest.fixture
def client_of_ana(ana: Clinician) -> Client:
    return a_client(ana)


@pytest.fixture
def made(client_of_ana: Client) -> Made:
    return a_link(client_of_ana.parties.get())


def come_in(made: Made) -> Browser:
    browser = Browser()
    browser.post(f"/client/by/{made.token}/")
    browser.post("/client/code/", {"code": made.code})
    return browser


def text(browser: Browser, place: str = "") -> str:
    answer = browser.get(f"/client/{place}")
    assert answer.status_code == 200, place
    return answer.content.decode()


def test_looking_at_the_link_changes_nothing_and_leaks_nothing(made: Made) -> None:
    answer = Browser().get(f"/client/by/{made.token}/")

    assert answer.status_code == 200
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert COOKIE not in answer.cookies
    assert made.token not in answer.content.decode()
    assert AccessLink.objects.get().opened_at is None


def test_a_tap_gives_the_cookie_of_this_path_and_no_more(made: Made) -> None:
    answer = Browser(enforce_csrf_checks=True).post(
        f"/client/by/{made.token}/", headers={"Origin": "null"}
    )

    assert (answer.status_code, answer["Location"]) == (302, "/client/code/")
    assert answer["Referrer-Policy"] == "no-referrer"
    cookie = answer.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
        "/client/",
        True,
        "Lax",
    )
    assert made.token not in cookie.value


def test_a_tap_on_somebody_elses_page_opens_nothing(made: Made) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}

    answer = Browser().post(f"/client/by/{made.token}/", headers=headers)

    assert answer.status_code == 403
    assert COOKIE not in answer.cookies


@pytest.mark.parametrize("place", PAGES)
def test_without_the_code_there_are_the_crisis_lines_alone(
    place: str, made: Made
) -> None:
    browser = Browser()
    browser.post(f"/client/by/{made.token}/")

    assert browser.get(f"/client/{place}")["Location"] == "/client/code/"
    asked = text(browser, "code/")
    assert 'href="tel:988"' in asked
    assert "Ana Heron" not in asked


def test_the_code_opens_the_pages_and_a_wrong_one_counts(made: Made) -> None:
    browser = Browser()
    browser.post(f"/client/by/{made.token}/")
    wrong = f"{(int(made.code) + 1) % 10**6:06}"

    answer = browser.post("/client/code/", {"code": wrong})
    assert answer.status_code == 422
    assert "4 more times" in answer.content.decode()
    browser.post("/client/code/", {"code": f"{made.code[:3]} {made.code[3:]}"})

    assert "Ana Heron" in text(browser)


def test_after_five_wrong_codes_the_link_is_over(made: Made) -> None:
    browser = Browser()
    browser.post(f"/client/by/{made.token}/")
    wrong = f"{(int(made.code) + 1) % 10**6:06}"

    found = [
        browser.post("/client/code/", {"code": wrong}).status_code for _ in range(6)
    ]

    assert found == [422] * 4 + [404] * 2
    assert browser.post("/client/code/", {"code": made.code}).status_code == 404


def test_what_looks_like_no_code_costs_no_try(made: Made) -> None:
    browser = Browser()
    browser.post(f"/client/by/{made.token}/")

    for word in ("", "abc", "12345", "１２３４５６", "1" * 21):
        assert browser.post("/client/code/", {"code": word}).status_code == 422

    assert AccessLink.objects.get().tries == 0


@pytest.mark.parametrize("place", ["", "code/", "shared/", "wishes/", "by/made-up/"])
def test_a_stranger_finds_a_link_that_is_over(place: str, db: None) -> None:
    browser = Browser()
    browser.cookies[COOKIE] = "made:up"

    answer = browser.get(f"/client/{place}")

    assert answer.status_code == 404
    assert "This link is over" in answer.content.decode()
    assert 'href="tel:988"' in answer.content.decode()


def test_when_it_is_ended_an_open_page_is_over(ana: Clinician, made: Made) -> None:
    browser = come_in(made)
    text(browser)

    end_link(made.link, by=her(ana))

    assert browser.get("/client/").status_code == 404


def test_half_an_hour_later_the_code_is_asked_for_again(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = come_in(made)
    text(browser)
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert browser.get("/client/")["Location"] == "/client/code/"


def test_she_says_yes_and_takes_it_back(
    ben: Clinician, client_of_ana: Client, made: Made
) -> None:
    consent = a_consent(client_of_ana, ben)
    address = f"/client/consents/{consent.public_id}/"
    browser = come_in(made)
    assert "A question for you" in text(browser)
    asked = browser.get(address).content.decode()
    assert "Your care goes on the same if you say no" in asked

    browser.post(address, {"verb": "sign"})
    consent.refresh_from_db()
    assert consent.state == Consent.State.ACTIVE
    assert [one.how for one in consent.signatures.all()] == ["link"]
    browser.post(address, {"verb": "revoke"})

    consent.refresh_from_db()
    assert consent.state == Consent.State.REVOKED
    assert consent.ended_by == made.link.party
    assert "Taken back" in text(browser)


def test_she_says_no(ben: Clinician, client_of_ana: Client, made: Made) -> None:
    consent = a_consent(client_of_ana, ben)

    come_in(made).post(f"/client/consents/{consent.public_id}/", {"verb": "decline"})

    consent.refresh_from_db()
    assert consent.state == Consent.State.DECLINED


def test_what_changed_meanwhile_is_told(
    ana: Clinician, ben: Clinician, client_of_ana: Client, made: Made
) -> None:
    consent, browser = a_consent(client_of_ana, ben), come_in(made)
    revoke_consent(consent, by=her(ana))
    address = f"/client/consents/{consent.public_id}/"

    answer = browser.post(address, {"verb": "sign"}, follow=True)

    assert "changed in the meantime" in answer.content.decode()
    assert browser.post(address, {"verb": "steal"}).status_code == 404


def test_a_guardian_has_her_own_and_the_minor_signs_nothing(
    ana: Clinician, ben: Clinician
) -> None:
    client = a_client(ana, Client.Unit.MINOR)
    consent = a_consent(client, ben)
    for party in client.parties.in_order():
        browser = come_in(a_link(party))
        said = browser.get(f"/client/consents/{consent.public_id}/").content.decode()
        assert ("Yes, I agree" in said) == (party.role == "guardian")


def test_nobody_reads_of_another_client(
    ana: Clinician, ben: Clinician, made: Made
) -> None:
    other = a_consent(a_client(ana), ben)

    answer = come_in(made).get(f"/client/consents/{other.public_id}/")

    assert answer.status_code == 404


def test_what_is_not_there_leads_back_and_names_whom_to_call(
    ana: Clinician, ben: Clinician, made: Made
) -> None:
    other, browser = a_consent(a_client(ana), ben), come_in(made)
    address = f"/client/consents/{other.public_id}/"

    for answer in (browser.get(address), browser.post("/client/copy/", {"form": "x"})):
        page = answer.content.decode()
        assert answer.status_code == 404
        assert 'href="/client/"' in page
        assert 'href="tel:211"' in page
        assert grade(prose(page)) <= 7


def test_too_many_looks_are_told_in_plain_words(made: Made) -> None:
    browser = Browser()
    for _ in range(60):
        browser.get("/client/by/guessed/")

    for place in ("", "code/", f"by/{made.token}/"):
        answer = browser.get(f"/client/{place}")
        page = answer.content.decode()
        assert answer.status_code == 429
        assert "password" not in prose(page)
        assert 'href="tel:988"' in page
        assert grade(prose(page)) <= 7


def test_she_reads_what_was_shared_and_takes_it_along(
    ana: Clinician, ben: Clinician, client_of_ana: Client, made: Made
) -> None:
    consent = signed(a_consent(client_of_ana, ben))
    what, purpose = [DataClass.SUMMARY], Purpose.REFERRAL
    note(ana, ben, client_of_ana, what, consent, purpose=purpose)
    browser = come_in(made)

    assert "Ben Sparrow" in text(browser, "shared/")
    told = browser.post("/client/copy/", {"form": "json"}).json()
    assert [line["to"] for line in told["shared"]] == ["Ben Sparrow"]
    assert [one["state"] for one in told["consents"]] == ["active"]
    printed = browser.post("/client/copy/", {"form": "pdf"})
    assert printed.content.startswith(b"%PDF")
    assert browser.post("/client/copy/", {"form": "x"}).status_code == 404


def test_she_says_how_to_reach_her(
    ana: Clinician, client_of_ana: Client, made: Made
) -> None:
    from tests.conftest import signed_in

    said = {"way": "text", "voicemail": "no", "time": "evening"}

    come_in(made).post("/client/wishes/", said)

    shown = signed_in(ana).get(client_of_ana.get_absolute_url()).content.decode()
    assert "Text me · No, please do not · Evening" in shown


def test_leaving_forgets_the_cookie(made: Made) -> None:
    browser = come_in(made)

    browser.post("/client/leaving/")

    assert browser.get("/client/").status_code == 404


@pytest.mark.parametrize(("state", "line"), [("MA", "1-833-773-2445"), ("NY", "211")])
def test_the_lines_of_her_state_are_there(
    state: str, line: str, ana: Clinician
) -> None:
    made = a_link(a_client(ana, state=state, zip3="").parties.get())

    for page in (text(come_in(made)), text(Browser(), f"by/{made.token}/")):
        assert f'href="tel:{line}"' in page
        assert 'href="tel:988"' in page


WORD = re.compile(r"[A-Za-z']+")


def grade(said: str) -> float:
    """Flesch and Kincaid's: of sentences, words and, roughly, syllables."""
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", said)))
    words = WORD.findall(said)
    syllables = sum(
        max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e\b", "", word.lower()))))
        for word in words
    )
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def prose(page: str) -> str:
    """What is read in the page's own part, each block ending like a sentence."""
    main = page.partition("<main")[2].partition("</main>")[0]
    blocks = re.sub(r"</(p|li|h\d|a|button|legend|label|span)>", ". ", main)
    plain = re.sub(r"<[^>]+>", " ", blocks)
    return re.sub(r"\s*([.!?:])[\s.]*", r"\1 ", re.sub(r"\s+", " ", plain))


def test_every_page_reads_at_grade_seven_or_below(
    ben: Clinician, client_of_ana: Client, made: Made
) -> None:
    everything = list(DataClass)
    consent = a_consent(client_of_ana, ben, data_classes=everything)
    browser, fresh = come_in(made), Browser()
    places = (*PAGES, f"consents/{consent.public_id}/", f"by/{made.token}/")
    pages = {place: text(browser, place) for place in places}
    fresh.post(f"/client/by/{made.token}/")
    pages["code/"] = text(fresh, "code/")

    found = {place: round(grade(prose(page)), 1) for place, page in pages.items()}

    assert max(found.values()) <= 7, found
    assert grade("The institutionalised consolidation of confidentiality.") > 12
