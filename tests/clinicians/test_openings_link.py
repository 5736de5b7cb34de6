"""Asked by mail, answered in one tap: openings alone, for as long as the link lives."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from network.accounts.actions.closing import close_account
from network.accounts.models import User
from network.activity.actions import deliver_news
from network.activity.models import Event, Notification
from network.clinicians.actions.openings import confirm_openings, go_away
from network.clinicians.actions.openings_links import answer_by_link, ask_about_openings
from network.clinicians.actions.profile import Acceptance, Visibility, change_section
from network.clinicians.models import Clinician, Listing, OpeningsLink
from network.clinicians.openings_token import token_of
from tests.conftest import signed_in
from tests.factories import a_colleague

pytestmark = pytest.mark.django_db
COOKIE = "__Secure-openings"
NOON = timezone.make_aware(datetime(2026, 3, 2, 12))  # noqa: DTZ001 made aware


def after(**span: int) -> Any:
    return time_machine.travel(NOON + timedelta(**span), tick=False)


@pytest.fixture
def wren() -> Clinician:
    """She said one opening on the second of March at noon."""
    with after():
        return a_colleague("Wren Test")


def her(clinician: Clinician) -> User:
    assert clinician.user is not None
    return clinician.user


def asked_by(clinician: Clinician) -> str:
    """The path of the link in the newest mail."""
    [letter] = deliver(clinician)
    [address] = re.findall(r"https?://[^/]+(/openings/\S+)", str(letter.body))
    return str(address)


def deliver(clinician: Clinician) -> list[Any]:
    """The mails about openings that she is still owed."""
    before = len(mail.outbox)
    for event in Event.objects.about(clinician).filter(verb="openings.asked"):
        deliver_news(event.pk)
    letters = mail.outbox[before:]
    assert {one.to[0] for one in letters} <= {her(clinician).email}
    return letters


def arrived(clinician: Clinician, path: str = "") -> Client:
    """A browser without a session that has opened the link."""
    browser = Client()
    assert browser.get(path or asked_by(clinician)).status_code == 302
    return browser


def test_she_is_asked_after_a_fortnight_and_then_weekly(wren: Clinician) -> None:
    asked = []
    for day in range(80):
        with after(days=day):
            if ask_about_openings():
                asked.append(day)

    assert asked == [14, 21, 28, 35, 42, 49]


def test_any_number_of_runs_a_day_ask_once(wren: Clinician) -> None:
    with after(days=14):
        assert [ask_about_openings() for _ in range(3)] == [1, 0, 0]
    with after(days=20, hours=11):
        assert ask_about_openings() == 0


def test_a_worker_that_was_away_for_a_month_asks_once(wren: Clinician) -> None:
    with after(days=45):
        assert [ask_about_openings() for _ in range(2)] == [1, 0]
        assert [len(deliver(wren)) for _ in range(2)] == [1, 0]


def test_a_confirmation_starts_the_fortnight_anew(wren: Clinician) -> None:
    with after(days=14):
        ask_about_openings()
        confirm_openings(wren, by=her(wren))
    with after(days=27):
        assert ask_about_openings() == 0
    with after(days=28):
        assert ask_about_openings() == 1


def not_accepting(one: Clinician) -> None:
    change_section(one, Acceptance(accepting=False), by=her(one))


def hiding(one: Clinician) -> None:
    change_section(one, Visibility(hidden_fields=["openings"]), by=her(one))


def away(one: Clinician) -> None:
    day = timezone.localdate()
    go_away(one, starts_on=day, ends_on=day, coverer=None, by=her(one))


def suspended(one: Clinician) -> None:
    Clinician.objects.filter(pk=one.pk).update(suspended_at=timezone.now())


def gone(one: Clinician) -> None:
    User.objects.filter(pk=her(one).pk).update(is_active=False)


def without_any(one: Clinician) -> None:
    one.openings.all().delete()


@pytest.mark.parametrize(
    "change", [not_accepting, hiding, away, suspended, gone, without_any]
)
def test_whoever_cannot_answer_is_not_asked(change: Any, wren: Clinician) -> None:
    with after(days=30):
        change(wren)
        assert ask_about_openings() == 0


def test_the_mail_says_nothing_of_her_and_has_the_link(wren: Clinician) -> None:
    with after(days=14):
        ask_about_openings()
        path = asked_by(wren)
    letter = mail.outbox[-1]

    assert letter.subject == "Are your openings still right?"
    said = f"{letter.subject} {letter.body}".replace(path, "")
    for word in ("Wren", "ocd", "Tuesday", "1 opening"):
        assert word.lower() not in said.lower()
    event = Event.objects.get(verb="openings.asked")
    assert (event.actor_kind, path in str(vars(event))) == ("system", False)
    assert [one.person for one in event.notifications.all()] == [her(wren)]


def test_opening_the_link_changes_nothing_and_names_nobody(wren: Clinician) -> None:
    with after(days=14):
        ask_about_openings()
        before = (Event.objects.count(), wren.openings.values().get())
        browser = Client()
        arrival = browser.get(asked_by(wren))
        page = browser.get(arrival["Location"]).content.decode()

        assert (arrival["Location"], arrival["Referrer-Policy"]) == (
            "/openings/",
            "no-referrer",
        )
        cookie = arrival.cookies[COOKIE]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
            "/openings/",
            True,
            "Lax",
        )
        assert "Still 1" in page
        assert "2 March 2026" in page
        for word in ("Wren", "Test", "ocd", "OCD", her(wren).email):
            assert word not in page
        assert (Event.objects.count(), wren.openings.values().get()) == before


@pytest.mark.parametrize(
    ("word", "verb", "count", "shows"),
    [
        ("still", "clinician.openings_confirmed", 1, "Confirmed today"),
        ("0", "clinician.openings_confirmed", 0, "0 openings"),
        ("3", "clinician.openings_confirmed", 3, "3 openings"),
        ("pause-2", "clinician.went_away", 1, "Paused until 29 March"),
    ],
)
def test_one_tap_is_her_word_by_the_link(
    word: str, verb: str, count: int, shows: str, wren: Clinician
) -> None:
    with after(days=14):
        ask_about_openings()
        browser = arrived(wren)
        answer = browser.post("/openings/", {"word": word}, follow=True)

        assert shows in answer.content.decode()
        event = Event.objects.about(wren).last()
        assert event is not None
        assert (event.verb, event.actor_kind) == (verb, "link")
        assert event.actor_id == str(her(wren).public_id)
        assert wren.openings.get().count == count
        away_from = Listing.objects.get(pk=wren.pk).away_from
        assert (away_from == timezone.localdate().toordinal()) == ("pause" in word)
        told = Notification.objects.visible_to(her(wren)).unread()
        assert not told.filter(event__verb="openings.asked").exists()


def test_a_pause_said_twice_is_one_and_can_be_ended(wren: Clinician) -> None:
    with after(days=14):
        ask_about_openings()
        browser = arrived(wren)
        for word in ("pause-2", "pause-4"):
            browser.post("/openings/", {"word": word})
        assert wren.absences.count() == 1

        page = browser.post("/openings/", {"word": "back"}, follow=True)
        assert "Still 1" in page.content.decode()
        assert not wren.absences.exists()


def test_a_word_can_be_corrected_while_the_link_lives(wren: Clinician) -> None:
    with after(days=14):
        ask_about_openings()
        path = asked_by(wren)
        arrived(wren, path).post("/openings/", {"word": "0"})
    with after(days=20):
        arrived(wren, path).post("/openings/", {"word": "2"})

        assert wren.openings.get().count == 2


def test_a_bad_number_keeps_the_page_and_says_so(wren: Clinician) -> None:
    with after(days=14):
        ask_about_openings()
        answer = arrived(wren).post("/openings/", {"word": "a few"})

        assert answer.status_code == 422
        assert "A whole number from 0 to 99." in answer.content.decode()


def is_over(path: str, browser: Client | None = None) -> bool:
    answer = (browser or Client()).get(path)
    calm = "Nothing was changed." in answer.content.decode()
    return answer.status_code == 404 and calm and COOKIE not in answer.cookies


def test_a_link_ends_after_a_fortnight_or_with_a_newer_one(wren: Clinician) -> None:
    with after(days=14):
        ask_about_openings()
        first = asked_by(wren)
        browser = arrived(wren, first)
    with after(days=21):
        ask_about_openings()
        second = asked_by(wren)
        assert is_over(first)
        assert is_over("/openings/", browser)
        assert browser.post("/openings/", {"word": "9"}).status_code == 404
    with after(days=34):
        assert not is_over(second)
    with after(days=35):
        assert is_over(second)
    assert wren.openings.get().count == 1


def test_another_password_or_address_ends_every_link(wren: Clinician) -> None:
    with after(days=14):
        ask_about_openings()
        path = asked_by(wren)
        for change in ({"password": make_password("x")}, {"email": "new@example.org"}):
            before = User.objects.filter(pk=her(wren).pk).values(*change).get()
            User.objects.filter(pk=her(wren).pk).update(**change)
            assert is_over(path)
            User.objects.filter(pk=her(wren).pk).update(**before)
        assert not is_over(path)


def test_a_closed_account_answers_nothing(wren: Clinician) -> None:
    with after(days=14):
        ask_about_openings()
        path = asked_by(wren)
        gone(wren)
        assert is_over(path)


def test_whoever_has_closed_her_account_answers_by_no_link(wren: Clinician) -> None:
    with after(days=14):
        ask_about_openings()
        path = asked_by(wren)
        close_account(User.objects.get(pk=her(wren).pk))
        assert is_over(path)


def test_what_is_tampered_with_is_over(wren: Clinician) -> None:
    other = a_colleague("Lark Test")
    with after(days=14):
        ask_about_openings()
        token = asked_by(wren).removeprefix("/openings/").strip("/")
        named, _, signature = token.partition(".")
        others = OpeningsLink(clinician=other, sent_on=NOON, expires_at=NOON)
        others.expires_at = timezone.now() + timedelta(days=1)
        others.save()
        for wrong in (
            named,
            f"{named}.",
            f"{named}.{signature[:-1]}",
            f"{named}.{signature.swapcase()}",
            f"{others.public_id}.{signature}",
            f"{token}.{signature}",
            token.upper(),
            "-",
            "%00",
        ):
            assert is_over(f"/openings/{wrong}/")
        browser = Client()
        browser.cookies[COOKIE] = f"{others.public_id}.{signature}"
        assert is_over("/openings/", browser)


def test_the_link_opens_nothing_else(wren: Clinician) -> None:
    with after(days=14):
        ask_about_openings()
        browser = arrived(wren)
        for path in ("/profile/", "/", "/profile/openings/", "/find/", "/lists/"):
            page = browser.get(path)
            assert "Wren" not in page.content.decode()
        for path in ("/profile/openings/word/", "/profile/openings/closure/"):
            answer = browser.post(path, {"word": "0"})
            assert answer["Location"].startswith("/account/login/")
        assert wren.openings.get().count == 1


def test_whoever_is_signed_in_answers_for_whom_the_link_is(
    wren: Clinician, ben: Clinician
) -> None:
    with after(days=14):
        ask_about_openings()
        browser = signed_in(ben)
        browser.get(asked_by(wren))
        browser.post("/openings/", {"word": "5"})

        assert wren.openings.get().count == 5
        assert not ben.openings.exists()


def test_a_tap_from_another_site_is_refused(wren: Clinician) -> None:
    with after(days=14):
        ask_about_openings()
        browser = Client(enforce_csrf_checks=True)
        browser.get(asked_by(wren))

        assert browser.post("/openings/", {"word": "0"}).status_code == 403
        assert wren.openings.get().count == 1


def test_whoever_guesses_is_held_back(wren: Clinician) -> None:
    browser = Client()
    guesses = [browser.get(f"/openings/guess-{n}/").status_code for n in range(32)]

    assert guesses[:30] == [404] * 30
    assert guesses[30:] == [429] * 2


def test_a_link_that_ended_meanwhile_is_refused_by_the_action(wren: Clinician) -> None:
    with after(days=14):
        ask_about_openings()
        link = OpeningsLink.objects.valid(timezone.now()).get()
        OpeningsLink.objects.update(ended_at=timezone.now())

        with pytest.raises(PermissionDenied):
            answer_by_link(link, confirm_openings)


def test_the_token_is_not_in_the_database(wren: Clinician) -> None:
    with after(days=14):
        ask_about_openings()
        link = OpeningsLink.objects.valid(timezone.now()).get()
        signature = token_of(link).partition(".")[2]

        kept = str(list(Event.objects.values())) + str(
            list(OpeningsLink.objects.values())
        )
        assert signature not in kept
