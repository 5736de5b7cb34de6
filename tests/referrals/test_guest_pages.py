"""Behind a guest's link, as somebody comes without an account; and the sender's."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client as Browser
from django.utils import timezone

from network.accounts.models import User
from network.activity.models import Event
from network.clinicians.actions.membership import verify_member
from network.clinicians.models import Clinician, RegistryEntry
from referrals import tasks
from referrals.actions import choosing, guests
from referrals.actions.drafting import Guest
from referrals.actions.ending import withdraw_referral
from referrals.guests.doorstep import COOKIE
from referrals.guests.token import token_of
from referrals.models import GuestLink, Offer, Referral
from tests.conftest import signed_in
from tests.factories import a_staff_member
from tests.messaging.saying import her
from tests.referrals.guests import (
    ADDRESS,
    JUNE,
    a_member,
    a_newcomer,
    asked,
    come_in,
    its,
    link_in_mail,
)
from tests.referrals.story import WORDS, begun, by, click, sent
from tests.referrals.test_pages import hidden, html

pytestmark = pytest.mark.django_db
PLACES = ("", "joining/", "acceptance/", "by/made-up/")


def take(browser: Browser, slug: str, **said: Any) -> str:
    """By its own page, as without a script; where it leads."""
    address = f"/guest/{slug}/"
    answer = browser.post(address, {**hidden(html(browser, address)), **said})
    assert answer.status_code == 302, answer.content.decode()
    return html(browser, answer["Location"])


def press(browser: Browser, slug: str) -> str:
    """A button of the page itself."""
    page = html(browser, "/guest/")
    form = page[page.index(f'action="/guest/{slug}/"') :]
    browser.post(f"/guest/{slug}/", hidden(form[: form.index("</form>")]))
    return html(browser, "/guest/")


def test_looking_at_the_link_changes_nothing_and_tells_nothing(ana: Clinician) -> None:
    offer = asked(ana)
    answer = Browser().get(link_in_mail())

    assert answer.status_code == 200
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert COOKIE not in answer.cookies
    said = answer.content.decode()
    assert "Ana Heron" in said
    for private in (WORDS, offer.referral.client.handle, token_of(offer.guest_link)):
        assert private not in said
    assert its(offer.referral).state == "sent"
    assert not Event.objects.filter(verb="referral.opened").exists()


def test_a_tap_gives_the_cookie_of_this_path_and_opens_it(ana: Clinician) -> None:
    offer = asked(ana)
    answer = Browser(enforce_csrf_checks=True).post(
        link_in_mail(), headers={"Origin": "null"}
    )

    assert (answer.status_code, answer["Location"]) == (302, "/guest/")
    assert answer["Referrer-Policy"] == "no-referrer"
    cookie = answer.cookies[COOKIE]
    said = (cookie["path"], cookie["httponly"], cookie["samesite"])
    assert said == ("/guest/", True, "Lax")
    assert its(offer.referral).state == "viewed"
    assert its(offer.referral).viewed_on == timezone.localdate()


def test_a_tap_on_somebody_elses_page_opens_nothing(ana: Clinician) -> None:
    offer = asked(ana)
    answer = Browser().post(link_in_mail(), headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert COOKIE not in answer.cookies
    assert its(offer.referral).state == "sent"


@pytest.mark.parametrize("place", PLACES)
def test_a_stranger_finds_a_link_that_is_over(place: str, db: None) -> None:
    browser = Browser()
    browser.cookies[COOKIE] = "made:up"
    answer = browser.get(f"/guest/{place}")

    assert answer.status_code == 404
    assert "This link is over" in answer.content.decode()
    assert 'href="tel:988"' in answer.content.decode()


def test_she_reads_exactly_what_members_read(ana: Clinician, rosa: Clinician) -> None:
    one = sent(ana, rosa, JUNE, mode="sender_choice")
    tasks.mail_guests()
    browser = come_in()
    hers = one.offers.get(receiver=rosa)
    page = html(signed_in(rosa), hers.get_absolute_url())

    need = re.compile(r'<dl class="facts">.*?</dl>\s*<p class="passage">.*?</p>', re.S)
    assert need.search(html(browser, "/guest/")).group() == need.search(page).group()  # type: ignore[union-attr]
    assert WORDS in html(browser, "/guest/")
    reading = Event.objects.filter(verb="referral.opened", actor_kind="link")
    assert reading.first().actor_id == str(its(one).public_id)  # type: ignore[union-attr]


def test_she_asks_and_accepts_with_her_word_on_licence_and_fee(ana: Clinician) -> None:
    offer = asked(ana, mode="sender_choice")
    browser = come_in()
    take(browser, "question", words="Evenings only?", guard_reason="")
    assert "Evenings only?" in html(browser, "/guest/")
    anas = signed_in(ana)
    assert "Evenings only?" in html(anas, offer.referral.get_absolute_url())
    answer = f"{its(offer.referral).get_absolute_url()}answer/"
    anas.post(answer, {**hidden(html(anas, answer)), "words": "Yes."})

    address = "/guest/acceptance/"
    form = hidden(html(browser, address))
    for lacks in ({"no_fee": "on"}, {"licensed": "on"}):
        assert browser.post(address, {**form, **lacks}).status_code == 422
    page = take(browser, "acceptance", no_fee="on", licensed="on", fee="insurance")

    assert "Accepted" in page
    assert its(offer.referral).guest_link.declared_at is not None
    assert "By insurance" in page or "by insurance" in page.lower()
    sender = html(anas, offer.referral.get_absolute_url())
    assert "licensed by own word, not seen by staff" in sender


def test_from_the_choice_to_the_report_by_forms(ana: Clinician) -> None:
    offer = asked(ana, kind="adjunct")
    browser, one = come_in(), offer.referral
    page = take(browser, "acceptance", no_fee="on", licensed="on")
    assert "You are chosen for this client" in page
    anas = signed_in(ana)
    way = f"{one.get_absolute_url()}clients-call/"
    anas.post(way, hidden(html(anas, way)))

    take(browser, "attempt", how="phone", words="")
    at = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert "First session booked" in take(browser, "booking", at=at)
    take(browser, "absence")
    take(browser, "booking", at=at)
    assert "Attended" in press(browser, "attendance")
    assert "It goes well." in take(browser, "report", words="It goes well.")
    sender = html(anas, one.get_absolute_url())
    assert "June Marten noted that the client came" in sender
    assert "A former colleague" not in sender


def test_she_declines_with_a_reason_and_reads_the_courteous_close(
    ana: Clinician,
) -> None:
    offer = asked(ana)
    browser = come_in()
    page = take(browser, "refusal", why="full")

    assert "Thank you" in page
    assert WORDS not in page
    assert offer.referral.client.handle not in page
    assert "No opening" in html(signed_in(ana), offer.referral.get_absolute_url())


def test_she_steps_back_without_a_word(ana: Clinician) -> None:
    asked(ana)
    browser = come_in()

    assert WORDS not in take(browser, "stepping-back")


def test_who_is_not_chosen_reads_the_courteous_close(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa, JUNE, mode="sender_choice")
    tasks.mail_guests()
    browser = come_in()
    take(browser, "acceptance", no_fee="on", licensed="on")
    hers = one.offers.get(receiver=rosa)
    for slug, said in (("", {}), ("acceptance/", {"no_fee": "on"})):
        rosas, address = signed_in(rosa), f"{hers.get_absolute_url()}{slug}"
        page = html(rosas, address)
        if slug:
            rosas.post(address, {**hidden(page), **said})
    hers.refresh_from_db()
    choosing.choose_offer(hers, by=by(ana), click=click(hers))

    page = html(browser, "/guest/")
    assert "Somebody else was chosen" in page
    for private in (WORDS, one.client.handle, "Rosa Wren", "Lives in"):
        assert private not in page
    tasks.mail_guests()
    assert "There is news" in mail.outbox[-1].subject


@pytest.mark.parametrize("how", ["ended", "renewed", "expired"])
def test_an_open_page_is_over_with_its_link(
    how: str, ana: Clinician, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = asked(ana)
    browser = come_in()
    html(browser, "/guest/")
    offer = its(offer.referral)
    if how == "ended":
        guests.end_link(offer, by=by(ana), click=click(offer))
    elif how == "renewed":
        guests.renew_link(offer, ADDRESS, by=by(ana), click=click(offer))
    else:
        later = timezone.now() + timedelta(days=14)
        monkeypatch.setattr(timezone, "now", lambda: later)

    for place in ("", "acceptance/", "joining/"):
        assert browser.get(f"/guest/{place}").status_code == 404
    assert browser.post("/guest/acceptance/").status_code == 404


def test_what_she_presses_on_a_page_of_before_meets_a_courteous_close(
    ana: Clinician,
) -> None:
    """No socket tells her: whatever stands open, the next tap says how it is."""
    offer = asked(ana)
    browser = come_in()
    assert "An answer is expected by" in html(browser, "/guest/")
    forms = {
        slug: hidden(html(browser, f"/guest/{slug}/"))
        for slug in ("acceptance", "question", "refusal")
    }
    one = offer.referral
    withdraw_referral(one, by=by(ana), click=click(one))

    for slug, form in forms.items():
        said = {**form, "no_fee": "on", "licensed": "on", "words": "When?"}
        answer = browser.post(f"/guest/{slug}/", {**said, "reason": "full"})
        assert answer.status_code == 302
        page = html(browser, answer["Location"])
        assert "Thank you for having looked" in page
        for gone in (WORDS, one.client.handle, "An answer is expected"):
            assert gone not in page
    assert its(one).state == "retracted"


def test_what_is_not_hers_to_do_leads_back(ana: Clinician) -> None:
    asked(ana)
    browser = come_in()

    for slug in ("choice", "retraction", "link", "link-end", "handover", "booking"):
        answer = browser.post(f"/guest/{slug}/", {"key": 1})
        assert (answer.status_code, answer["Location"]) == (302, "/guest/")
    assert browser.get("/guest/nonsense/").status_code == 404


def test_who_leaves_comes_back_by_the_mail(ana: Clinician) -> None:
    asked(ana)
    browser = come_in()
    browser.post("/guest/leaving/")
    assert browser.get("/guest/").status_code == 404

    assert WORDS in html(come_in(), "/guest/")


def test_who_leaves_takes_her_address_along(ana: Clinician) -> None:
    asked(ana)
    browser = come_in()
    browser.post("/guest/joining/")
    assert ADDRESS in html(browser, "/account/signup/")
    browser.post("/guest/leaving/")

    assert ADDRESS not in html(browser, "/account/signup/")


def test_a_guest_sees_no_other_page_and_no_other_offer(ana: Clinician) -> None:
    first = asked(ana)
    other = asked(ana)
    browser = come_in(link_in_mail(0))

    assert other.referral.client.handle not in html(browser, "/guest/")
    for thing in (first, first.referral, other):
        answer = browser.get(thing.get_absolute_url())
        assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("slug", ["acceptance", "stepping-back"])
def test_a_page_of_one_link_answers_nothing_by_the_cookie_of_another(
    slug: str, ana: Clinician
) -> None:
    first, other = asked(ana), asked(ana)
    browser = come_in(link_in_mail(0))
    address = f"/guest/{slug}/"
    form = hidden(html(browser, address))
    browser.post(link_in_mail(1))
    assert its(first.referral).version == its(other.referral).version

    answer = browser.post(address, {**form, "no_fee": "on", "licensed": "on"})
    assert (answer.status_code, answer["Location"]) == (302, "/guest/")
    states = {its(one.referral).state for one in (first, other)}
    assert states == {"viewed"}


def add(anas: Browser, one: Referral, **said: str) -> Any:
    address = f"{one.get_absolute_url()}guests/"
    listed = said.pop("listed", "")
    address += f"?listed={listed}" if listed else ""
    return anas.post(address, {**hidden(html(anas, address)), **said})


def test_a_sender_adds_renews_and_ends_by_forms(ana: Clinician) -> None:
    anas, one = signed_in(ana), begun(ana)
    assert add(anas, one, name="", how="link", email="").status_code == 422
    assert add(anas, one, name="June", how="link", email="").status_code == 422
    own = add(anas, one, name="Me", how="link", email=her(ana).email)
    assert "This is your own address" in own.content.decode()
    assert add(anas, one, name="June", how="link", email=ADDRESS).status_code == 302
    add(anas, one, name="Far Away", how="record", email="")
    page = html(anas, one.get_absolute_url())
    assert "you keep the record" in page
    assert ADDRESS in page

    offer = asked(ana)
    link = f"{offer.get_absolute_url()}link/"
    said = {**hidden(html(anas, link)), "email": "june@another.example"}
    assert anas.post(link, said).status_code == 302
    tasks.mail_guests()
    assert mail.outbox[-1].to == ["june@another.example"]
    end = f"{offer.get_absolute_url()}link-end/"
    anas.post(end, hidden(html(anas, end)))
    assert not its(offer.referral).has_link


def test_of_whom_she_asks_herself_the_sender_keeps_the_record(ana: Clinician) -> None:
    one = sent(ana, Guest("Far Away", by_link=False))
    anas, offer = signed_in(ana), its(one)
    assert tasks.mail_guests() == 0
    assert "I have asked" in html(anas, one.get_absolute_url())
    for slug, said in (("asking", {}), ("acceptance", {"no_fee": "on"})):
        address = f"{offer.get_absolute_url()}{slug}/"
        anas.post(address, {**hidden(html(anas, address)), **said})

    assert its(one).state == "selected"
    way = f"{one.get_absolute_url()}clients-call/"
    anas.post(way, hidden(html(anas, way)))
    at = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    booking = f"{one.get_absolute_url()}booking/"
    anas.post(booking, {**hidden(html(anas, booking)), "at": at})
    assert "First session booked" in html(anas, one.get_absolute_url())


def test_the_forms_of_a_sender_are_missing_to_others(
    ana: Clinician, cleo: Clinician, finn: Clinician
) -> None:
    one = begun(ana)
    for person, status in ((cleo, 404), (finn, 403)):
        answer = signed_in(person).get(f"{one.get_absolute_url()}guests/")
        assert answer.status_code == status
    offer = asked(ana)
    assert signed_in(cleo).get(f"{offer.get_absolute_url()}link/").status_code == 404
    assert signed_in(cleo).post(
        f"/referrals/joined/{offer.public_id}/"
    ).status_code == (404)


def test_a_listed_entry_is_asked_by_an_address_the_sender_knows(
    ana: Clinician,
) -> None:
    anas, one = signed_in(ana), begun(ana)
    entry = _entry()
    page = html(anas, f"/referrals/listed/{entry.public_id}/")
    assert one.client.handle in page
    form = html(anas, f"{one.get_absolute_url()}guests/?listed={entry.public_id}")
    assert "June Marten" in form
    add(
        anas,
        one,
        name=entry.name,
        how="link",
        email=ADDRESS,
        listed=str(entry.public_id),
    )

    assert GuestLink.objects.get().listed == entry.public_id


def _entry() -> RegistryEntry:
    return RegistryEntry.objects.create(
        npi="1234567893",
        name="June Marten",
        profession="psychologist",
        taxonomies=[],
        licence_states=["NY"],
        imported_at=timezone.now(),
    )


def test_joining_fills_in_what_is_known_of_her(ana: Clinician) -> None:
    offer, entry = asked(ana), _entry()
    GuestLink.objects.update(listed=entry.public_id)
    browser = come_in()
    page = html(browser, "/guest/joining/")
    assert ADDRESS in page
    assert "1234567893" in page

    answer = browser.post("/guest/joining/")
    assert answer["Location"] == "/account/signup/"
    assert f'value="{ADDRESS}"' in html(browser, "/account/signup/")
    assert its(offer.referral).receiver is None


def test_once_verified_she_takes_it_into_her_list(ana: Clinician) -> None:
    offer, june = asked(ana), a_newcomer()
    junes = signed_in(june)
    assert junes.get("/referrals/").status_code == 403
    verify_member(june, by=a_staff_member())
    page = html(junes, "/referrals/")
    assert "Asked of you as a guest" in page
    assert "From Ana Heron" in page
    assert WORDS not in page

    said = hidden(page)
    for _ in range(2):
        answer = junes.post(f"/referrals/joined/{offer.public_id}/", said)
        assert answer["Location"] == offer.get_absolute_url()
    assert WORDS in html(junes, offer.get_absolute_url())
    assert "Asked of you as a guest" not in html(junes, "/referrals/")
    assert Event.objects.filter(verb="offer.joined").count() == 1


def test_a_member_takes_it_over_from_the_page_of_the_guest(ana: Clinician) -> None:
    offer, june = asked(ana), a_member()
    junes = signed_in(june)
    junes.post(link_in_mail())
    page = html(junes, "/guest/joining/")
    junes.post(f"/referrals/joined/{offer.public_id}/", hidden(page))

    assert its(offer.referral).receiver == june
    assert junes.get("/guest/").status_code == 404


def test_with_the_link_of_another_nobody_takes_it_over(
    ana: Clinician, cleo: Clinician, staff: User
) -> None:
    offer = asked(ana)
    cleos = signed_in(cleo)
    cleos.post(link_in_mail())
    assert "another address" in html(cleos, "/guest/joining/")
    answer = cleos.post(
        f"/referrals/joined/{offer.public_id}/",
        hidden(html(cleos, "/guest/acceptance/")),
    )

    assert answer.status_code == 404
    assert not Offer.objects.filter(receiver=cleo).exists()
    assert not EmailAddress.objects.filter(email=ADDRESS).exists()
