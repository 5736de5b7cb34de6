"""Colleagues who are no members: the mail, the link, and their joining."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.models import Event, Notification
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.models import Clinician
from referrals import tasks
from referrals.acting import By
from referrals.actions import answering, arriving, asking, ending, guests, sending
from referrals.actions.drafting import Guest
from referrals.actions.guests import TooManyGuestsError
from referrals.actions.passages import Words
from referrals.actions.stepping import Click, LostRaceError
from referrals.disclosure import may_know_identity, passages_for
from referrals.guests.belonging import addressed_to
from referrals.guests.token import link_of, token_of
from referrals.models import GuestLink, Offer
from referrals.permissions import LackingError, allowed, lacking
from tests.clients.people import a_consent, signed, with_identities
from tests.messaging.saying import her
from tests.referrals.guests import (
    ADDRESS,
    JUNE,
    a_member,
    a_newcomer,
    accepted_by,
    asked,
    its,
    link_in_mail,
)
from tests.referrals.story import WORDS, begun, by, click, ready, sent

pytestmark = pytest.mark.django_db
FORTNIGHT = timedelta(days=14)


def letters() -> list[str]:
    return [str(one.body) for one in mail.outbox]


def test_the_mail_goes_out_once_it_is_sent_and_once(ana: Clinician) -> None:
    one = ready(ana, JUNE)
    assert tasks.mail_guests() == 0

    with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
        sending.send_referral(one, by=by(ana), click=click(one))
        assert letters() == []
        assert [tasks.mail_guests(), tasks.mail_guests()] == [1, 0]
        assert its(one).link_expires_at == timezone.now() + FORTNIGHT

    [letter] = mail.outbox
    assert letter.to == [ADDRESS]
    assert "Ana Heron" in letter.body
    assert letter.extra_headers["Message-ID"].startswith("<")


def test_what_was_not_committed_is_not_mailed(ana: Clinician) -> None:
    one = ready(ana, JUNE)
    with transaction.atomic():
        sending.send_referral(one, by=by(ana), click=click(one))
        transaction.set_rollback(True)

    assert (tasks.mail_guests(), letters()) == (0, [])


def test_the_mail_has_no_word_of_the_client(ana: Clinician) -> None:
    offer = asked(ana)
    answering.open_offer(offer, by=By.guest(offer), click=click(offer))
    question, answer = Words("Canary of hers?"), Words("Canary of mine.")
    answering.ask_sender(offer, question, by=By.guest(offer), click=click(offer))
    answering.answer_receiver(offer, answer, by=by(ana), click=click(offer))
    tasks.mail_guests()

    said = "".join(f"{one.subject}{one.body}{one.extra_headers}" for one in mail.outbox)
    private = (WORDS, "Canary", offer.referral.client.handle, "NY", "transfer", "ocd")
    assert [word for word in private if re.search(rf"\b{word}\b", said)] == []
    assert len(mail.outbox) == 2
    assert "There is news" in mail.outbox[1].subject
    assert link_in_mail(0) == link_in_mail(1)


def test_of_what_she_does_herself_she_has_no_mail(ana: Clinician) -> None:
    accepted_by(asked(ana))

    assert (tasks.mail_guests(), len(letters())) == (0, 1)


def test_an_address_that_is_refused_is_told_to_the_sender(
    ana: Clinician, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = sent(ana, JUNE)
    with monkeypatch.context() as broken:
        broken.setattr(mail.EmailMessage, "send", _refuse)
        assert tasks.mail_guests() == 0
    offer = its(one)
    assert "refused" in offer.guest_link.standing
    assert tasks.mail_guests() == 0

    new = "june@another.example"
    guests.renew_link(offer, new, by=by(ana), click=click(offer))
    assert tasks.mail_guests() == 1
    assert mail.outbox[0].to == [new]


def _refuse(_: object) -> None:
    raise ValueError("no such address")


def test_a_mail_server_that_is_away_is_asked_again(
    ana: Clinician, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(ana, JUNE)
    with monkeypatch.context() as broken:
        broken.setattr(mail.EmailMessage, "send", _is_away)
        assert tasks.mail_guests() == 0

    assert tasks.mail_guests() == 1


def _is_away(_: object) -> None:
    raise ConnectionError


def test_a_link_is_forged_over_or_of_another_offer(ana: Clinician) -> None:
    offer, other = asked(ana), asked(ana)
    token = token_of(offer.guest_link)
    assert link_of(token) == offer.guest_link
    seal = token_of(other.guest_link).partition(".")[2]

    forged = f"{offer.guest_link.public_id}.{seal}"
    for made_up in (forged, token[:-1], "", "x", str(offer.public_id), f"{token}x"):
        assert link_of(made_up) is None
    with time_machine.travel(timezone.now() + FORTNIGHT, tick=False):
        assert link_of(token) is None


def test_a_new_link_ends_the_one_before(ana: Clinician) -> None:
    offer = asked(ana)
    old = token_of(offer.guest_link)
    with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
        assert "open" not in allowed(By.guest(offer), offer)
        guests.renew_link(offer, ADDRESS, by=by(ana), click=click(offer))
        offer = its(offer.referral)
        assert "open" in allowed(By.guest(offer), offer)
        tasks.mail_guests()
        assert link_of(old) is None
        assert link_of(token_of(offer.guest_link)) == offer.guest_link


def test_with_the_link_ended_the_sender_keeps_the_record(ana: Clinician) -> None:
    offer = asked(ana)
    token = token_of(offer.guest_link)
    guests.end_link(offer, by=by(ana), click=click(offer))

    offer = its(offer.referral)
    assert link_of(token) is None
    assert allowed(By.guest(offer), offer) == frozenset()
    assert {"open", "decline", "renew_link"} <= allowed(by(ana), offer)
    assert "end_link" not in allowed(by(ana), offer)


def test_of_a_sender_who_is_held_back_no_link_opens(ana: Clinician) -> None:
    token = token_of(asked(ana).guest_link)
    Clinician.objects.filter(pk=ana.pk).update(suspended_at=timezone.now())

    assert link_of(token) is None


def test_nobody_mails_strangers_by_the_hundred(ana: Clinician) -> None:
    one = begun(ana)
    for number in range(guests.MAILED_A_DAY):
        guests.add_guest(
            one, Guest("Somebody", f"{number}@x.example"), by=by(ana), click=click(one)
        )
    with pytest.raises(TooManyGuestsError):
        guests.add_guest(one, JUNE, by=by(ana), click=click(one))

    guests.add_guest(one, Guest("X", by_link=False), by=by(ana), click=click(one))
    assert one.offers.count() == guests.MAILED_A_DAY + 1


def test_an_address_that_only_looks_the_same_is_somebody_elses(ana: Clinician) -> None:
    offer = its(sent(ana, Guest("June", "june@straße.example")))
    other, june = a_member("june@strasse.example"), a_member("June@STRAßE.example")

    assert list(addressed_to(other)) == []
    assert "join" not in allowed(by(other), offer)
    assert list(addressed_to(june)) == [offer]


@pytest.mark.parametrize("is_ended", [False, True])
def test_links_that_were_replaced_or_ended_count_too(
    ana: Clinician, *, is_ended: bool
) -> None:
    offer = asked(ana)
    for _ in range(10 if is_ended else 19):
        if is_ended:
            guests.end_link(offer, by=by(ana), click=click(offer))
        guests.renew_link(offer, ADDRESS, by=by(ana), click=click(offer))

    with pytest.raises(TooManyGuestsError):
        guests.renew_link(offer, ADDRESS, by=by(ana), click=click(offer))
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        guests.renew_link(offer, ADDRESS, by=by(ana), click=click(offer))


def test_a_guest_is_added_to_those_in_line(ana: Clinician, rosa: Clinician) -> None:
    one = ready(ana, rosa, JUNE)
    logged = Guest("Far Away", by_link=False)
    guests.add_guest(one, logged, by=by(ana), click=click(one))
    names = [offer.name for offer in one.offers.in_order()]
    assert names == ["Rosa Wren", "June Marten", "Far Away"]

    asking.leave_out(one.offers.in_order()[0], by=by(ana), click=click(one))
    names = [offer.name for offer in one.offers.in_order()]
    assert names == ["June Marten", "Far Away"]
    assert GuestLink.objects.count() == 1


def test_while_others_think_it_over_a_guest_is_asked_at_once(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa, mode="sender_choice")
    guests.add_guest(one, JUNE, by=by(ana), click=click(one))

    assert its(one).state == "sent"
    assert tasks.mail_guests() == 1


def test_in_sequence_the_mail_waits_for_her_turn(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa, JUNE, mode="sequential")
    assert tasks.mail_guests() == 0
    first = one.offers.in_order()[0]
    answering.recuse(first, by=by(rosa), click=click(first))

    assert tasks.mail_guests() == 1


def test_a_guest_is_reminded_and_after_twice_the_time_it_ends(ana: Clinician) -> None:
    offer = asked(ana)
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        tasks.ring_clocks()
        assert tasks.mail_guests() == 1
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        tasks.ring_clocks()
    assert its(offer.referral).state == "expired"


def test_a_guest_goes_all_the_way(ana: Clinician) -> None:
    offer = accepted_by(asked(ana))
    one, me = offer.referral, By.guest(offer)
    arriving.self_contact(one, by=by(ana), click=click(one))
    tasks.mail_guests()
    arriving.log_attempt(one, arriving.Attempt("phone"), by=me, click=click(one))
    at = timezone.now() + timedelta(days=2)
    arriving.book(one, at, by=me, click=click(one))
    arriving.note_no_show(one, by=me, click=click(one))
    arriving.re_engage(one, by=by(ana), click=click(one))
    arriving.book(one, at, by=me, click=click(one))
    arriving.note_attended(one, by=me, click=click(one))
    arriving.confirm_engaged(one, by=me, click=click(one))

    one.refresh_from_db()
    assert (one.state, one.outcome) == ("closed", "engaged")
    told = Notification.objects.visible_to(her(ana))
    assert told.filter(event__verb="referral.missed").exists()


def test_a_guest_who_steps_back_reads_nothing_any_more(ana: Clinician) -> None:
    offer = accepted_by(asked(ana))
    me = By.guest(offer)
    assert [said.text for said in passages_for(me, offer)] == [WORDS]
    answering.recuse(offer, by=me, click=click(offer))

    assert passages_for(me, its(offer.referral)) == []


def test_who_the_client_is_is_never_released_to_a_guest(
    ana: Clinician, staff: User
) -> None:
    with_identities(staff)
    offer = accepted_by(asked(ana))
    one = offer.referral
    signed(a_consent(one.client, offer.named))

    assert "release_identity" not in allowed(by(ana), one)
    assert any("verified" in why for why in lacking(by(ana), one, "release_identity"))
    with pytest.raises(LackingError):
        arriving.release_identity(one, by=by(ana), click=click(one))
    june = a_member()
    guests.join_offer(offer, by=by(june), click=click(offer))
    assert not may_know_identity(by(june), its(one))


def test_who_has_joined_has_it_as_a_member(ana: Clinician) -> None:
    offer = accepted_by(asked(ana))
    june = a_member()
    assert list(addressed_to(june)) == [offer]
    assert allowed(by(june), offer) == {"join"}
    guests.join_offer(offer, by=by(june), click=click(offer))

    offer = its(offer.referral)
    assert (offer.receiver, offer.guest_name, offer.guest_email) == (june, "", "")
    assert offer.is_logged is False
    assert not GuestLink.objects.exists()
    assert list(Offer.objects.visible_to(june)) == [offer]
    assert [said.text for said in passages_for(by(june), offer)] == [WORDS]
    assert offer.referral.conversation is not None
    assert allowed(By.guest(offer), offer) == frozenset()
    assert list(addressed_to(june)) == []
    event = Event.objects.get(verb="offer.joined")
    assert event.actor_id == str(her(june).public_id)
    told = Notification.objects.visible_to(her(ana))
    assert told.filter(event=event).exists()


def unconfirmed() -> Clinician:
    june = a_member()
    EmailAddress.objects.filter(email=ADDRESS).update(verified=False)
    return june


def without_agreement() -> Clinician:
    june = a_member()
    User.objects.filter(email=ADDRESS).update(agreed_to="")
    return Clinician.objects.get(pk=june.pk)


WRONG: dict[str, Callable[[], Clinician]] = {
    "another address": partial(a_member, "may@elsewhere.example"),
    "not verified by staff": a_newcomer,
    "address not confirmed": unconfirmed,
    "not agreed": without_agreement,
}


@pytest.mark.parametrize("what", WRONG)
def test_nobody_else_takes_it_over(what: str, ana: Clinician) -> None:
    offer = asked(ana)
    person = WRONG[what]()

    assert allowed(by(person), offer) == frozenset()
    with pytest.raises(PermissionDenied):
        guests.join_offer(offer, by=by(person), click=click(offer))


def test_the_sender_takes_nothing_over_nor_whom_she_blocks(ana: Clinician) -> None:
    mine = Guest("Ana herself", her(ana).email)
    one = sent(ana, mine)
    assert "join" not in allowed(by(ana), its(one))
    assert list(addressed_to(ana)) == []

    offer, june = asked(ana), a_member()
    assert "join" in allowed(by(june), offer)
    block_colleague(ana, june, by=her(ana))
    assert "join" not in allowed(by(june), offer)
    assert list(addressed_to(june)) == []


def test_who_is_asked_as_a_member_too_has_it_once(
    ana: Clinician, rosa: Clinician
) -> None:
    again = Guest("Rosa Wren", her(rosa).email)
    one = sent(ana, rosa, again, mode="sender_choice")

    assert allowed(by(rosa), its(one)) == frozenset()


def test_what_ended_is_not_taken_over(ana: Clinician) -> None:
    offer, june = asked(ana), a_member()
    ending.withdraw_referral(offer.referral, by=by(ana), click=click(offer.referral))

    assert allowed(by(june), its(offer.referral)) == frozenset()
    assert list(addressed_to(june)) == []


def test_with_the_link_ended_nothing_is_taken_over(ana: Clinician) -> None:
    offer, june = asked(ana), a_member()
    guests.end_link(offer, by=by(ana), click=click(offer))

    assert allowed(by(june), its(offer.referral)) == frozenset()
    assert list(addressed_to(june)) == []


def test_an_expired_link_does_not_keep_her_from_it(ana: Clinician) -> None:
    offer, june = accepted_by(asked(ana)), a_member()
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        assert allowed(by(june), offer) == {"join"}


def test_pressed_twice_it_is_taken_over_once(ana: Clinician) -> None:
    offer, june = asked(ana), a_member()
    press = click(offer)
    take = partial(guests.join_offer, offer, by=by(june))
    take(click=press)
    take(click=press)
    with pytest.raises((LostRaceError, PermissionDenied)):
        take(click=Click(type(press.key)(int=1), press.seen))

    assert Event.objects.filter(verb="offer.joined").count() == 1
