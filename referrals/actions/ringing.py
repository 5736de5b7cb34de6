"""What clocks do when they ring: late by a day or by a minute, each once."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.activity.sweeping import one_by_one
from network.clinicians.models import Clinician
from network.clinicians.supervision.naming import supervision_of
from referrals.actions.answering import expire_offer
from referrals.actions.choosing import lapse_offer, pass_deadline
from referrals.actions.drafting import purge_referral
from referrals.actions.ending import expire_referral
from referrals.actions.guest_letters import owe_news
from referrals.actions.passages import forget
from referrals.events import OfferEvent, ReminderEvent
from referrals.machine.clocks import DAYS, Clock, days_until
from referrals.machine.words import OfferState, Turn
from referrals.models import Offer, Referral, Timer

MISSES = 2
# What is warned of.
ENDS = {Clock.WARN_DRAFT: Clock.PURGE, Clock.WARN: Clock.EXPIRE}
QUESTIONS = {Clock.MONTH: 30, Clock.QUARTER: 90}


def ring_what_is_due(limit: int) -> int:
    """How many rang; any number of workers may do it at once."""
    due = Timer.objects.due(timezone.now()).values_list("pk", flat=True)
    return one_by_one(list(due[:limit]), _ring)


@transaction.atomic
def _ring(pk: int) -> bool:
    """The referral first, as every step does; whoever holds it is left to it, and the
    clock rings with the next sweep. Then it is asked again whether it is due.
    """
    row = Timer.objects.select_related("offer").filter(pk=pk).first()
    if row is None:
        return False
    held = Referral.objects.select_for_update(of=("self",), skip_locked=True)
    referral = held.filter(pk=row.referral_id).select_related("sender__user").first()
    due = Timer.objects.due(timezone.now())
    if referral is None or not due.filter(pk=pk).exists():
        return False

    Timer.objects.filter(pk=pk).update(done_at=timezone.now())
    WHAT[Clock(row.clock)](referral, row)
    return True


def _nudge(referral: Referral, timer: Timer) -> None:
    """Again after the same time, until she has done it."""
    days = days_until(Clock.NUDGE, referral.state)
    _again(timer, days)
    told = _whose_turn(referral)
    if told:
        record(Actor.system(), ReminderEvent.TURN, referral, notify=told)


def _warn(referral: Referral, timer: Timer) -> None:
    """Late too: then the end comes later, so that nothing ends unannounced."""
    warning = Clock(timer.clock)
    end = ENDS[warning]
    at = timezone.now() + timedelta(days=DAYS[end] - DAYS[warning])
    referral.timers.running().filter(clock=end, due_at__lt=at).update(due_at=at)
    record(
        Actor.system(), ReminderEvent.WARNED, referral, notify=_user(referral.sender)
    )


def _remind(referral: Referral, timer: Timer) -> None:
    """Whoever has to answer, and the sender is told that she waits; nobody of what
    has ended meanwhile, and is told in the same sweep.
    """
    offer = timer.offer
    ended = Timer.objects.due(timezone.now()).filter(clock=Clock.EXPIRE_OFFER)
    if offer is None or ended.filter(offer=offer).exists():
        return
    owe_news(offer)
    told = [*_user(referral.sender), *_user(_answering(offer))]
    record(Actor.system(), OfferEvent.REMINDED, offer, notify=told)


def _answering(offer: Offer) -> Clinician | None:
    """Of what an associate has accepted, the supervisor."""
    if offer.state != OfferState.CONFIRMING or offer.receiver is None:
        return offer.receiver
    guide = supervision_of(offer.receiver)
    return guide.supervisor if guide else None


def _ask_back(referral: Referral, timer: Timer) -> None:
    days = QUESTIONS[Clock(timer.clock)]
    referral.asked_back, referral.version = days, referral.version + 1
    referral.save(update_fields=["asked_back", "version"])
    told, detail = _user(referral.sender), {"days": days}
    record(
        Actor.system(), ReminderEvent.ASKED_BACK, referral, notify=told, detail=detail
    )


def _ask_about_waitlist(referral: Referral, timer: Timer) -> None:
    """Twice without an answer, and the place is gone."""
    offer = timer.offer
    if offer is None:
        return
    offer.misses += 1
    offer.save(update_fields=["misses"])
    if offer.misses > MISSES:
        lapse_offer(offer)
        return
    _again(timer, days_until(Clock.WAITLIST, referral.state))
    told = _user(offer.receiver)
    owe_news(offer)
    record(Actor.system(), OfferEvent.REMINDED, offer, notify=told)


def _forget(referral: Referral, timer: Timer) -> None:
    """A month after it came to nothing its words are destroyed."""
    record(Actor.system(), ReminderEvent.FORGOTTEN, referral)
    forget(referral, by=Actor.system(), why="retention")


def _again(timer: Timer, days: int) -> None:
    Timer.objects.create(
        referral_id=timer.referral_id,
        offer_id=timer.offer_id,
        clock=timer.clock,
        due_at=timezone.now() + timedelta(days=days),
    )


def _whose_turn(referral: Referral) -> list[User]:
    """In asking the colleagues have clocks of their own."""
    if referral.turn == Turn.SENDER:
        return _user(referral.sender)
    if referral.turn != Turn.RECEIVER or referral.state == "open":
        return []
    waited_for = ("selected", "waitlisted")
    offers = referral.offers.filter(state__in=waited_for).select_related("receiver")
    return [user for one in offers for user in _user(one.receiver)]


def _user(clinician: object) -> list[User]:
    user = getattr(clinician, "user", None)
    return [user] if user else []


def _of_offer(step: Callable[[Offer], None]) -> Callable[[Referral, Timer], None]:
    def ring(referral: Referral, timer: Timer) -> None:
        if timer.offer is not None:
            step(timer.offer)

    return ring


def _of_referral(step: Callable[[Referral], None]) -> Callable[[Referral, Timer], None]:
    def ring(referral: Referral, timer: Timer) -> None:
        step(referral)

    return ring


WHAT: dict[Clock, Callable[[Referral, Timer], None]] = {
    Clock.WARN_DRAFT: _warn,
    Clock.PURGE: _of_referral(purge_referral),
    Clock.NUDGE: _nudge,
    Clock.WARN: _warn,
    Clock.EXPIRE: _of_referral(expire_referral),
    Clock.DEADLINE: _of_referral(pass_deadline),
    Clock.REMIND: _remind,
    Clock.EXPIRE_OFFER: _of_offer(expire_offer),
    Clock.LAPSE: _of_offer(lapse_offer),
    Clock.WAITLIST: _ask_about_waitlist,
    Clock.MONTH: _ask_back,
    Clock.QUARTER: _ask_back,
    Clock.FORGET: _forget,
}
