"""Work lists never lie: what they count is what they hold, and what is so."""

import random
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.accounts.models import User
from network.clinicians.models import Clinician
from referrals.actions import answering, arriving
from referrals.actions.passages import Words
from referrals.lines import lines_of
from referrals.machine.words import ASKING, LIVE, Decline, O, S
from referrals.models import Offer, Referral
from referrals.worklists import LISTS, held_by, things
from tests.among.people import an_associate, guided
from tests.conftest import signed_in
from tests.referrals.story import (
    accepted,
    begun,
    by,
    click,
    opened,
    sent,
)
from tests.referrals.test_api import program_of
from tests.referrals.test_walk import Walk

pytestmark = pytest.mark.django_db
STEPS, EVERY = 240, 12
Found = set[tuple[str, type, int]]


def listed(me: Clinician) -> Found:
    """What the lists hold, none of it twice in one of them."""
    found: Found = set()
    for slug, held in held_by(me).items():
        assert held.count == len(set(held.keys)), slug
        assert things(me, held.keys).keys() == set(held.keys), slug
        found |= {(slug, *key) for key in held.keys}
    return found


def so(me: Clinician) -> Found:
    """What ought to be in them, asked row by row of what the models say."""
    found: Found = set()
    for one in Referral.objects.filter(sender=me):
        found |= {(slug, Referral, one.pk) for slug in _of_sent(one)}
    for offer in Offer.objects.filter(receiver=me, sent_at__isnull=False):
        slug = _of_received(offer)
        found.add((slug, Offer, offer.pk))
        if offer.state == O.SELECTED:
            of_both = set(_of_both(offer.referral))
            found |= {(slug, Referral, offer.referral_id) for slug in of_both}
    guided = Offer.objects.filter(state=O.CONFIRMING).exclude(receiver=me)
    for offer in guided.exclude(referral__sender=me):
        guide = offer.receiver and offer.receiver.supervisions.last()
        asking = offer.referral.state in ASKING
        if guide and guide.supervisor_id == me.pk and asking:
            found.add(("mine", Offer, offer.pk))
    return found


def _of_sent(one: Referral) -> Iterator[str]:
    yield from _of_both(one)
    if one.is_over:
        yield "over"
        if one.asked_back:
            yield "held"
        return
    asks = one.offers.filter(state=O.NEEDS_INFO).exists() and one.state in ASKING
    yield "mine" if one.turn == "sender" or asks else "waiting"
    if one.sent_at and one.responsible == "sender":
        yield "between"
    if one.changed_at < timezone.now() - timedelta(days=7):
        yield "stale"


def _of_both(one: Referral) -> Iterator[str]:
    at, now = one.first_session_at, timezone.now()
    if one.state == S.SCHEDULED and at and now <= at <= now + timedelta(days=7):
        yield "sessions"
    if one.state == S.ENGAGED or (one.state == S.SCHEDULED and at and at < now):
        yield "outcomes"


def _of_received(offer: Offer) -> str:
    one = offer.referral
    if one.is_over or offer.state not in LIVE:
        return "over"
    asked = offer.state in {O.SENT, O.VIEWED}
    chosen = offer.state in {O.SELECTED, O.WAITLISTED} and one.turn == "receiver"
    return "mine" if one.state != S.PAUSED and (asked or chosen) else "waiting"


@pytest.mark.parametrize("seed", range(2))
def test_after_any_steps_the_lists_say_what_is_so(
    ana: Clinician, cleo: Clinician, staff: User, seed: int
) -> None:
    walk = Walk(random.Random(seed), ana, staff)  # noqa: S311 a walk, no secret
    for number in range(STEPS):
        walk.step()
        if number % EVERY == 0:
            for person in (ana, *walk.people, walk.guide, cleo):
                assert listed(person) == so(person), (number, person, walk.one)

    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert listed(ana) == so(ana)
    assert listed(cleo) == set()


def test_every_list_is_one_statement(ana: Clinician, rosa: Clinician) -> None:
    for _ in range(3):
        sent(ana, rosa)

    with CaptureQueriesContext(connection) as queries:
        held = held_by(ana)
        lines_of(ana, held["waiting"].keys)

    assert len(queries) == 2
    assert held["waiting"].count == 3


def test_a_question_is_the_senders_turn_while_the_client_chooses(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar, mode="client_choice")
    accepted(rosa, one)
    assert held_by(ana)["mine"].count == 0
    offer = opened(omar, one)

    answering.ask_sender(offer, Words("Evenings?"), by=by(omar), click=click(offer))

    one.refresh_from_db()
    assert (one.state, one.turn) == ("choosing", "client")
    assert held_by(ana)["mine"].keys == [(Referral, one.pk)]
    assert held_by(ana)["waiting"].count == 0


def test_who_supervises_whom_she_asked_has_the_turn(rosa: Clinician) -> None:
    ida = an_associate("Ida Lark")
    guided(ida, rosa)
    one = sent(rosa, ida)
    accepted(ida, one)

    assert held_by(rosa)["mine"].keys == [(Referral, one.pk)]
    assert held_by(rosa)["waiting"].count == 0


