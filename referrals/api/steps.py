"""Every step that a member takes, and the action that does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from network.clinicians.matching.faults import Fault
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions import (
    answering,
    arriving,
    choosing,
    conflicts,
    drafting,
    ending,
    guests,
    passages,
    sending,
)
from referrals.actions.stepping import Click
from referrals.api.said import (
    AttemptSaid,
    AttestationSaid,
    ConflictsSaid,
    DaySaid,
    DeclineSaid,
    EndingSaid,
    HeldSaid,
    LinkSaid,
    MomentSaid,
    NoteSaid,
    Nothing,
    PeopleSaid,
    RenegeSaid,
    RoomSaid,
    TermsSaid,
    TextSaid,
)
from referrals.api.schema import Asked, DraftSaid, PersonSaid
from referrals.forms.draft import shareable
from referrals.forms.guests import YOURS
from referrals.models import Offer, Referral

NOBODY = "This is the id of nobody whom you may ask."
NO_OFFER = "This is the id of no offer of this referral."


class MistakenError(Exception):
    """What is named in `said` is not there, or may not be named."""

    def __init__(self, place: str, code: str, words: str) -> None:
        self.fault = Fault(f"/said/{place}", code, words)
        super().__init__(words)


@dataclass(frozen=True)
class Taken:
    """A step as it came, with who takes it."""

    by: By
    click: Click

    @property
    def how(self) -> dict[str, Any]:
        return {"by": self.by, "click": self.click}


Does = Callable[[Any, Any, Taken], object]
Step = tuple[type[Asked], Does]


def _plain(action: Callable[..., object]) -> Step:
    return Nothing, lambda thing, _, taken: action(thing, **taken.how)


def _with_words(action: Callable[..., object]) -> Step:
    return (
        NoteSaid,
        lambda one, said, taken: action(one, **said.model_dump(), **taken.how),
    )


def _with_room(action: Callable[..., object]) -> Step:
    return (
        RoomSaid,
        lambda one, said, taken: action(one, makes_room=said.makes_room, **taken.how),
    )


def draft_of(said: DraftSaid) -> drafting.Draft:
    plain = said.model_dump(exclude={"criteria", "client"})
    need = said.criteria.model_dump(mode="json") if said.criteria else {}
    return drafting.Draft(**plain, criteria=shareable(need))


def _edit(one: Referral, said: DraftSaid, taken: Taken) -> None:
    drafting.edit_referral(one, draft_of(said), **taken.how)


def _submit(one: Referral, said: AttestationSaid, taken: Taken) -> None:
    attestation = drafting.Attestation(**said.model_dump())
    drafting.submit_referral(one, attestation, **taken.how)


def _shortlist(one: Referral, said: PeopleSaid, taken: Taken) -> None:
    people = [
        _person(who, f"people/{place}", taken) for place, who in enumerate(said.people)
    ]
    guests.shortlist_with_guests(one, people, **taken.how)


def _person(who: PersonSaid, place: str, taken: Taken) -> Clinician | drafting.Guest:
    if who.clinician is not None:
        return _colleague(who.clinician, f"{place}/clinician", taken)
    user = taken.by.user
    if user and who.email.casefold() == user.email.casefold():
        raise MistakenError(f"{place}/email", "own_address", YOURS)
    return drafting.Guest(who.name.strip(), who.email, by_link=bool(who.email))


def _colleague(pk: UUID, place: str, taken: Taken) -> Clinician:
    me = taken.by.clinician
    seen = Clinician.objects.visible_to(me).verified() if me else None
    others = seen.exclude(pk=me.pk) if me and seen is not None else None
    found = others.filter(public_id=pk).first() if others is not None else None
    if found is None:
        raise MistakenError(place, "unknown_clinician", NOBODY)
    return found


def _check(one: Referral, said: ConflictsSaid, taken: Taken) -> None:
    if said.talked_over is None:
        conflicts.check_names(one, [who.named for who in said.names], **taken.how)
        return
    offer = one.offers.filter(public_id=said.talked_over).first()
    if offer is None:
        raise MistakenError("talked_over", "unknown_offer", NO_OFFER)
    conflicts.talk_over(offer, **taken.how)


def _ask(offer: Offer, said: TextSaid, taken: Taken) -> None:
    words = passages.Words(said.text, said.guard_reason)
    answering.ask_sender(offer, words, **taken.how)


def _answer(offer: Offer, said: TextSaid, taken: Taken) -> None:
    words = passages.Words(said.text, said.guard_reason)
    answering.answer_receiver(offer, words, **taken.how)


def _accept(offer: Offer, said: TermsSaid, taken: Taken) -> None:
    answering.accept_offer(offer, answering.Terms(**said.model_dump()), **taken.how)


def _decline(offer: Offer, said: DeclineSaid, taken: Taken) -> None:
    pk = said.suggested
    other = _colleague(pk, "suggested", taken) if pk else None
    answering.decline_offer(offer, said.reason, suggested=other, **taken.how)


def _renege(offer: Offer, said: RenegeSaid, taken: Taken) -> None:
    words, stays = said.words, said.guard_reason
    answering.renege(offer, said.reason, words=words, guard_reason=stays, **taken.how)


def _renew_link(offer: Offer, said: LinkSaid, taken: Taken) -> None:
    guests.renew_link(offer, said.email, **taken.how)


def _offer_waitlist(offer: Offer, said: DaySaid, taken: Taken) -> None:
    answering.offer_waitlist(offer, said.day, **taken.how)


def _attempt(one: Referral, said: AttemptSaid, taken: Taken) -> None:
    arriving.log_attempt(one, arriving.Attempt(**said.model_dump()), **taken.how)


def _re_engage(one: Referral, said: NoteSaid, taken: Taken) -> None:
    arriving.re_engage(one, **said.model_dump(), **taken.how)


def _book(one: Referral, said: MomentSaid, taken: Taken) -> None:
    arriving.book(one, said.at, **taken.how)


def _reschedule(one: Referral, said: MomentSaid, taken: Taken) -> None:
    arriving.reschedule(one, said.at, **taken.how)


def _report(one: Referral, said: TextSaid, taken: Taken) -> None:
    why = said.guard_reason
    arriving.report(one, said.text, guard_reason=why, **taken.how)


def _close(one: Referral, said: EndingSaid, taken: Taken) -> None:
    ending.close_referral(one, ending.Ending(**said.model_dump()), **taken.how)


def _check_back(one: Referral, said: HeldSaid, taken: Taken) -> None:
    ending.check_back(one, said.held, **taken.how)


OF_REFERRALS: dict[str, Step] = {
    "edit": (DraftSaid, _edit),
    "discard": _plain(drafting.discard_referral),
    "submit": (AttestationSaid, _submit),
    "shortlist": (PeopleSaid, _shortlist),
    "check": (ConflictsSaid, _check),
    "send": _plain(sending.send_referral),
    "widen": _plain(sending.widen_referral),
    "note_call": _plain(choosing.note_call),
    "self_contact": _plain(arriving.self_contact),
    "log_attempt": (AttemptSaid, _attempt),
    "book": (MomentSaid, _book),
    "reschedule": (MomentSaid, _reschedule),
    "cancel_appointment": _plain(arriving.cancel_appointment),
    "attended": _plain(arriving.note_attended),
    "no_show": _plain(arriving.note_no_show),
    "re_engage": (NoteSaid, _re_engage),
    "report": (TextSaid, _report),
    "confirm": _plain(arriving.confirm_engaged),
    "close": (EndingSaid, _close),
    "withdraw": _with_words(ending.withdraw_referral),
    "request_cancel": _with_words(ending.request_cancel),
    "confirm_cancel": _plain(ending.confirm_cancel),
    "redirect": _with_words(ending.redirect_referral),
    "pause": _plain(ending.pause_referral),
    "resume": _plain(ending.resume_referral),
    "check_back": (HeldSaid, _check_back),
    "reopen": _with_words(ending.reopen_referral),
}
OF_OFFERS: dict[str, Step] = {
    "open": _plain(answering.open_offer),
    "ask": (TextSaid, _ask),
    "answer": (TextSaid, _answer),
    "accept": (TermsSaid, _accept),
    "confirm_acceptance": _with_room(answering.confirm_acceptance),
    "refuse_acceptance": _plain(answering.refuse_acceptance),
    "decline": (DeclineSaid, _decline),
    "offer_waitlist": (DaySaid, _offer_waitlist),
    "recuse": _plain(answering.recuse),
    "renege": (RenegeSaid, _renege),
    "retract": _plain(answering.retract_offer),
    "renew_link": (LinkSaid, _renew_link),
    "end_link": _plain(guests.end_link),
    "choose": _plain(choosing.choose_offer),
    "join_waitlist": _plain(choosing.join_waitlist),
    "reconfirm": _plain(choosing.reconfirm_acceptance),
    "reconfirm_waitlist": _plain(choosing.reconfirm_waitlist),
    "promote": _with_room(choosing.promote_offer),
}
# Who the client is is released on the page, after a fresh sign-in: by no program.
ON_THE_PAGE = frozenset({"release_identity"})
