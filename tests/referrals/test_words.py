"""Words that come with a step: who reads them, and that they name nobody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from network.accounts.models import User
from network.clinicians.models import Clinician
from referrals.actions import answering, arriving, ending
from referrals.actions.ending import Ending
from referrals.actions.passages import TellingWordsError
from referrals.disclosure import passages_for
from referrals.machine.words import Decline, Outcome
from referrals.models import Referral
from tests.clients.people import with_identities
from tests.conftest import signed_in
from tests.referrals.story import accepted, by, click, offer_to, opened, sent
from tests.referrals.test_pages import hidden, html, step

pytestmark = pytest.mark.django_db
NAMED = "Call Maria Lopez at 914 555 0142."
PLAIN = "Found another way."
Says = Callable[[Referral, str, str], object]


def placed(ana: Clinician, rosa: Clinician, **more: Any) -> Referral:
    one = sent(ana, rosa, **more)
    accepted(rosa, one)
    return one


def on_the_way(ana: Clinician, rosa: Clinician, **more: Any) -> Referral:
    one = placed(ana, rosa, **more)
    arriving.self_contact(one, by=by(ana), click=click(one))
    return one


def attended(ana: Clinician, rosa: Clinician, **more: Any) -> Referral:
    one = on_the_way(ana, rosa, **more)
    at = timezone.now() + timedelta(days=1)
    arriving.book(one, at, by=by(rosa), click=click(one))
    arriving.note_attended(one, by=by(rosa), click=click(one))
    one.refresh_from_db()
    return one


def withdrawn(one: Referral, words: str, why: str) -> None:
    ending.withdraw_referral(
        one, words=words, guard_reason=why, by=by(one.sender), click=click(one)
    )


def redirected(one: Referral, words: str, why: str) -> None:
    ending.redirect_referral(
        one, words=words, guard_reason=why, by=by(one.sender), click=click(one)
    )


def reneged(one: Referral, words: str, why: str) -> None:
    offer = one.offers.get(state="selected")
    assert offer.receiver is not None
    answering.renege(
        offer,
        Decline.FULL,
        words=words,
        guard_reason=why,
        by=by(offer.receiver),
        click=click(offer),
    )


@pytest.mark.parametrize("says", [withdrawn, redirected, reneged])
@pytest.mark.parametrize("with_names", [False, True])
def test_before_anybody_knows_the_client_no_words_tell_who_it_is(
    says: Says, with_names: bool, ana: Clinician, rosa: Clinician, staff: User
) -> None:
    if with_names:
        with_identities(staff)
    one = placed(ana, rosa)
    for unknown in ("", "because"):
        with pytest.raises(TellingWordsError):
            says(one, NAMED, unknown)
    one.refresh_from_db()
    assert one.state == "placed"

    says(one, NAMED, "consented")

    assert NAMED in [said.text for said in passages_for(by(ana), one)]


def test_who_has_to_agree_reads_why_and_no_name(
    ana: Clinician, rosa: Clinician
) -> None:
    one, anas = on_the_way(ana, rosa), signed_in(ana)
    address = f"{one.get_absolute_url()}cancel-request/"
    telling = {**hidden(html(anas, address)), "words": NAMED}
    assert anas.post(address, telling).status_code == 422

    step(anas, one, "cancel-request", words=PLAIN)

    page = html(signed_in(rosa), offer_to(rosa, one).get_absolute_url())
    assert PLAIN in page
    assert "Agree to cancel" in page


def test_why_it_is_withdrawn_only_the_sender_reads(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    opened(rosa, one)

    assert PLAIN in step(signed_in(ana), one, "withdrawal", words=PLAIN)

    page = html(signed_in(rosa), offer_to(rosa, one).get_absolute_url())
    assert PLAIN not in page


def test_why_it_goes_elsewhere_is_kept(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar)

    assert PLAIN in step(signed_in(ana), one, "redirection", words=PLAIN)


def test_both_read_what_both_should_know(ana: Clinician, rosa: Clinician) -> None:
    one = attended(ana, rosa, kind="adjunct")

    said = {"outcome": "engaged", "words": PLAIN}
    assert PLAIN in step(signed_in(rosa), one, "ending", **said)

    assert PLAIN in html(signed_in(ana), one.get_absolute_url())


def test_who_was_chosen_reads_how_it_ended(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar, kind="adjunct")
    accepted(rosa, one)
    form = html(signed_in(ana), f"{one.get_absolute_url()}ending/")
    assert "of any other ending you alone" in form
    ended = Ending(Outcome.ELSEWHERE, PLAIN)
    ending.close_referral(one, ended, by=by(ana), click=click(one))

    page = html(signed_in(rosa), offer_to(rosa, one).get_absolute_url())
    assert "The client found somebody else" in page
    assert PLAIN not in page
    others = html(signed_in(omar), offer_to(omar, one).get_absolute_url())
    assert "The client found somebody else" not in others


def test_who_begins_again_says_why_to_herself(ana: Clinician, rosa: Clinician) -> None:
    one, anas = sent(ana, rosa), signed_in(ana)
    ending.withdraw_referral(one, by=by(ana), click=click(one))

    page = step(anas, one, "reopening", words=PLAIN)

    episode = one.episodes.get()
    assert PLAIN in page
    assert (episode.state, one.passages.filter(kind="reason").count()) == ("draft", 0)
    shown = html(anas, episode.get_absolute_url())
    assert PLAIN not in shown[shown.index("Exactly this") : shown.index("Notes")]


def test_who_begins_again_from_one_that_was_handed_over_may_say_why_a_name_stays(
    ana: Clinician, rosa: Clinician, staff: User
) -> None:
    with_identities(staff)
    one = attended(ana, rosa, kind="adjunct")
    Referral.objects.filter(pk=one.pk).update(released_at=timezone.now())
    ended = Ending(Outcome.ENGAGED)
    ending.close_referral(one, ended, by=by(ana), click=click(one))
    anas, address = signed_in(ana), f"{one.get_absolute_url()}reopening/"
    said = {**hidden(html(anas, address)), "words": NAMED}
    assert anas.post(address, said).status_code == 422

    assert anas.post(address, {**said, "guard_reason": "consented"}).status_code == 302

    assert NAMED in [it.text for it in passages_for(by(ana), one.episodes.get())]


@pytest.mark.parametrize(
    ("slug", "day"), [("acceptance", "earliest_on"), ("waiting-list", "expected_on")]
)
def test_a_day_that_is_past_is_refused_beside_its_field(
    slug: str, day: str, ana: Clinician, rosa: Clinician
) -> None:
    offer, rosas = opened(rosa, sent(ana, rosa)), signed_in(rosa)
    address = f"{offer.get_absolute_url()}{slug}/"
    gone = (timezone.localdate() - timedelta(days=1)).isoformat()
    said = {**hidden(html(rosas, address)), "no_fee": "on", day: gone}

    answer = rosas.post(address, said)

    assert answer.status_code == 422
    assert "This is past already." in answer.content.decode()
    today = timezone.localdate().isoformat()
    assert rosas.post(address, {**said, day: today}).status_code == 302


def test_that_nobody_is_left_alone_is_no_option(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)

    page = html(signed_in(ana), f"{one.get_absolute_url()}ending/")

    assert "<legend>Nobody is left alone</legend>" in page
