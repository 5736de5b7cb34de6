"""A referral from its draft to its end, by the actions."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.activity.models import Event, Notification
from network.clinicians.models import Clinician
from referrals.actions import (
    answering,
    arriving,
    choosing,
    drafting,
    ending,
    leaving,
    sending,
)
from referrals.actions.arriving import Attempt
from referrals.actions.drafting import Attestation
from referrals.actions.ending import Ending
from referrals.actions.passages import Words
from referrals.actions.stepping import Click, LostRaceError, ReusedKeyError
from referrals.machine.continuity import Care
from referrals.machine.words import Decline, Outcome
from referrals.models import Referral, Step
from referrals.permissions import LackingError, allowed, lacking
from tests.messaging.saying import her
from tests.referrals.story import (
    NO_FEE,
    a_draft,
    accepted,
    begun,
    by,
    chosen,
    click,
    offer_to,
    opened,
    ready,
    sent,
)

pytestmark = pytest.mark.django_db


def told(person: Clinician) -> set[str]:
    rows = Notification.objects.visible_to(her(person))
    verbs = rows.values_list("event__verb", flat=True)
    return {verb for verb in verbs if verb.startswith(("referral.", "offer."))}


def test_from_the_draft_to_the_first_session(ana: Clinician, rosa: Clinician) -> None:
    one = sent(ana, rosa)
    assert (one.state, one.turn) == ("open", "receiver")
    assert told(rosa) == {"offer.sent"}

    offer = accepted(rosa, one)
    assert (one.state, offer.state, offer.holds) == ("placed", "selected", True)
    assert one.conversation is not None

    arriving.self_contact(one, by=by(ana), click=click(one))
    arriving.log_attempt(one, Attempt("phone"), by=by(rosa), click=click(one))
    soon = timezone.now() + timedelta(days=3)
    arriving.book(one, soon, by=by(rosa), click=click(one))
    arriving.note_attended(one, by=by(rosa), click=click(one))
    one.refresh_from_db()
    assert (one.state, one.responsible) == ("engaged", "sender")
    arriving.confirm_engaged(one, by=by(rosa), click=click(one))

    one.refresh_from_db()
    assert (one.state, one.turn, one.responsible) == ("closed", "nobody", "receiver")
    assert offer_to(rosa, one).holds is False
    assert told(ana) >= {"offer.accepted", "referral.booked", "referral.closed"}
    verbs = Event.objects.about(one).values_list("verb", flat=True)
    assert list(verbs)[:4] == [
        "referral.begun",
        "referral.submitted",
        "referral.shortlisted",
        "referral.checked",
    ]


def test_a_step_that_comes_twice_is_taken_once(ana: Clinician, rosa: Clinician) -> None:
    one = ready(ana, rosa)
    same = click(one)
    for _ in range(2):
        sending.send_referral(one, by=by(ana), click=same)

    assert Step.objects.filter(verb="send").count() == 1
    with pytest.raises(ReusedKeyError):
        ending.withdraw_referral(one, by=by(ana), click=same)


def test_what_was_seen_before_is_not_decided_on(
    ana: Clinician, rosa: Clinician
) -> None:
    one = ready(ana, rosa)
    old = Click(uuid4(), one.version)

    with pytest.raises(LostRaceError):
        sending.send_referral(one, by=by(ana), click=old)


def test_what_is_missing_is_said(ana: Clinician, rosa: Clinician) -> None:
    one = begun(ana, acuity=None)

    attested = Attestation(no_fee=True)
    with pytest.raises(LackingError, match="acuity"):
        drafting.submit_referral(one, attested, by=by(ana), click=click(one))
    assert "submit" not in allowed(by(ana), one)
    assert "acuity" in lacking(by(ana), one, "submit")[0]


def test_without_the_word_that_nobody_is_paid_nothing_goes_on(
    ana: Clinician, rosa: Clinician
) -> None:
    one = begun(ana)
    said = Attestation(no_fee=False)
    with pytest.raises(LackingError, match="fee"):
        drafting.submit_referral(one, said, by=by(ana), click=click(one))

    offer = opened(rosa, sent(ana, rosa))
    terms = answering.Terms()
    with pytest.raises(LackingError, match="fee"):
        answering.accept_offer(offer, terms, by=by(rosa), click=click(offer))


def test_words_that_tell_who_it_is_need_a_reason(
    ana: Clinician, rosa: Clinician
) -> None:
    one = begun(ana, need="Call Mary Ellen Johnson at 914-555-0182.")
    assert one.tells

    said = Attestation(no_fee=True)
    with pytest.raises(LackingError, match="tell"):
        drafting.submit_referral(one, said, by=by(ana), click=click(one))
    said = Attestation(no_fee=True, guard_reason="consented")
    drafting.submit_referral(one, said, by=by(ana), click=click(one))
    drafting.shortlist(one, [rosa], by=by(ana), click=click(one))
    assert any("agreed" in why for why in lacking(by(ana), one, "send"))


def test_who_may_not_treat_the_client_is_not_asked(
    ana: Clinician, ben: Clinician
) -> None:
    """He has no licence."""
    with pytest.raises(LackingError, match="legally"):
        sent(ana, ben)


def test_without_an_opening_she_has_to_make_room(
    ana: Clinician, rosa: Clinician
) -> None:
    accepted(rosa, sent(ana, rosa))
    second = sent(ana, rosa)
    offer = opened(rosa, second)

    with pytest.raises(LackingError, match="opening"):
        answering.accept_offer(offer, NO_FEE, by=by(rosa), click=click(offer))
    terms = answering.Terms(no_fee=True, makes_room=True)
    answering.accept_offer(offer, terms, by=by(rosa), click=click(offer))
    assert offer_to(rosa, second).holds is False


def test_the_others_are_told_courteously_and_have_no_more_to_do(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar)
    other = opened(omar, one)
    accepted(rosa, one)

    other.refresh_from_db()
    assert other.state == "not_selected"
    assert allowed(by(omar), other) == frozenset()
    assert told(omar) == {"offer.sent", "offer.closed"}


def test_a_question_stops_her_clock_and_it_is_the_senders_turn(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    offer = opened(rosa, one)
    question = Words("Is evening enough?")
    answering.ask_sender(offer, question, by=by(rosa), click=click(offer))

    one.refresh_from_db()
    assert one.turn == "sender"
    assert not offer.timers.running().exists()
    answer = Words("It is.")
    answering.answer_receiver(offer, answer, by=by(ana), click=click(offer))
    one.refresh_from_db()
    assert one.turn == "receiver"
    assert offer.timers.running().count() == 2


def test_in_sequence_the_next_is_asked_when_one_declines(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar, mode="sequential")
    assert told(omar) == set()
    offer = opened(rosa, one)
    answering.decline_offer(
        offer, Decline.FULL, by=by(rosa), click=click(offer), suggested=omar
    )

    assert told(omar) == {"offer.sent"}
    offer = opened(omar, one)
    answering.decline_offer(offer, Decline.AGE, by=by(omar), click=click(offer))
    one.refresh_from_db()
    assert (one.state, one.turn) == ("ready", "sender")
    assert "referral.exhausted" in told(ana)


def test_she_chooses_among_those_who_accept(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = sent(ana, rosa, omar, mode="sender_choice")
    accepted(rosa, one)
    accepted(omar, one)
    assert (one.state, one.turn) == ("choosing", "sender")

    chosen(omar, one)

    assert one.state == "placed"
    assert offer_to(rosa, one).state == "not_selected"
    assert not offer_to(rosa, one).holds


def test_from_a_waiting_list_she_is_asked_again(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    offer = opened(rosa, one)
    day = timezone.localdate() + timedelta(days=40)
    answering.offer_waitlist(offer, day, by=by(rosa), click=click(offer))
    choosing.join_waitlist(offer, by=by(ana), click=click(offer))
    one.refresh_from_db()
    assert (one.state, one.turn) == ("waiting", "receiver")

    choosing.promote_offer(offer, by=by(rosa), click=click(offer))
    chosen(rosa, one)

    assert one.state == "placed"


def test_three_failed_attempts_make_it_the_senders_turn(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    accepted(rosa, one)
    arriving.self_contact(one, by=by(ana), click=click(one))
    for _ in range(3):
        arriving.log_attempt(one, Attempt("phone"), by=by(rosa), click=click(one))

    one.refresh_from_db()
    assert one.turn == "sender"
    assert "log_attempt" not in allowed(by(rosa), one)
    assert {"redirect", "close"} <= allowed(by(ana), one)
    ending.redirect_referral(one, by=by(ana), click=click(one))
    one.refresh_from_db()
    assert (one.state, one.attempts) == ("ready", 0)
    assert offer_to(rosa, one).state == "retracted"


def test_who_did_not_come_is_the_senders_to_bring_back(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    accepted(rosa, one)
    arriving.self_contact(one, by=by(ana), click=click(one))
    arriving.book(one, timezone.now(), by=by(rosa), click=click(one))
    arriving.note_no_show(one, by=by(rosa), click=click(one))

    one.refresh_from_db()
    assert (one.state, one.turn, one.responsible) == ("contacting", "sender", "sender")
    assert "referral.missed" in told(ana)
    arriving.re_engage(one, by=by(ana), click=click(one), words="Overslept.")
    one.refresh_from_db()
    assert one.turn == "receiver"


@pytest.mark.parametrize("drops_out", ["renege", "recuse", "leave"])
def test_whoever_is_asked_next_begins_anew(
    drops_out: str, ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    offer = accepted(rosa, one)
    arriving.self_contact(one, by=by(ana), click=click(one))
    arriving.log_attempt(one, Attempt("phone"), by=by(rosa), click=click(one))
    now = timezone.now()
    kept: dict[str, Any] = {
        "missed_at": now,
        "first_session_at": now,
        "cancel_asked_at": now,
    }
    state = "handed_over" if drops_out == "renege" else "contacting"
    Referral.objects.update(state=state, released_at=now, **kept)

    how: dict[str, Any] = {"by": by(rosa), "click": click(offer)}
    if drops_out == "renege":
        answering.renege(offer, Decline.FULL, **how)
    elif drops_out == "recuse":
        answering.recuse(offer, **how)
    else:
        leaving.end_part(offer)

    one.refresh_from_db()
    assert (one.state, one.attempts, one.missed_at) == ("ready", 0, None)
    assert (one.first_session_at, one.released_at, one.cancel_asked_at) == (None,) * 3


def test_a_transfer_that_did_not_arrive_closes_with_the_checklist_only(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    accepted(rosa, one)
    arriving.self_contact(one, by=by(ana), click=click(one))

    end = Ending(Outcome.UNREACHABLE)
    with pytest.raises(LackingError, match="continuity"):
        ending.close_referral(one, end, by=by(ana), click=click(one))
    end = Ending(Outcome.UNREACHABLE, continuity=frozenset(Care))
    ending.close_referral(one, end, by=by(ana), click=click(one))

    one.refresh_from_db()
    assert (one.state, one.outcome, one.responsible) == (
        "closed",
        "unreachable",
        "sender",
    )
    assert offer_to(rosa, one).state == "released"


def test_what_is_over_begins_again_as_another(ana: Clinician, rosa: Clinician) -> None:
    one = sent(ana, rosa)
    ending.withdraw_referral(one, by=by(ana), click=click(one), words="Moved away.")
    same = click(one)
    episode = ending.reopen_referral(one, by=by(ana), click=same)

    assert episode is not None
    assert episode.episode_of == one
    assert episode.state == "draft"
    one.refresh_from_db()
    assert one.state == "withdrawn"
    assert ending.reopen_referral(one, by=by(ana), click=same) == episode


def test_a_draft_by_mistake_is_gone_and_the_trail_keeps_that(ana: Clinician) -> None:
    one = begun(ana)
    pk = one.pk
    drafting.discard_referral(one, by=by(ana), click=click(one))

    assert not Referral.objects.filter(pk=pk).exists()
    assert Event.objects.filter(verb="referral.discarded", subject_id=str(pk)).exists()


def test_what_a_colleague_was_asked_is_not_discarded(
    ana: Clinician, rosa: Clinician
) -> None:
    """It is withdrawn instead, and stays in her list and the trail."""
    one = sent(ana, rosa)
    ending.redirect_referral(one, by=by(ana), click=click(one))
    drafting.edit_referral(one, a_draft(), by=by(ana), click=click(one))

    with pytest.raises(LackingError):
        drafting.discard_referral(one, by=by(ana), click=click(one))
    assert {"discard", "withdraw"} & allowed(by(ana), one) == {"withdraw"}


def test_nobody_else_does_anything(
    ana: Clinician, rosa: Clinician, cleo: Clinician
) -> None:
    one = sent(ana, rosa)
    offer = opened(rosa, one)

    for thing in (one, offer):
        assert allowed(by(cleo), thing) == frozenset()
    with pytest.raises(PermissionDenied):
        answering.accept_offer(offer, NO_FEE, by=by(cleo), click=click(offer))


def test_what_is_gone_meanwhile_is_a_lost_race(ana: Clinician, rosa: Clinician) -> None:
    """She takes a colleague off the list, and on another page the offer back."""
    one = ready(ana, rosa)
    offer, seen = offer_to(rosa, one), click(one)
    drafting.shortlist(one, [], by=by(ana), click=seen)
    with pytest.raises(LostRaceError):
        answering.retract_offer(offer, by=by(ana), click=Click(uuid4(), 1))

    draft = begun(ana)
    again = Referral.objects.get(pk=draft.pk)
    seen = click(again)
    drafting.discard_referral(draft, by=by(ana), click=seen)
    with pytest.raises(LostRaceError):
        drafting.discard_referral(again, by=by(ana), click=Click(uuid4(), 1))
