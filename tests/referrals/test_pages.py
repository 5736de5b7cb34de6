"""What a sender, the colleagues she asks and an outsider see of a referral."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from network.clinicians.actions.list_entries import list_colleague
from network.clinicians.actions.needs import save_need
from network.clinicians.models import Clinician
from referrals.actions.answering import decline_offer
from referrals.actions.conflicts import check_names
from referrals.actions.drafting import shortlist
from referrals.actions.sending import send_referral
from referrals.machine.words import Decline
from referrals.models import Offer, Referral
from referrals.views.steps import TELLING
from tests import factories
from tests.conftest import signed_in
from tests.messaging.saying import her
from tests.referrals.story import (
    WORDS,
    accepted,
    by,
    chosen,
    click,
    offer_to,
    opened,
    sent,
)

pytestmark = pytest.mark.django_db
NEED = {
    "kind": "transfer",
    "specialties": [{"term": "ocd", "wish": "must"}],
    "reasons": ["specialty"],
    "acuity": {"level": 2},
    "place": {"mode": "either", "zip": "10601", "state": "NY"},
    "exclude": {"own_practice": True},
}


def html(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def hidden(page: str) -> dict[str, str]:
    """What says, in the forms of a page, of what and by which click."""
    found = re.findall(
        r'<input type="hidden" name="(key|seen|of)" value="([^"]+)"', page
    )
    return dict(found)


def step(browser: Client, thing: Referral | Offer, slug: str, **said: Any) -> str:
    """By its own page, as without a script; where it leads."""
    address = f"{thing.get_absolute_url()}{slug}/"
    answer = browser.post(address, {**hidden(html(browser, address)), **said})
    assert answer.status_code == 302, answer.content.decode()
    return html(browser, answer["Location"])


def begin(anas: Client, ana: Clinician, *people: Clinician) -> Referral:
    """From the search, by the forms of the pages."""
    need = save_need({"need": NEED}, owner=ana, by=her(ana))
    chosen = {"need": need.public_id, "colleague": [one.public_id for one in people]}
    page = anas.post("/referrals/new/", chosen).content.decode()
    said = {
        **hidden(page),
        "need": need.public_id,
        "people": [one.public_id for one in people],
        "client": "",
        "kind": "transfer",
        "reason": "specialty",
        "urgency": "routine",
        "mode": "sender_choice",
        "jurisdiction": "NY",
        "acuity": "2",
        "body": WORDS,
    }
    answer = anas.post("/referrals/new/", said)
    assert answer.status_code == 302, answer.content.decode()
    again = anas.post("/referrals/new/", said)
    assert again["Location"] == answer["Location"]
    other = anas.post("/referrals/new/", {**said, "acuity": "3"})
    assert other["Location"] == "/referrals/"
    return Referral.objects.get()


def send(anas: Client, one: Referral) -> None:
    """Not without saying that nobody is paid for it."""
    sending = f"{one.get_absolute_url()}sending/"
    said = hidden(html(anas, one.get_absolute_url()))
    assert anas.post(sending, said).status_code == 422
    answer = anas.post(sending, {**said, "no_fee": "on"})
    assert answer.status_code == 302, answer.content.decode()
    one.refresh_from_db()
    assert one.state == "open"


def test_from_the_search_to_the_choice_by_forms(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    anas, rosas, omars = signed_in(ana), signed_in(rosa), signed_in(omar)
    one = begin(anas, ana, rosa, omar)
    preview = html(anas, one.get_absolute_url())
    assert WORDS in preview
    assert "10601" not in preview

    send(anas, one)
    assert WORDS not in html(omars, "/referrals/")
    hers = offer_to(rosa, one)
    page = html(rosas, hers.get_absolute_url())
    assert WORDS in page
    assert "Your turn" in page
    assert "Ana Heron holds the clinical responsibility" in page
    assert "Accepted" in step(rosas, hers, "acceptance", no_fee="on", fee="insurance")
    assert "Your turn" in step(anas, offer_to(rosa, one), "choice")
    assert WORDS not in html(omars, offer_to(omar, one).get_absolute_url())


def test_from_the_choice_to_the_end_by_forms(ana: Clinician, rosa: Clinician) -> None:
    anas, rosas = signed_in(ana), signed_in(rosa)
    one = sent(ana, rosa, mode="sender_choice")
    accepted(rosa, one)
    chosen(rosa, one)

    step(anas, one, "clients-call")
    at = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert "First session booked" in step(rosas, one, "booking", at=at)
    assert "First session booked" in html(anas, one.get_absolute_url())
    assert "It holds: close it" in step(rosas, one, "attendance")
    step(rosas, one, "arrival")
    one.refresh_from_db()
    assert (one.state, one.outcome) == ("closed", "engaged")
    last = html(anas, one.get_absolute_url())
    assert "Rosa Wren" in last
    assert "holds the clinical responsibility" in last
    assert "In treatment with the colleague" in last


def test_an_outsider_finds_nothing_of_it(
    ana: Clinician, rosa: Clinician, cleo: Clinician, finn: Clinician
) -> None:
    one = sent(ana, rosa)
    hers = offer_to(rosa, one)
    cleos = signed_in(cleo)
    for address in (one.get_absolute_url(), hers.get_absolute_url()):
        assert cleos.get(address).status_code == 404
        for slug in ("acceptance", "choice", "withdrawal", "draft", "sending"):
            assert cleos.post(f"{address}{slug}/").status_code == 404
        assert signed_in(finn).get(address).status_code == 403
    assert one.client.handle not in html(cleos, "/referrals/")


def test_a_colleague_sees_nothing_of_the_others(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar)
    rosas = signed_in(rosa)

    page = html(rosas, offer_to(rosa, one).get_absolute_url())

    assert "Omar Dove" not in page
    assert rosas.get(one.get_absolute_url()).status_code == 302
    assert rosas.get(offer_to(omar, one).get_absolute_url()).status_code == 404


@pytest.mark.parametrize("mode", ["first_accept", "sequential"])
def test_nobody_is_told_whose_step_moved_her_own_part(
    mode: str, ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar, mode=mode)
    if mode == "first_accept":
        accepted(rosa, one)
    else:
        offer = opened(rosa, one)
        decline_offer(offer, Decline.FULL, by=by(rosa), click=click(offer))

    page = html(signed_in(omar), offer_to(omar, one).get_absolute_url())

    assert "Rosa Wren" not in page
    assert "Rosa Wren" in html(signed_in(ana), one.get_absolute_url())


def test_who_is_asked_once_more_finds_the_newest(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    offer = opened(rosa, one)
    decline_offer(offer, Decline.FULL, by=by(rosa), click=click(offer))
    shortlist(one, [rosa], by=by(ana), click=click(one))
    check_names(one, by=by(ana), click=click(one))
    send_referral(one, by=by(ana), click=click(one))

    answer = signed_in(rosa).get(one.get_absolute_url())

    assert answer["Location"] == offer_to(rosa, one).get_absolute_url()


def test_what_changed_meanwhile_is_said_and_nothing_is_done(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    anas, address = signed_in(ana), f"{one.get_absolute_url()}withdrawal/"
    form = html(anas, address)
    Referral.objects.filter(pk=one.pk).update(version=one.version + 1)

    answer = anas.post(address, {**hidden(form), "words": ""}, follow=True)

    assert "It has changed meanwhile" in answer.content.decode()
    one.refresh_from_db()
    assert one.state == "open"


def test_the_lists_count_what_they_show(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa)
    anas, rosas = signed_in(ana), signed_in(rosa)

    assert counts(html(anas, "/referrals/"))["Waiting for others"] == 1
    assert counts(html(rosas, "/referrals/"))["My turn"] == 1
    assert counts(html(signed_in(omar), "/referrals/")) == {}
    assert "Referrals: your turn" in html(rosas, "/")
    assert "Referrals: your turn" not in html(anas, "/")
    assert one.client.handle in html(rosas, "/referrals/")


def counts(page: str) -> dict[str, int]:
    heads = re.findall(r"<h2 id=\"list-[^>]*>(.*?) <span[^>]*>(\d+)</span>", page)
    return {name: int(count) for name, count in heads}


def test_a_question_is_answered_and_names_nobody(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    opened(rosa, one)
    anas, rosas = signed_in(ana), signed_in(rosa)

    step(rosas, offer_to(rosa, one), "question", words="Since when?")
    page = html(anas, one.get_absolute_url())
    assert "Since when?" in page
    assert "Your turn" in page
    address = f"{offer_to(rosa, one).get_absolute_url()}answer/"
    telling = {"words": "Call Maria Lopez at 914 555 0142."}
    stopped = anas.post(address, {**hidden(html(anas, address)), **telling})
    assert stopped.status_code == 422
    assert TELLING in stopped.content.decode()
    step(anas, offer_to(rosa, one), "answer", words="Since spring.")

    assert "Since spring." in html(rosas, offer_to(rosa, one).get_absolute_url())


def test_who_declines_says_why_and_whom_to_ask_instead(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa)
    opened(rosa, one)
    list_colleague(factories.shortlist(rosa), omar, by=her(rosa))
    Clinician.objects.filter(pk=omar.pk).update(accepting=True)
    anas, rosas = signed_in(ana), signed_in(rosa)

    said = {"why": "full", "suggested": omar.public_id}
    assert WORDS not in step(rosas, offer_to(rosa, one), "refusal", **said)
    page = html(anas, one.get_absolute_url())

    assert "Reason: No opening" in page
    assert "Omar Dove" in page
    assert "Ready to send" in page
    assert "Omar Dove" in html(anas, f"{one.get_absolute_url()}draft/")


def test_more_are_asked_while_others_think(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa)
    list_colleague(factories.shortlist(ana), omar, by=her(ana))
    anas, address = signed_in(ana), f"{one.get_absolute_url()}people/"
    page = html(anas, address)
    assert "Rosa Wren" not in page

    said = {**hidden(page), "people": [omar.public_id]}
    assert anas.post(address, said)["Location"] == one.get_absolute_url()

    assert offer_to(omar, one).state == "sent"
    assert signed_in(rosa).get(address).status_code == 404


def test_a_waiting_list_is_offered_and_taken(ana: Clinician, rosa: Clinician) -> None:
    one = sent(ana, rosa, mode="sender_choice")
    opened(rosa, one)
    anas, rosas = signed_in(ana), signed_in(rosa)
    likely = timezone.localdate() + timedelta(days=60)
    step(rosas, offer_to(rosa, one), "waiting-list", expected_on=likely.isoformat())

    page = html(anas, one.get_absolute_url())
    assert f"A place is likely in {likely:%B %Y}" in page
    step(anas, offer_to(rosa, one), "waiting")

    assert "There is a place now" in html(rosas, offer_to(rosa, one).get_absolute_url())
    assert "Rosa Wren" in html(anas, one.get_absolute_url())


def test_a_client_who_did_not_come_is_brought_back(
    ana: Clinician, rosa: Clinician
) -> None:
    anas, rosas = signed_in(ana), signed_in(rosa)
    one = sent(ana, rosa, mode="sender_choice")
    accepted(rosa, one)
    hers = chosen(rosa, one)
    step(anas, one, "clients-call")
    at = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    step(rosas, one, "booking", at=at)
    assert counts(html(anas, "/referrals/"))["First sessions this week"] == 1

    assert "The turn of Ana Heron" in step(rosas, one, "absence")
    alarm = html(anas, one.get_absolute_url())
    assert "The client did not come" in alarm
    assert "Your turn" in alarm
    step(anas, one, "second-try", words="Spoke; comes on Friday.")

    page = html(rosas, hers.get_absolute_url())
    assert "Your turn" in page
    assert "Spoke; comes on Friday." in page


def test_what_is_withdrawn_is_gone_from_an_open_page(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    opened(rosa, one)
    rosas, address = signed_in(rosa), offer_to(rosa, one).get_absolute_url()
    assert WORDS in html(rosas, address)

    step(signed_in(ana), one, "withdrawal", words="")

    piece = rosas.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Withdrawn" in piece
    assert WORDS not in piece
    assert one.client.handle not in piece
    assert rosas.get(one.get_absolute_url()).status_code == 404


def test_the_heading_of_an_open_page_goes_with_what_it_headed(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar)
    tab, address = signed_in(omar), offer_to(omar, one).get_absolute_url()
    handle = one.client.handle
    piece = {"HX-Request": "true"}
    assert f"<h1>{handle}</h1>" in html(tab, address)
    assert '<div id="head">' in html(tab, address)

    accepted(rosa, one)
    news = tab.get(address, headers=piece).content.decode()

    assert handle not in news
    assert '<div id="head" data-hx-swap-oob="true">' in news
    assert "<h1>A referral</h1>" in news
    assert "<title>A referral · Consilium</title>" in news


def test_while_the_client_chooses_the_sender_may_and_need_not(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar, mode="client_choice")
    accepted(rosa, one)
    accepted(omar, one)
    page = html(signed_in(ana), one.get_absolute_url())

    buttons = re.findall(r'<a class="button" href="[^"]*/choice/"[^>]*>', page)
    assert len(buttons) == page.count("Choose for the client") == 2
    assert not any("primary" in one for one in buttons)
    offer = offer_to(rosa, one)
    assert "Choose for the client" in html(
        signed_in(ana), f"{offer.get_absolute_url()}choice/"
    )