def test_a_session_that_is_past_is_not_ahead(ana: Clinician, rosa: Clinician) -> None:
    one = sent(ana, rosa)
    accepted(rosa, one)
    arriving.self_contact(one, by=by(ana), click=click(one))
    at = timezone.now() + timedelta(days=2)
    arriving.book(one, at, by=by(rosa), click=click(one))
    for person in (ana, rosa):
        assert held_by(person)["sessions"].count == 1

    with time_machine.travel(at + timedelta(hours=1)):
        for person in (ana, rosa):
            held = held_by(person)
            assert (held["sessions"].count, held["outcomes"].count) == (0, 1)


def test_on_the_board_stand_those_whom_she_still_holds(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    begun(ana)
    one, other = sent(ana, rosa), sent(ana, omar, kind="cover")
    for colleague, each in ((rosa, one), (omar, other)):
        accepted(colleague, each)
        arriving.self_contact(each, by=by(ana), click=click(each))
        arriving.book(each, timezone.now(), by=by(colleague), click=click(each))
        arriving.note_attended(each, by=by(colleague), click=click(each))

    # Of a transfer it ends when the colleague confirms; of a cover with the session.
    assert held_by(ana)["between"].keys == [(Referral, one.pk)]
    page = signed_in(ana).get("/referrals/lists/between/").content.decode()
    assert one.client.handle in page
    assert other.client.handle not in page
    assert "You are responsible" in page


def test_what_was_closed_to_her_tells_nothing_of_it(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    offer = opened(rosa, one)
    answering.decline_offer(offer, Decline.FULL, by=by(rosa), click=click(offer))

    page = signed_in(rosa).get("/referrals/lists/over/").content.decode()

    assert "Declined" in page
    assert "Ana Heron" in page
    for word in (one.client.handle, "Transfer", "responsible"):
        assert word not in page


@pytest.mark.parametrize("slug", [one.slug for one in LISTS])
def test_each_list_has_its_page_and_its_empty_state(
    ana: Clinician, cleo: Clinician, finn: Clinician, slug: str
) -> None:
    address = f"/referrals/lists/{slug}/"

    page = signed_in(cleo).get(address)
    assert page.status_code == 200
    assert next(one for one in LISTS if one.slug == slug).empty in page.content.decode()
    assert signed_in(finn).get(address).status_code == 403
    assert signed_in(ana).get("/referrals/lists/nothing/").status_code == 404


def test_the_pages_of_a_list_hold_as_many_as_it_counts(
    monkeypatch: pytest.MonkeyPatch, ana: Clinician
) -> None:
    monkeypatch.setattr("referrals.views.lists.MOST", 3)
    handles = {begun(ana).client.handle for _ in range(7)}
    browser, found = signed_in(ana), []
    for number in (1, 2, 3):
        page = browser.get(f"/referrals/lists/mine/?page={number}").content.decode()
        assert f"7 referrals, page {number} of 3" in page
        found += re.findall(r'<a class="strong" href="[^"]*">([^<]*)</a>', page)

    assert len(found) == 7
    assert set(found) == handles
    first = browser.get("/referrals/").content.decode()
    assert "All 7" in first


def test_programs_read_the_same_lists(ana: Clinician, rosa: Clinician) -> None:
    for _ in range(3):
        sent(ana, rosa)
    anas, rosas = program_of(ana), program_of(rosa)
    counts = {
        one["list"]: one["count"]
        for one in anas.get("/referrals/lists").json()["lists"]
    }
    assert counts == {one.slug: held_by(ana)[one.slug].count for one in LISTS}

    first = rosas.get("/referrals/lists/mine?limit=2").json()
    last = rosas.get("/referrals/lists/mine?limit=2&page=2").json()
    assert (first["count"], first["next"], last["next"]) == (3, 2, None)
    assert [len(one["offers"]) for one in (first, last)] == [2, 1]
    assert len(anas.get("/referrals/lists/between").json()["referrals"]) == 3
    assert rosas.get("/referrals/lists/nothing").status_code == 404


def test_today_shows_what_waits_first(ana: Clinician, rosa: Clinician) -> None:
    handles = [sent(ana, rosa).client.handle for _ in range(4)]

    page = signed_in(rosa).get("/").content.decode()

    assert "My turn" in page
    assert "4 referrals wait for what you do next." in page
    assert 'href="/referrals/lists/mine/"' in page
    assert [handle in page for handle in handles] == [True, True, True, False]


def test_the_sender_sees_why_colleagues_declined(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    for colleague, why in (
        (rosa, Decline.FULL),
        (omar, Decline.FULL),
        (rosa, Decline.FEE),
    ):
        offer = opened(colleague, sent(ana, colleague))
        answering.decline_offer(offer, why, by=by(colleague), click=click(offer))

    page = signed_in(ana).get("/referrals/").content.decode()

    assert "Why colleagues declined" in page
    rows = re.findall(r'<th scope="row">([^<]*)</th><td data-number>(\d+)', page)
    assert rows == [("No opening", "2"), ("Insurance or fee", "1")]
    assert "confirmed opening" in page
    assert "Why colleagues" not in signed_in(rosa).get("/referrals/").content.decode()
