"""Behind her link the client reads who would take her, and chooses."""

import re
from datetime import date

import pytest
from django.test import Client as Browser

from network.accounts.models import User
from network.activity.models import Event, Notification
from network.clients.actions.consents import revoke_consent
from network.clients.actions.links import end_link
from network.clients.models import Client, Consent
from network.clinicians.models import Clinician
from referrals.actions import answering, arriving, choosing
from referrals.actions.answering import Terms
from referrals.actions.drafting import Guest
from referrals.actions.ending import withdraw_referral
from referrals.machine.words import Kind, Mode
from referrals.models import Offer, Passage, Referral, Reply
from referrals.views.choice import MEANWHILE
from tests.clients.people import a_client as a_client_who_is
from tests.clients.people import a_consent, a_link, signed, with_identities
from tests.clients.test_visits import come_in, grade, prose
from tests.conftest import signed_in
from tests.messaging.saying import her
from tests.referrals.story import (
    WORDS,
    accepted,
    by,
    click,
    offer_to,
    opened,
    sent,
)

pytestmark = pytest.mark.django_db
TERMS = Terms(no_fee=True, fee="reduced", format="video")


@pytest.fixture
def one(ana: Clinician, rosa: Clinician, omar: Clinician) -> Referral:
    """The client chooses, and both would take her."""
    found = sent(ana, rosa, omar, mode="client_choice")
    accepted(rosa, found, TERMS)
    accepted(omar, found)
    return found


@pytest.fixture
def visitor(one: Referral) -> Browser:
    return come_in(a_link(one.client.parties.get()))


def place(one: Referral, more: str = "") -> str:
    return f"/client/choices/{one.public_id}/{more}"


