"""How a referral, and one colleague's part of it, stand on their pages."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from django.urls import reverse

from network.clinicians import vocabulary
from network.clinicians.forms.find_chips import Chip, chips_of
from network.clinicians.forms.find_phrases import ACUITY
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions.reading import read_words
from referrals.disclosure import Said
from referrals.machine.standing import turn_of_offer
from referrals.machine.words import (
    Kind,
    Mode,
    O,
    Responsible,
    S,
    SubReason,
    Turn,
    Urgency,
)
from referrals.models import Fee, Offer, Passage, Referral
from referrals.permissions import allowed
from referrals.views.expecting import Due, dues
from referrals.views.ways import OF_OFFERS, OF_REFERRALS, Thing, Way, as_it_stands
from referrals.wording import TO_THE_ASKED

PATH = (
    ("Sent", {S.OPEN, S.CHOOSING, S.WAITING}),
    ("Chosen", {S.PLACED}),
    ("Contact", {S.HANDED_OVER, S.CONTACTING}),
    ("Booked", {S.SCHEDULED}),
    ("Attended", {S.ENGAGED}),
    ("Closed", {S.CLOSED}),
)


@dataclass(frozen=True)
class Stage:
    name: str
    is_done: bool
    is_here: bool


@dataclass(frozen=True)
class Doing(Generic[Thing]):
    """A way that is open now, and the form that stands behind its button."""

    way: Way[Thing]
    thing: Thing

    @property
    def form(self) -> Any:
        return self.way.form(self.thing)

    @property
    def address(self) -> str:
        is_part = isinstance(self.thing, Offer)
        place = "referrals:offer_step" if is_part else "referrals:step"
        return reverse(place, args=[self.thing.public_id, self.way.slug])


@dataclass(frozen=True)
class Part:
    """One colleague's offer, as the sender sees it."""

    offer: Offer
    turn: str
    terms: Sequence[str]
    doings: Sequence[Doing[Offer]]
    talk: Sequence[Said]
    due: Due | None = None


@dataclass(frozen=True)
class Words:
    """What was said, by kind."""

    all: Sequence[Said]

    @property
    def need(self) -> str:
        return next((one.text for one in self.of("need")), "")

    @property
    def criteria(self) -> dict[str, Any]:
        found = [one.text for one in self.of("criteria") if one.text]
        return dict(json.loads(found[0])) if found else {}

    @property
    def chips(self) -> list[Chip]:
        return chips_of(self.criteria)

    @property
    def notes(self) -> list[Said]:
        return list(self.of("attempt", "report", "outcome", "reason"))

    def talk(self, offer: Offer) -> list[Said]:
        asked = self.of(Passage.Kind.QUESTION, Passage.Kind.ANSWER)
        return [one for one in asked if one.passage.offer_id == offer.pk]

    def of(self, *kinds: str) -> Iterable[Said]:
        return (one for one in self.all if one.kind in kinds)


def facts_of(referral: Referral) -> list[tuple[str, str]]:
    """What is asked for, in words."""
    day = referral.planned_on
    urgency = f"{Urgency(referral.urgency).label}{f', {day:%-d %B %Y}' if day else ''}"
    acuity = referral.acuity
    facts = [
        ("What for", Kind(referral.kind).label),
        ("Why", _why(referral)),
        ("An answer", urgency),
        ("Who is chosen", TO_THE_ASKED[Mode(referral.mode)]),
        ("Lives in", _label("states", referral.jurisdiction)),
        ("How acute", "" if acuity is None else f"{acuity} of 4, {ACUITY[acuity]}"),
    ]
    return [(name, words) for name, words in facts if words]


def _why(referral: Referral) -> str:
    finer = referral.sub_reason and SubReason(referral.sub_reason).label
    return ": ".join(filter(None, (_label("reasons", referral.reason), finer)))


def _label(name: str, slug: str) -> str:
    return vocabulary.label(name, slug) if slug else ""


def terms_of(offer: Offer) -> list[str]:
    """On which she would take the client, or when."""
    terms = [
        offer.earliest_on and f"first appointment from {offer.earliest_on:%-d %B %Y}",
        offer.fee and Fee(offer.fee).label.lower(),
        _label("formats", offer.format).lower(),
        offer.expected_on and f"a place is likely in {offer.expected_on:%B %Y}",
    ]
    return [one for one in terms if one]


def doings_of_referral(by: By, referral: Referral) -> list[Doing[Referral]]:
    may = allowed(by, referral)
    ways = [way for way in OF_REFERRALS if way.verb in may]
    return [Doing(as_it_stands(way, referral), referral) for way in ways]


def doings_of_offer(by: By, offer: Offer) -> list[Doing[Offer]]:
    may = allowed(by, offer)
    ways = [way for way in OF_OFFERS if way.verb in may]
    return [Doing(as_it_stands(way, offer), offer) for way in ways]


def folded(doings: Sequence[Doing[Any]]) -> dict[str, list[Doing[Any]]]:
    """What comes next, and the rest, which stands behind a fold."""
    return {
        "next": [one for one in doings if not one.way.is_aside],
        "aside": [one for one in doings if one.way.is_aside],
    }


def words_of(by: By, thing: Referral | Offer) -> Words:
    return Words(read_words(thing, by=by))


def parts_of(by: By, offers: Sequence[Offer], words: Words) -> list[Part]:
    awaited = dues(offers)
    return [
        Part(
            one,
            _turn_of(one),
            terms_of(one),
            doings_of_offer(by, one),
            words.talk(one),
            awaited.get(one.pk),
        )
        for one in offers
    ]


def _turn_of(offer: Offer) -> str:
    """Of who is chosen the whole says whose turn it is."""
    turn = Turn(turn_of_offer(offer.referral, offer))
    return {Turn.NOBODY: "", Turn.SENDER: "Your turn"}.get(turn, turn.label)


def stages(referral: Referral) -> list[Stage]:
    """How far it has come; what ended elsewhere has no path."""
    state = S(referral.paused_from or referral.state)
    here = next((n for n, (_, states) in enumerate(PATH) if state in states), -1)
    return [
        Stage(name, n < here or (n == here and state == S.CLOSED), n == here)
        for n, (name, _) in enumerate(PATH)
    ]


def turn_words(referral: Referral, me: Clinician, chosen: Offer | None) -> str:
    turn = Turn(referral.turn)
    if turn == Turn.SENDER:
        is_mine, name = referral.sender_id == me.pk, referral.sender.display_name
    elif turn == Turn.RECEIVER and chosen is not None:
        is_mine, name = chosen.receiver_id == me.pk, chosen.name
    elif turn == Turn.RECEIVER:
        return "The colleagues’ turn"
    else:
        return turn.label
    return "Your turn" if is_mine else f"The turn of {name}"


def responsible_words(referral: Referral, me: Clinician, chosen: Offer | None) -> str:
    """Always on the screen."""
    who = referral.responsible
    if who == Responsible.BOTH:
        return who.label
    is_sender = referral.sender_id == me.pk
    if is_sender == (who == Responsible.SENDER):
        return "You hold the clinical responsibility"
    name = referral.sender.display_name if not is_sender else chosen and chosen.name
    return f"{name or 'The colleague'} holds the clinical responsibility"


def chosen_of(offers: Iterable[Offer]) -> Offer | None:
    return next((one for one in offers if one.state in {O.SELECTED, O.RELEASED}), None)
