"""Who did what, and when: the trail of a referral, for those who take part in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from network.activity.actors import ActorKind
from network.activity.models import Event
from network.clinicians.models import Clinician
from network.clinicians.requests import is_uuid
from referrals.events import OfferEvent, ReferralEvent, ReminderEvent
from referrals.models import Offer, Referral

PHRASES: dict[str, str] = {
    ReferralEvent.BEGUN: "began it",
    ReferralEvent.EDITED: "worked on the draft",
    ReferralEvent.SUBMITTED: "said that it is ready",
    ReferralEvent.SENT: "sent it",
    ReferralEvent.WIDENED: "asked more colleagues",
    ReferralEvent.EXHAUSTED: "had nobody left to ask",
    ReferralEvent.DEADLINE_PASSED: "ended the time for choosing",
    ReferralEvent.REPLIED: "answered, where the choice is the client’s",
    ReferralEvent.CALLED: "spoke with the client, who chooses",
    ReferralEvent.IDENTITY_RELEASED: "handed the client over",
    ReferralEvent.SELF_CONTACTED: "let the client call",
    ReferralEvent.ATTEMPTED: "tried to reach the client",
    ReferralEvent.BOOKED: "booked the first session",
    ReferralEvent.RESCHEDULED: "moved the first session",
    ReferralEvent.CANCELLED: "cancelled the first session",
    ReferralEvent.ATTENDED: "noted that the client came",
    ReferralEvent.MISSED: "noted that the client did not come",
    ReferralEvent.RE_ENGAGED: "spoke with the client, who comes",
    ReferralEvent.REPORTED: "reported how it goes",
    ReferralEvent.CLOSED: "closed it",
    ReferralEvent.WITHDRAWN: "withdrew it",
    ReferralEvent.CANCEL_ASKED: "asked to cancel it",
    ReferralEvent.REDIRECTED: "took it to others",
    ReferralEvent.PAUSED: "paused it",
    ReferralEvent.RESUMED: "went on with it",
    ReferralEvent.EXPIRED: "let it expire",
    ReferralEvent.REOPENED: "began it again",
    ReferralEvent.CHECKED_BACK: "said whether it held",
    ReminderEvent.TURN: "reminded whose turn it is",
    OfferEvent.SENT: "asked {receiver}",
    OfferEvent.OPENED: "opened it",
    OfferEvent.ASKED: "asked something",
    OfferEvent.ANSWERED: "answered {receiver}",
    OfferEvent.CONFIRMING: "accepted, for the supervisor to confirm",
    OfferEvent.ACCEPTED: "accepted",
    OfferEvent.REFUSED: "did not confirm the acceptance",
    OfferEvent.DECLINED: "declined",
    OfferEvent.RECUSED: "stepped back",
    OfferEvent.RENEGED: "could not after all",
    OfferEvent.WAITLIST_OFFERED: "offered a waiting list",
    OfferEvent.WAITLIST_JOINED: "took the place on the list of {receiver}",
    OfferEvent.WAITLIST_RECONFIRMED: "keeps the place on the list",
    OfferEvent.PROMOTED: "has a place now",
    OfferEvent.CHOSEN: "chose {receiver}",
    OfferEvent.CLOSED: "closed the part of {receiver}",
    OfferEvent.RETRACTED: "took it back from {receiver}",
    OfferEvent.RELEASED: "ended the part of {receiver}",
    OfferEvent.RECONFIRMED: "said again that it holds",
    OfferEvent.LAPSED: "let the acceptance of {receiver} lapse",
    OfferEvent.LINK_RENEWED: "sent {receiver} a new link",
    OfferEvent.LINK_ENDED: "ended the link of {receiver}",
    OfferEvent.JOINED: "has joined, and goes on as a member",
    OfferEvent.REMINDED: "reminded {receiver}",
    OfferEvent.EXPIRED: "ended the part of {receiver}, unanswered",
}
# Of the whole: what whoever is chosen takes part in. The rest is the sender's.
TOGETHER = frozenset(
    {
        ReferralEvent.IDENTITY_RELEASED,
        ReferralEvent.SELF_CONTACTED,
        ReferralEvent.ATTEMPTED,
        ReferralEvent.BOOKED,
        ReferralEvent.RESCHEDULED,
        ReferralEvent.CANCELLED,
        ReferralEvent.ATTENDED,
        ReferralEvent.MISSED,
        ReferralEvent.RE_ENGAGED,
        ReferralEvent.REPORTED,
        ReferralEvent.CLOSED,
        ReferralEvent.CANCEL_ASKED,
    }
)


# What another colleague's step may bring to hers, who is not told whose it was: to her
# it is the sender's.
THE_SENDERS = frozenset(
    {OfferEvent.SENT, OfferEvent.CLOSED, OfferEvent.RETRACTED, OfferEvent.RELEASED}
)

NOBODY: Mapping[str, str] = {}


@dataclass(frozen=True)
class Moment:
    at: datetime
    who: str
    what: str


def of_referral(referral: Referral, offers: Iterable[Offer]) -> list[Moment]:
    """For its sender: all of it, the newest first."""
    events, asked = [(one, None) for one in Event.objects.about(referral)], list(offers)
    guests = {str(one.public_id): one.name for one in asked}
    return _moments([*events, *_of_offers(asked)], guests=guests)


def of_offer(offer: Offer, *, is_chosen: bool) -> list[Moment]:
    """For its receiver: her own part, and once she is chosen what they do together."""
    own, sender = list(_of_offers([offer])), offer.referral.sender.display_name
    if not is_chosen:
        return _moments(own, sender)
    shared = Event.objects.about(offer.referral).filter(verb__in=TOGETHER)
    since = shared.filter(at__gte=offer.sent_at)
    return _moments([*own, *((one, offer) for one in since)], sender)


def _of_offers(offers: Iterable[Offer]) -> Iterator[tuple[Event, Offer]]:
    asked = {str(one.pk): one for one in offers}
    for event in Event.objects.about_each(asked.values()):
        yield event, asked[event.subject_id]


def _moments(
    events: Iterable[tuple[Event, Offer | None]],
    sender: str = "",
    guests: Mapping[str, str] = NOBODY,
) -> list[Moment]:
    """Guests by the public ids of their offers, under which they act."""
    told = [(event, offer) for event, offer in events if event.verb in PHRASES]
    names = {**guests, **_names(event for event, _ in told)}
    newest = sorted(told, key=lambda one: (one[0].at, one[0].pk), reverse=True)
    return [
        Moment(
            event.at,
            (event.verb in THE_SENDERS and sender) or _who(event, offer, names),
            PHRASES[event.verb].format(receiver=offer.name if offer else ""),
        )
        for event, offer in newest
    ]


def _names(events: Iterable[Event]) -> dict[str, str]:
    ids = {event.actor_id for event in events if is_uuid(event.actor_id)}
    people = Clinician.objects.filter(user__public_id__in=ids).select_related("user")
    return {str(one.user.public_id): one.display_name for one in people if one.user}


def _who(event: Event, offer: Offer | None, names: dict[str, str]) -> str:
    if event.actor_kind == ActorKind.SYSTEM:
        return "The clock"
    if event.actor_kind == ActorKind.CLIENT:
        return "The client"
    if event.actor_kind == ActorKind.LINK and offer is not None:
        return offer.name
    return names.get(event.actor_id, "A former colleague")
