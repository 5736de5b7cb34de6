"""The machine on real rows: any order of steps, and after each what may never be.

2,000 steps in four walks; `bin/test --long` takes 100,000.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import cycle
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from network.accounts.models import User
from network.clients.actions.consents import revoke_consent
from network.clients.models import Client, Consent
from network.clients.permissions import allowed, release_to
from network.clinicians.models import Clinician, Opening
from referrals.acting import By, roles_of
from referrals.actions import (
    answering,
    arriving,
    choosing,
    conflicts,
    drafting,
    ending,
    guests,
    leaving,
    replying,
    sending,
)
from referrals.actions.drafting import Attestation, Guest
from referrals.actions.passages import Words
from referrals.actions.ringing import ring_what_is_due
from referrals.actions.stepping import Click
from referrals.disclosure import may_know_identity, passages_for
from referrals.machine.continuity import Care
from referrals.machine.moving import rows_for
from referrals.machine.table import VERBS
from referrals.machine.words import COLLECTING, Decline, Kind, Mode, O, Outcome, Role
from referrals.models import Offer, Referral, Reply, Timer
from referrals.permissions import LackingError
from tests.among.people import an_associate, guided
from tests.clients.people import a_consent, a_link, signed, with_identities
from tests.factories import a_colleague
from tests.messaging.saying import her
from tests.referrals.plain import PlainOffer, PlainReferral, faults
from tests.referrals.story import a_client, a_draft, accepted, by, sent

pytestmark = pytest.mark.django_db
WALKS, STEPS, LONG = 4, 500, 25_000
# Taken more often than others, or hardly ever, so that the walk gets anywhere.
ON = {"submit", "send", "open", "accept", "confirm_acceptance", "choose"}
ON |= {"join_waitlist", "promote", "self_contact", "release_identity"}
ON |= {"book", "attended", "confirm", "resume"}
BACK = {"edit", "redirect", "retract", "withdraw", "close", "discard", "pause"}
BACK |= {
    "renew_link",
    "end_link",
    "recuse",
    "decline",
    "renege",
    "request_cancel",
    "refuse_acceptance",
}
GUEST = Guest("Somebody Else", "guest@consilium.example")
LOGGED = Guest("Somebody Far", by_link=False)
ATTESTED = Attestation(no_fee=True)
Does = Callable[..., Any]
# Nobody mails strangers by the hundred: of a long walk some links wait for tomorrow.
REFUSED = (LackingError, guests.TooManyGuestsError)
LOOK = 0.3  # how often it is tried what one of them may read
BY_CLOCK = {
    "purge",
    "expire",
    "expire_offer",
    "deadline",
    "lapse",
    "lapse_waitlist",
    "leave",
    "erase",
}

WEIGHTS = {**dict.fromkeys(ON, 40), **dict.fromkeys(BACK | BY_CLOCK, 1)}
# More for what was not walked yet, and less with every try.
NEW, NEW_BACK = 400, 15
# What was refused is hardly tried again before anything is another.
VAIN = 0.2
# What every walk comes by, whatever its dice say: until it has, hardly anything else
# is done where this may be.
REACHED, NOT_YET = {"send", "accept", "choose", "book", "close"}, 4000


class Walk:
    """Some people, one referral at a time, and what is done to it."""

    def __init__(self, dice: random.Random, ana: Clinician, staff: User) -> None:
        self.dice, self.ana, self.client = dice, ana, a_client(ana)
        self.link = a_link(self.client.parties.get()).link
        with_identities(staff)
        self.people = [a_colleague("Rosa Wren"), a_colleague("Omar Dove")]
        accepted(self.people[1], sent(ana, self.people[1]))  # his only opening
        self.guide = a_colleague("Iris Crow")
        ida = an_associate("Ida Lark")
        guided(ida, self.guide)
        self.people.append(ida)
        self.walked: Counter[str] = Counter()
        self.tried: Counter[str] = Counter()
        # To whom who it is was opened, by which consent: told from the steps alone.
        self.opened: set[tuple[int, int]] = set()
        self.modes = cycle(Mode)
        # What was refused since the rows were last another.
        self.vain: set[tuple[str, Referral | Offer]] = set()
        self.is_still = False
        self.one = self.begin()

    def begin(self) -> Referral:
        self.changed()
        among = self._any(sorted(COLLECTING))
        mode = next(self.modes) if self.walked["choose"] else among
        said = {"kind": self._any(Kind), "mode": mode}
        return drafting.create_referral(self.client, a_draft(**said), by=self.ana)

    def changed(self) -> None:
        self.vain, self.is_still = set(), False

    def step(self) -> bool:
        """Is anything another than before? What is refused is rolled back."""
        self.is_still = True
        self.one = Referral.objects.filter(pk=self.one.pk).first() or self.begin()
        if self.one.is_over and self.dice.random() < 0.7:
            self.one = self.begin()
        if self.dice.random() < 0.1:
            self.consent()
        if self.dice.random() < 0.03:
            self.ring()
        else:
            self.move()
        return not self.is_still

    def move(self) -> None:
        offers = self.one.offers.select_related("receiver__user").in_order()
        things: list[Referral | Offer] = [self.one, *offers]
        ways = [(row, thing) for thing in things for row in self.rows(thing)]
        weights = [self.weight(row.verb, thing) for row, thing in ways]
        row, thing = self.dice.choices(ways, weights)[0]
        who = self.one_of(row.who, thing)
        self.vain.add((row.verb, thing))
        if who is not None:
            self.take(row.verb, thing, who)

    def weight(self, verb: str, thing: Referral | Offer) -> float:
        if (verb, thing) in self.vain:
            return VAIN
        usual, tried = WEIGHTS.get(verb, 8), self.tried[verb]
        if self.walked[verb]:
            return usual
        if verb in REACHED:
            return NOT_YET
        return usual + (NEW_BACK if verb in BACK | BY_CLOCK else NEW) // (1 + tried)

    def rows(self, thing: Referral | Offer) -> list[Any]:
        about = thing if isinstance(thing, Offer) else None
        return list(rows_for(set(Role), self.one, about))

    def take(self, verb: str, thing: Referral | Offer, who: By) -> None:
        does = DOES[verb]
        self.tried[verb] += 1
        with suppress(*REFUSED), self.minding(), transaction.atomic():
            if verb in BY_CLOCK:
                does(thing)
            else:
                does(self, thing, by=who, click=Click(uuid4(), thing.version))
            self.walked[verb] += 1
            self.changed()
            if verb == "release_identity":
                self.opens()

    def opens(self) -> None:
        who = receiver_in(self.one)
        assert who is not None
        consent = in_force(self.client).get(receiver_id=who.public_id)
        self.opened.add((who.pk, consent.pk))

    @contextmanager
    def minding(self) -> Iterator[None]:
        """To whoever is chosen no more it is closed."""
        before = receiver_in(self.one)
        yield
        if before and before != receiver_in(self.one):
            self.opened = {one for one in self.opened if one[0] != before.pk}

    def ring(self) -> None:
        """One of its clocks, early: each leads along the table, or tells somebody."""
        running = self.one.timers.running().order_by("clock", "offer__place", "pk")
        if clock := self._any([*running, None]):
            Timer.objects.filter(pk=clock.pk).update(due_at=timezone.now())
            self.changed()
            with self.minding():
                assert ring_what_is_due(1) == 1, clock.clock

    def one_of(self, roles: frozenset[Role], thing: Referral | Offer) -> By | None:
        """Whoever of these people may act as such."""
        offer = thing if isinstance(thing, Offer) else chosen_in(self.one)
        everybody = [by(one) for one in (self.ana, self.guide, *self.people)]
        everybody += [By.guest(offer)] if offer and offer.link_expires_at else []
        everybody += [By.client(self.link)] if Role.CLIENT in roles else []
        everybody += [By.system()] if Role.SYSTEM in roles else []
        self.dice.shuffle(everybody)
        fit = (who for who in everybody if roles_of(who, self.one, offer) & roles)
        return next(fit, None)

    def consent(self) -> None:
        """Given or taken back, at any moment."""
        self.changed()
        if found := in_force(self.client).first():
            revoke_consent(found, by=her(self.ana))
        else:
            who = receiver_in(self.one) or self._any(self.people)
            signed(a_consent(self.client, who))

    def release(self, thing: Referral, **how: Any) -> None:
        """Mostly the client has agreed to this very colleague by then."""
        who, found = receiver_in(thing), in_force(self.client).first()
        if who and found is None and self.dice.random() < 0.7:
            signed(a_consent(self.client, who))
        arriving.release_identity(thing, **how)

    def shortlist(self, thing: Referral, **how: Any) -> None:
        asked = set(thing.offers.values_list("receiver", flat=True))
        free: list[Clinician | Guest] = [
            one for one in self.people if one.pk not in asked
        ]
        people = self.dice.sample([*free, GUEST, LOGGED], self.dice.randint(1, 2))
        drafting.shortlist(thing, people, **how)

    def check(self, thing: Referral, **how: Any) -> None:
        conflicts.check_names(thing, **how)

    def close(self, thing: Referral, **how: Any) -> None:
        outcome = self._any([Outcome.ENGAGED, Outcome.NOT_A_FIT])
        care = frozenset(Care if self.dice.random() < 0.5 else ())
        ending.close_referral(thing, ending.Ending(outcome, continuity=care), **how)

    def _any(self, some: Any) -> Any:
        return self.dice.choice(list(some))


def chosen_in(one: Referral) -> Offer | None:
    if not one.sent_at:
        return None
    found = one.offers.filter(state=O.SELECTED).select_related("receiver__user")
    return found.first()


def receiver_in(one: Referral) -> Clinician | None:
    found = chosen_in(one)
    return found.receiver if found else None


def in_force(client: Client) -> QuerySet[Consent]:
    return Consent.objects.in_force(timezone.localdate()).filter(client=client)


def _with(does: Does, *said: Any, **more: Any) -> Does:
    """An action with what it takes besides; most take nothing."""

    def do(_: Walk, thing: Any, **how: Any) -> None:
        does(thing, *said, **how, **more)

    return do


SOON = timezone.now() + timedelta(days=2)
ROOM = answering.Terms(no_fee=True, makes_room=True)
DOES: dict[str, Does] = {
    "edit": _with(drafting.edit_referral, a_draft()),
    "discard": _with(drafting.discard_referral),
    "submit": _with(drafting.submit_referral, ATTESTED),
    "shortlist": Walk.shortlist,
    "check": Walk.check,
    "send": _with(sending.send_referral),
    "widen": _with(sending.widen_referral),
    "open": _with(answering.open_offer),
    "ask": _with(answering.ask_sender, Words("Evenings?")),
    "answer": _with(answering.answer_receiver, Words("Yes.")),
    "accept": _with(answering.accept_offer, answering.Terms(no_fee=True)),
    "confirm_acceptance": _with(answering.confirm_acceptance, makes_room=True),
    "refuse_acceptance": _with(answering.refuse_acceptance),
    "decline": _with(answering.decline_offer, Decline.FULL),
    "offer_waitlist": _with(answering.offer_waitlist, SOON.date()),
    "recuse": _with(answering.recuse),
    "renege": _with(answering.renege, Decline.FULL),
    "retract": _with(answering.retract_offer),
    "renew_link": _with(guests.renew_link, "guest@consilium.example"),
    "end_link": _with(guests.end_link),
    "join": _with(guests.join_offer),
    "choose": _with(choosing.choose_offer),
    "join_waitlist": _with(choosing.join_waitlist),
    "reconfirm": _with(choosing.reconfirm_acceptance),
    "reconfirm_waitlist": _with(choosing.reconfirm_waitlist),
    "promote": _with(choosing.promote_offer, makes_room=True),
    "release_identity": Walk.release,
    "self_contact": _with(arriving.self_contact),
    "log_attempt": _with(arriving.log_attempt, arriving.Attempt("phone")),
    "book": _with(arriving.book, SOON),
    "reschedule": _with(arriving.reschedule, SOON),
    "cancel_appointment": _with(arriving.cancel_appointment),
    "attended": _with(arriving.note_attended),
    "no_show": _with(arriving.note_no_show),
    "re_engage": _with(arriving.re_engage),
    "report": _with(arriving.report, "It goes well."),
    "confirm": _with(arriving.confirm_engaged),
    "close": Walk.close,
    "withdraw": _with(ending.withdraw_referral),
    "request_cancel": _with(ending.request_cancel),
    "confirm_cancel": _with(ending.confirm_cancel),
    "redirect": _with(ending.redirect_referral),
    "pause": _with(ending.pause_referral),
    "resume": _with(ending.resume_referral),
    "check_back": _with(ending.check_back, "yes"),
    "reopen": _with(ending.reopen_referral),
    "purge": drafting.purge_referral,
    "expire": ending.expire_referral,
    "expire_offer": answering.expire_offer,
    "reply": _with(replying.reply, replying.Wish(Reply.Kind.CALL)),
    "note_call": _with(choosing.note_call),
    "deadline": choosing.pass_deadline,
    "lapse": choosing.lapse_offer,
    "lapse_waitlist": choosing.lapse_offer,
    "leave": leaving.end_part,
    "erase": leaving.end_referral,
}


def wrong(walk: Walk) -> list[str]:
    """What may never be, of the rows as they stand."""
    known = Referral.objects.select_related("client")
    one = known.filter(pk=walk.one.pk).first()
    if one is None:
        return []
    offers = list(one.offers.select_related("receiver__user").in_order())
    plain = PlainReferral(
        one.kind,
        one.mode,
        one.state,
        one.paused_from,
        one.attempts,
        one.cancel_asked_at,
        one.missed_at,
        one.outcome,
        [PlainOffer(O(offer.state)) for offer in offers],
    )
    clocks = Timer.objects.running().filter(referral=one)
    said = {
        "no clock runs": not one.is_over and not clocks.exists(),
        "a room without a chosen one": one.conversation_id is not None
        and not any(offer.state == O.SELECTED for offer in offers),
        "an opening is kept for what is over": one.is_over
        and any(offer.holds for offer in offers),
        **_of_identity(walk, offers),
        **(_of_readers(walk, one, offers) if walk.dice.random() < LOOK else {}),
    }
    return [*faults(plain), *(fault for fault, is_so in said.items() if is_so)]


def _of_identity(walk: Walk, offers: list[Offer]) -> dict[str, bool]:
    """At every step, of everybody: who it is is read if and only if she is chosen, and
    a consent in force names her, by which it was opened to her.
    """
    force = set(in_force(walk.client).values_list("pk", flat=True))
    may = {who for who, consent in walk.opened if consent in force}
    selected = Offer.objects.filter(referral__client=walk.client, state=O.SELECTED)
    asked = [offer for offer in offers if offer.receiver]
    return {
        "known against the choice or the consent": any(
            may_know_identity(by(one.receiver), one)
            != (one.state == O.SELECTED and one.receiver_id in may)
            for one in asked
            if one.receiver
        ),
        "opened by another door": any(
            (release_to(who, walk.client) is not None) != (who.pk in may)
            for who in walk.people
        ),
        "open to whom nobody chose": bool(may)
        and not may <= set(selected.values_list("receiver", flat=True)),
    }


def _of_readers(walk: Walk, one: Referral, offers: list[Offer]) -> dict[str, bool]:
    who = walk.dice.choice(walk.people)
    hers = [offer for offer in offers if offer.receiver_id == who.pk]
    opens = "reveal the identity" in allowed(her(who), walk.client)
    reads = any(said.kind == "need" for said in passages_for(by(who), one))
    places = sum(Opening.objects.filter(clinician=who).values_list("count", flat=True))
    return {
        "read by whom it does not go to": reads
        != any(offer.is_readable for offer in hers),
        "revealed against the release": opens
        != (release_to(who, walk.client) is not None),
        "more openings are kept than there are": Offer.objects.holding(who).count()
        > places,
    }


@pytest.mark.parametrize("seed", range(WALKS))
def test_any_steps_in_any_order_on_real_rows(
    request: pytest.FixtureRequest, ana: Clinician, staff: User, seed: int
) -> None:
    steps = LONG if request.config.getoption("--long") else STEPS
    walk = Walk(random.Random(seed), ana, staff)  # noqa: S311 a walk, no secret
    for _ in range(steps):
        if walk.step():
            assert wrong(walk) == [], (walk.walked, walk.one)

    assert REACHED - set(walk.walked) == set()


def test_the_walk_knows_every_step() -> None:
    assert set(DOES) == set(VERBS)
