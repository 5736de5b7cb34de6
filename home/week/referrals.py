"""Of referrals: what is booked, and which clocks ring for whom."""

from collections.abc import Iterator, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from home.week.entry import Entry
from home.week.span import Span
from network.clinicians.models import Clinician
from referrals.machine.clocks import Clock
from referrals.machine.words import OfferState
from referrals.models import Offer, Referral, Timer
from referrals.worklists import booked

SENT: Mapping[Clock, str] = {
    Clock.PURGE: "The draft goes, if nobody touches it",
    Clock.DEADLINE: "Choose: the time for it ends",
    Clock.EXPIRE: "It expires without a colleague",
    Clock.REMIND: "An answer is due from {name}",
    Clock.LAPSE: "What {name} accepted lapses",
    Clock.WAITLIST: "{name} is asked whether the place is still kept",
    Clock.MONTH: "After 30 days: say whether it held",
    Clock.QUARTER: "After 90 days: say whether it held",
}
GUIDED: Mapping[Clock, str] = {
    Clock.REMIND: "Confirm what {name} accepted",
    Clock.EXPIRE_OFFER: "It ends without your word on what {name} accepted",
}
# Of an associate who has answered; her supervisor has not yet.
CONFIRMED: Mapping[Clock, str] = {
    Clock.REMIND: "Your supervisor’s word is due",
    Clock.EXPIRE_OFFER: "It ends without your supervisor’s word",
}
RECEIVED: Mapping[Clock, str] = {
    Clock.REMIND: "Answer it",
    Clock.EXPIRE_OFFER: "It ends without your answer",
    Clock.LAPSE: "What you accepted lapses",
    Clock.WAITLIST: "Say whether the place is still kept",
}


def sessions(me: Clinician, span: Span) -> Iterator[Entry]:
    within = booked(me).filter(
        first_session_at__gte=span.since, first_session_at__lt=span.until
    )
    for one in within:
        if one.first_session_at is not None:
            yield _session(one)


def _session(one: Referral) -> Entry:
    at = one.first_session_at or timezone.now()
    is_past = at < timezone.now()
    return Entry(
        at,
        "First session: say how it went" if is_past else "First session",
        "calendar-check",
        one.get_absolute_url(),
        one.client.handle,
        "" if is_past else reverse("referrals:session_file", args=[one.public_id]),
    )


def clocks(me: Clinician, span: Span) -> Iterator[Entry]:
    """Hers as a sender, and those of the offers that she may read or confirm."""
    sent = Q(referral__in=Referral.objects.sent_by(me), clock__in=SENT)
    readable = Offer.objects.visible_to(me).readable_by(me)
    asked = Q(offer__in=readable.values("pk"), clock__in=RECEIVED)
    within = Timer.objects.running().filter(
        sent | asked, due_at__gte=span.since, due_at__lt=span.until
    )
    for timer in within.select_related("referral__client", "offer__receiver"):
        yield _clock(timer, me)


def _clock(timer: Timer, me: Clinician) -> Entry:
    referral, offer, clock = timer.referral, timer.offer, Clock(timer.clock)
    handle = referral.client.handle
    name = offer.name if offer else ""
    if referral.sender_id != me.pk and offer is not None:
        words = _of_hers(offer, me)[clock].format(name=name)
        return Entry(timer.due_at, words, "reply", offer.get_absolute_url(), handle)
    words = SENT[clock].format(name=name)
    return Entry(timer.due_at, words, "hourglass", referral.get_absolute_url(), handle)


def _of_hers(offer: Offer, me: Clinician) -> Mapping[Clock, str]:
    if offer.receiver_id != me.pk:
        return GUIDED
    return CONFIRMED if offer.state == OfferState.CONFIRMING else RECEIVED
