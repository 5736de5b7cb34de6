"""Every transition there is: by whom, from where, to where, if what, with what else."""

from dataclasses import dataclass

from referrals.machine.words import (
    ARRIVING,
    ASKING,
    UNANSWERED,
    UNSETTLED,
    O,
    OfferState,
    Role,
    S,
    State,
)

Guards = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One way to go. Without `to` the state stays; `of` are the states of the offer
    that it is about, and `then` is where that goes.
    """

    verb: str
    who: frozenset[Role]
    at: frozenset[State]
    to: State | None = None
    of: frozenset[OfferState] = frozenset()
    then: OfferState | None = None
    guards: Guards = ()
    effects: tuple[str, ...] = ()


def _some(*words: State) -> frozenset[State]:
    return frozenset(words)


def _of(*words: OfferState) -> frozenset[OfferState]:
    return frozenset(words)


SENDER = frozenset({Role.SENDER})
RECEIVER = frozenset({Role.RECEIVER})
SUPERVISOR = frozenset({Role.SUPERVISOR})
CHOOSER = SENDER | {Role.CLIENT}
SYSTEM = frozenset({Role.SYSTEM})

BEGINNING = (
    Row("edit", SENDER, _some(S.DRAFT, S.READY), S.DRAFT),
    Row("discard", SENDER, _some(S.DRAFT)),
    Row(
        "submit",
        SENDER,
        _some(S.DRAFT),
        S.READY,
        guards=("complete", "guarded", "attested"),
    ),
    Row("shortlist", SENDER, _some(S.DRAFT, S.READY)),
    Row("shortlist", SENDER, ASKING, guards=("together",)),
    Row("check", SENDER, ASKING | {S.READY, S.PLACED}),
    Row(
        "send",
        SENDER,
        _some(S.READY),
        S.OPEN,
        guards=("candidates", "in_reach", "checked", "agreed"),
        effects=("send_queued",),
    ),
    Row(
        "widen",
        SENDER,
        ASKING,
        guards=("candidates", "in_reach", "checked"),
        effects=("send_queued",),
    ),
    Row("purge", SYSTEM, _some(S.DRAFT)),
)

ASKED = _of(O.SENT, O.VIEWED)
ANSWERING = (
    Row("open", RECEIVER, ASKING, of=_of(O.SENT), then=O.VIEWED),
    Row("ask", RECEIVER, ASKING, of=_of(O.VIEWED), then=O.NEEDS_INFO),
    Row("answer", SENDER, ASKING, of=_of(O.NEEDS_INFO), then=O.VIEWED),
    Row(
        "accept",
        RECEIVER,
        ASKING,
        of=_of(O.VIEWED),
        then=O.CONFIRMING,
        guards=("licensed", "no_fee", "guided"),
    ),
    Row(
        "accept",
        RECEIVER,
        _some(S.OPEN),
        S.PLACED,
        of=_of(O.VIEWED),
        then=O.SELECTED,
        guards=("licensed", "no_fee", "alone", "opening", "first"),
        effects=("close_others",),
    ),
    Row(
        "accept",
        RECEIVER,
        ASKING,
        S.CHOOSING,
        of=_of(O.VIEWED),
        then=O.ACCEPTED,
        guards=("licensed", "no_fee", "alone", "opening", "collected"),
    ),
    Row(
        "confirm_acceptance",
        SUPERVISOR,
        _some(S.OPEN),
        S.PLACED,
        of=_of(O.CONFIRMING),
        then=O.SELECTED,
        guards=("licensed", "opening", "first"),
        effects=("close_others",),
    ),
    Row(
        "confirm_acceptance",
        SUPERVISOR,
        ASKING,
        S.CHOOSING,
        of=_of(O.CONFIRMING),
        then=O.ACCEPTED,
        guards=("licensed", "opening", "collected"),
    ),
    Row("refuse_acceptance", SUPERVISOR, ASKING, of=_of(O.CONFIRMING), then=O.DECLINED),
    Row(
        "decline",
        RECEIVER,
        ASKING,
        of=UNANSWERED | {O.ACCEPTED, O.WAITLIST_OFFERED},
        then=O.DECLINED,
    ),
    Row("offer_waitlist", RECEIVER, ASKING, of=_of(O.VIEWED), then=O.WAITLIST_OFFERED),
    Row(
        "recuse",
        RECEIVER,
        ASKING,
        of=UNANSWERED | {O.ACCEPTED, O.WAITLIST_OFFERED},
        then=O.RECUSED,
    ),
    Row(
        "recuse",
        RECEIVER,
        _some(S.PLACED, S.HANDED_OVER, S.CONTACTING),
        S.OPEN,
        of=_of(O.SELECTED),
        then=O.RECUSED,
    ),
    Row(
        "renege",
        RECEIVER,
        _some(S.PLACED, S.HANDED_OVER),
        S.OPEN,
        of=_of(O.SELECTED),
        then=O.DECLINED_LATE,
    ),
    Row(
        "retract",
        SENDER,
        ASKING | {S.WAITING},
        of=UNANSWERED | {O.QUEUED, O.ACCEPTED, O.WAITLIST_OFFERED, O.WAITLISTED},
        then=O.RETRACTED,
    ),
    Row("expire_offer", SYSTEM, ASKING, of=ASKED | {O.CONFIRMING}, then=O.EXPIRED),
)

CHOOSING = (
    Row(
        "choose",
        CHOOSER,
        _some(S.CHOOSING),
        S.PLACED,
        of=_of(O.ACCEPTED),
        then=O.SELECTED,
        guards=("may_choose",),
        effects=("close_others",),
    ),
    Row(
        "join_waitlist",
        CHOOSER,
        ASKING,
        S.WAITING,
        of=_of(O.WAITLIST_OFFERED),
        then=O.WAITLISTED,
        guards=("may_choose",),
        effects=("close_others",),
    ),
    Row("deadline", SYSTEM, _some(S.CHOOSING), S.OPEN),
    Row("reconfirm", RECEIVER, ASKING, S.CHOOSING, of=_of(O.ACCEPTED)),
    Row("lapse", SYSTEM, ASKING, of=_of(O.ACCEPTED), then=O.LAPSED),
    Row(
        "reconfirm_waitlist",
        RECEIVER,
        ASKING | {S.WAITING},
        of=_of(O.WAITLIST_OFFERED, O.WAITLISTED),
    ),
    Row(
        "promote",
        RECEIVER,
        _some(S.WAITING),
        S.CHOOSING,
        of=_of(O.WAITLISTED),
        then=O.ACCEPTED,
        guards=("licensed", "opening"),
    ),
    Row(
        "lapse_waitlist",
        SYSTEM,
        ASKING | {S.WAITING},
        of=_of(O.WAITLIST_OFFERED, O.WAITLISTED),
        then=O.LAPSED,
    ),
)

REACHED = _some(S.HANDED_OVER, S.CONTACTING)
ARRIVAL = (
    Row(
        "release_identity",
        SENDER,
        _some(S.PLACED),
        S.HANDED_OVER,
        guards=("identity_mode", "consent", "member", "licensed", "no_conflict"),
    ),
    Row("self_contact", CHOOSER, _some(S.PLACED), S.CONTACTING),
    Row("log_attempt", RECEIVER, REACHED, S.CONTACTING, guards=("attempts_left",)),
    Row("book", RECEIVER, REACHED, S.SCHEDULED),
    Row("reschedule", RECEIVER, _some(S.SCHEDULED)),
    Row("cancel_appointment", RECEIVER, _some(S.SCHEDULED), S.CONTACTING),
    Row("attended", RECEIVER, _some(S.SCHEDULED), S.ENGAGED),
    Row("no_show", RECEIVER, _some(S.SCHEDULED), S.CONTACTING),
    Row("re_engage", SENDER, _some(S.CONTACTING), guards=("missed",)),
    Row("report", RECEIVER, _some(S.ENGAGED), guards=("alongside",)),
    Row("confirm", RECEIVER, _some(S.ENGAGED), S.CLOSED, guards=("transfer",)),
)

ACTIVE = UNSETTLED | ARRIVING | {S.PLACED, S.ENGAGED, S.PAUSED}
ENDING = (
    Row(
        "close",
        SENDER,
        ACTIVE,
        S.CLOSED,
        guards=("not_arrived", "outcome", "continuity"),
        effects=("release",),
    ),
    Row(
        "close",
        SENDER | RECEIVER,
        _some(S.ENGAGED),
        S.CLOSED,
        guards=("arrived", "outcome"),
        effects=("retract_open",),
    ),
    Row(
        "withdraw",
        SENDER,
        UNSETTLED | {S.PLACED, S.PAUSED},
        S.WITHDRAWN,
        effects=("retract",),
    ),
    Row("request_cancel", SENDER, ARRIVING, guards=("cancel_not_asked",)),
    Row(
        "confirm_cancel",
        RECEIVER,
        ARRIVING,
        S.WITHDRAWN,
        guards=("cancel_asked",),
        effects=("retract",),
    ),
    Row(
        "redirect",
        SENDER,
        ASKING | {S.WAITING, S.PLACED},
        S.READY,
        effects=("retract",),
    ),
    Row(
        "redirect",
        SENDER,
        _some(S.CONTACTING),
        S.READY,
        guards=("attempts_spent",),
        effects=("retract",),
    ),
    Row("pause", SENDER, UNSETTLED, S.PAUSED, effects=("pause",)),
    Row("resume", SENDER, _some(S.PAUSED), effects=("resume",)),
    Row("expire", SYSTEM, UNSETTLED - {S.WAITING}, S.EXPIRED, effects=("retract",)),
    Row("check_back", SENDER | RECEIVER, _some(S.CLOSED), guards=("asked_back",)),
    Row("reopen", SENDER, _some(S.CLOSED, S.WITHDRAWN, S.EXPIRED), effects=("again",)),
)

TABLE = (*BEGINNING, *ANSWERING, *CHOOSING, *ARRIVAL, *ENDING)
VERBS = tuple(dict.fromkeys(row.verb for row in TABLE))