def text(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(key|seen)" value="([^"]+)"', page)
    return dict(found)


def tap(browser: Browser, address: str, page: str = "", **said: object) -> str:
    """By the form of a page, the address's own if not said; where it leads."""
    shown = page or text(browser, address)
    answer = browser.post(address, {**hidden(shown), **said}, follow=True)
    return answer.content.decode()


def choose(browser: Browser, one: Referral, who: Clinician) -> str:
    return tap(browser, place(one, f"{offer_to(who, one).public_id}/"))


def told(person: Clinician) -> list[str]:
    rows = Notification.objects.visible_to(her(person)).order_by("pk")
    return list(rows.values_list("event__verb", flat=True))


def test_she_reads_who_would_take_her_and_nobodys_words(
    one: Referral, visitor: Browser
) -> None:
    assert "Choose who you want to see" in text(visitor, "/client/")

    page = text(visitor, place(one))

    for seen in ("Rosa Wren", "Omar Dove", "At a reduced fee", "988", "Ana Heron"):
        assert seen.lower() in page.lower(), seen
    assert WORDS not in page
    assert page.count("Choose Rosa Wren") == 1


def test_looking_changes_nothing(one: Referral, visitor: Browser) -> None:
    offer = Offer.objects.get(receiver__name="Rosa Wren")
    for address in ("", "order/", f"{offer.public_id}/"):
        text(visitor, place(one, address))

    one.refresh_from_db()
    assert (one.state, one.turn) == ("choosing", "client")
    assert not Reply.objects.exists()


def test_she_chooses_and_all_are_told(
    ana: Clinician,
    rosa: Clinician,
    omar: Clinician,
    one: Referral,
    visitor: Browser,
) -> None:
    assert "You cannot take it back" in text(
        visitor, place(one, f"{offer_to(rosa, one).public_id}/")
    )

    page = choose(visitor, one, rosa)

    one.refresh_from_db()
    assert (one.state, offer_to(rosa, one).state) == ("placed", "selected")
    assert "Who you will see" in page
    assert "Rosa Wren" in page
    assert "Omar Dove" not in page
    assert "offer.chosen" in told(ana)
    assert "offer.chosen" in told(rosa)
    assert told(omar)[-1] == "offer.closed"
    gone = signed_in(omar).get(offer_to(omar, one).get_absolute_url())
    assert WORDS not in gone.content.decode()
    shown = signed_in(ana).get(one.get_absolute_url()).content.decode()
    assert "The client chose Rosa Wren" in shown


def test_two_taps_and_a_retry_are_one_choice(
    rosa: Clinician, one: Referral, visitor: Browser
) -> None:
    address = place(one, f"{offer_to(rosa, one).public_id}/")
    first, second = text(visitor, address), text(visitor, address)

    for page in (first, first):
        assert MEANWHILE not in tap(visitor, address, page)
    assert MEANWHILE in tap(visitor, address, second)

    assert Event.objects.filter(verb="offer.chosen").count() == 1


def test_where_the_sender_was_faster_it_is_said_kindly(
    ana: Clinician, rosa: Clinician, omar: Clinician, one: Referral, visitor: Browser
) -> None:
    address = place(one, f"{offer_to(rosa, one).public_id}/")
    page = text(visitor, address)
    his = offer_to(omar, one)
    choosing.choose_offer(his, by=by(ana), click=click(his))

    after = tap(visitor, address, page)

    assert MEANWHILE in after
    assert "Omar Dove" in after
    assert "Rosa Wren" not in after
    assert offer_to(rosa, one).state == "not_selected"


def test_she_says_in_which_order_and_the_sender_sees_it(
    ana: Clinician, rosa: Clinician, omar: Clinician, one: Referral, visitor: Browser
) -> None:
    address = place(one, "order/")
    first, second = offer_to(omar, one).public_id, offer_to(rosa, one).public_id
    twice = tap(visitor, address, first=first, second=first)
    assert "You have named this person above." in twice

    page = tap(visitor, address, first=first, second=second)

    assert "can see your order now" in page
    one.refresh_from_db()
    assert one.turn == "sender"
    assert Reply.objects.get().ranked == [first, second]
    assert told(ana)[-1] == "referral.client_replied"
    assert told(rosa).count("referral.client_replied") == 0
    shown = signed_in(ana).get(one.get_absolute_url()).content.decode()
    assert re.search(r"<li>Omar Dove</li>\s*<li>Rosa Wren</li>", shown)
    assert "Your turn" in shown
    assert "Choose Rosa Wren" in choose_again(visitor, one)


def choose_again(visitor: Browser, one: Referral) -> str:
    """It stays open to her."""
    return text(visitor, place(one))


@pytest.mark.parametrize(
    ("kind", "said"),
    [("call", "asks to be called first"), ("none", "wants none of them")],
)
def test_she_asks_for_a_call_or_wants_nobody(
    kind: str, said: str, ana: Clinician, one: Referral, visitor: Browser
) -> None:
    page = text(visitor, place(one))
    tap(visitor, place(one, "reply/"), page, kind=kind)
    tap(visitor, place(one, "reply/"), page, kind=kind)

    assert Event.objects.filter(verb="referral.client_replied").count() == 1
    shown = signed_in(ana).get(one.get_absolute_url()).content.decode()
    assert f"Adult {said}" in shown
    assert [offer.state for offer in one.offers.all()] == ["accepted", "accepted"]
    one.refresh_from_db()
    assert one.turn == "sender"


def test_an_order_of_somebody_who_is_not_there_is_refused(
    cleo: Clinician, one: Referral, visitor: Browser
) -> None:
    page = text(visitor, place(one, "order/"))

    tap(visitor, place(one, "order/"), page, first=cleo.public_id)
    tap(visitor, place(one, "reply/"), page, kind="ranked")

    assert not Reply.objects.exists()


def test_she_calls_herself_and_nobody_is_told_who_she_is(
    ana: Clinician, rosa: Clinician, one: Referral, visitor: Browser
) -> None:
    Clinician.objects.filter(pk=rosa.pk).update(phone="914 555 0142")
    page = choose(visitor, one, rosa)
    assert "914 555 0142" in page

    after = tap(visitor, place(one, "call/"), page)

    one.refresh_from_db()
    assert (one.state, one.released_at) == ("contacting", None)
    assert "waits for your call" in after
    assert "referral.self_contacted" in told(rosa)
    assert "referral.self_contacted" in told(ana)
    assert not Consent.objects.exists()


def test_the_consent_for_whom_she_chose_lies_before_her_at_once(
    ana: Clinician, rosa: Clinician, one: Referral, visitor: Browser, staff: User
) -> None:
    with_identities(staff)
    page = choose(visitor, one, rosa)

    consent = Consent.objects.get()
    assert (consent.state, consent.receiver_id) == ("offered", rosa.public_id)
    assert consent.giver == ana
    assert f"/client/consents/{consent.public_id}/" in page
    offered = Event.objects.get(verb="consent.offered")
    assert offered.actor_kind == "client"
    visitor.post(f"/client/consents/{consent.public_id}/", {"verb": "sign"})
    consent.refresh_from_db()
    assert consent.state == "active"
    assert "You said yes." in text(visitor, place(one))
    one.refresh_from_db()
    arriving.release_identity(one, by=by(ana), click=click(one))
    assert "knows your name" in text(visitor, place(one))


def test_a_consent_that_is_there_is_not_asked_for_again(
    rosa: Clinician, one: Referral, visitor: Browser, staff: User
) -> None:
    with_identities(staff)
    known = signed(a_consent(one.client, rosa))
    choose(visitor, one, rosa)

    assert Consent.objects.get() == known
    revoke_consent(known, by=her(one.sender))
    assert "You said yes." not in text(visitor, place(one))


def test_a_place_on_a_list_is_waited_for(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar, mode="client_choice")
    offer = opened(rosa, one)
    answering.offer_waitlist(offer, date(2027, 2, 1), by=by(rosa), click=click(offer))
    visitor = come_in(a_link(one.client.parties.get()))
    assert "A place is likely in February 2027" in text(visitor, place(one))

    page = choose(visitor, one, rosa)

    assert "You wait for a place" in page
    one.refresh_from_db()
    assert one.state == "waiting"


def test_nobody_has_said_yes_so_far(ana: Clinician, rosa: Clinician) -> None:
    one = sent(ana, rosa, mode="client_choice")
    visitor = come_in(a_link(one.client.parties.get()))

    assert "Nobody has asked you for anything yet" in text(visitor, "/client/")
    assert "Nobody has said yes so far." in text(visitor, place(one))
    assert visitor.get(place(one, "order/")).status_code == 302


def test_after_some_days_they_are_asked_again(one: Referral, visitor: Browser) -> None:
    choosing.pass_deadline(one)

    page = text(visitor, place(one))

    assert "asked if they still have time" in page
    assert "Choose Rosa Wren" not in page


def test_whoever_signs_chooses(ana: Clinician, rosa: Clinician) -> None:
    client = a_client_who_is(ana, Client.Unit.MINOR)
    one = sent(ana, rosa, mode="client_choice")
    Referral.objects.filter(pk=one.pk).update(client=client)
    accepted(rosa, Referral.objects.get(pk=one.pk))
    for party in client.parties.in_order():
        browser = come_in(a_link(party))
        status = browser.get(place(one)).status_code
        assert status == (200 if party.role == "guardian" else 404), party
        asked = "Choose who you want" in text(browser, "/client/")
        assert asked == (party.role == "guardian")


def test_of_two_who_sign_the_first_choice_counts_and_the_other_sees_it(
    ana: Clinician, rosa: Clinician, omar: Clinician, staff: User
) -> None:
    with_identities(staff)
    client = a_client_who_is(ana, Client.Unit.COUPLE)
    one = sent(ana, rosa, omar, mode="client_choice")
    Referral.objects.filter(pk=one.pk).update(client=client)
    one = Referral.objects.get(pk=one.pk)
    for who in (rosa, omar):
        accepted(who, one)
    first, second = (come_in(a_link(party)) for party in client.parties.in_order())

    choose(first, one, rosa)

    assert "Rosa Wren" in text(second, place(one))
    assert "Omar Dove" not in text(second, place(one))
    consent = Consent.objects.get()
    first.post(f"/client/consents/{consent.public_id}/", {"verb": "sign"})
    consent.refresh_from_db()
    assert consent.state == "offered"


def test_a_stranger_and_another_client_find_nothing(
    ana: Clinician, one: Referral, visitor: Browser
) -> None:
    other = come_in(a_link(a_client_who_is(ana).parties.get()))
    offer = one.offers.first()
    assert offer is not None
    for address in ("", "order/", f"{offer.public_id}/"):
        assert other.get(place(one, address)).status_code == 404
        assert Browser().get(place(one, address)).status_code == 404
    end_link(one.client.parties.get().links.get(), by=her(ana))
    assert visitor.get(place(one)).status_code == 404


@pytest.mark.parametrize("mode", [Mode.SENDER, Mode.FIRST, Mode.SEQUENCE])
def test_where_the_choice_is_not_hers_nothing_is_put_before_her(
    mode: Mode, ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa, mode=mode)
    accepted(rosa, one)
    visitor = come_in(a_link(one.client.parties.get()))

    assert visitor.get(place(one)).status_code == 404
    assert "Choose who" not in text(visitor, "/client/")


def test_what_is_over_says_so(ana: Clinician, one: Referral, visitor: Browser) -> None:
    withdraw_referral(one, by=by(ana), click=click(one))

    assert "This is over" in text(visitor, place(one))
    assert "Choose who" not in text(visitor, "/client/")


def test_the_sender_makes_the_link_where_it_is_the_clients_turn(
    ana: Clinician, one: Referral
) -> None:
    anas = signed_in(ana)
    page = anas.get(one.get_absolute_url()).content.decode()
    assert "has no link" in page
    party = one.client.parties.get()
    address = f"/clients/{one.client.public_id}/parties/{party.public_id}/link/"
    assert f'action="{address}"' in page

    assert "The code" in anas.post(address).content.decode()

    assert "not opened yet" in anas.get(one.get_absolute_url()).content.decode()


def test_her_pages_read_at_grade_seven_or_below(
    ana: Clinician, rosa: Clinician, one: Referral, visitor: Browser, staff: User
) -> None:
    with_identities(staff)
    rosas = offer_to(rosa, one).public_id
    pages = {more: text(visitor, place(one, more)) for more in ("", "order/")}
    pages["yes"] = text(visitor, place(one, f"{rosas}/"))
    pages["chosen"] = choose(visitor, one, rosa)

    found = {name: round(grade(prose(own(page))), 1) for name, page in pages.items()}

    assert max(found.values()) <= 7, found


def own(page: str) -> str:
    """Without the facts: those are the colleagues' own words."""
    return re.sub(r"<dl.*?</dl>", " ", page, flags=re.DOTALL)


def test_nothing_she_says_is_in_words(one: Referral, visitor: Browser) -> None:
    before = Passage.objects.count()
    page = text(visitor, place(one))
    tap(visitor, place(one, "reply/"), page, kind="call")

    assert Passage.objects.count() == before
    event = Event.objects.get(verb="referral.client_replied")
    assert event.why == "call"


def test_who_is_no_member_is_chosen_by_name(ana: Clinician, rosa: Clinician) -> None:
    far = Guest("Somebody Far", by_link=False)
    one = sent(ana, rosa, far, mode="client_choice", kind=Kind.ADJUNCT)
    his = one.offers.get(receiver=None)
    answering.open_offer(his, by=by(ana), click=click(his))
    answering.accept_offer(his, TERMS, by=by(ana), click=click(his))
    visitor = come_in(a_link(one.client.parties.get()))
    assert "Somebody Far" in text(visitor, place(one))

    page = tap(visitor, place(one, f"{his.public_id}/"))

    assert "You can call now" in page


def test_a_program_reads_what_she_said_and_a_colleague_does_not(
    ana: Clinician, rosa: Clinician, one: Referral, visitor: Browser
) -> None:
    page = text(visitor, place(one, "order/"))
    hers = offer_to(rosa, one).public_id
    tap(visitor, place(one, "order/"), page, first=hers)
    address = f"/api/v1/referrals/{one.public_id}"

    [said] = signed_in(ana).get(address).json()["replies"]
    assert (said["party"], said["kind"]) == ("Adult", "ranked")
    assert said["ranked"] == [str(hers)]
    assert signed_in(rosa).get(address).json()["replies"] == []
