"""From the choice to the outcome, and every way out."""

from referrals.machine.row import CHOOSER, RECEIVER, SENDER, SYSTEM, Row, offers, states
from referrals.machine.words import ARRIVING, ASKING, UNSETTLED, O, S

REACHED = states(S.HANDED_OVER, S.CONTACTING)
RELEASE = ("identity_mode", "consent", "member", "licensed", "no_conflict")
ARRIVAL = (
    Row("release_identity", SENDER, states(S.PLACED), S.HANDED_OVER, guards=RELEASE),
    Row(
        "release_identity",
        SENDER,
        ARRIVING | {S.ENGAGED},
        guards=(*RELEASE, "unreleased"),
    ),
    Row("self_contact", CHOOSER, states(S.PLACED), S.CONTACTING),
    Row("log_attempt", RECEIVER, REACHED, S.CONTACTING, guards=("attempts_left",)),
    Row("book", RECEIVER, REACHED, S.SCHEDULED),
    Row("reschedule", RECEIVER, states(S.SCHEDULED)),
    Row("cancel_appointment", RECEIVER, states(S.SCHEDULED), S.CONTACTING),
    Row("attended", RECEIVER, states(S.SCHEDULED), S.ENGAGED),
    Row("no_show", RECEIVER, states(S.SCHEDULED), S.CONTACTING),
    Row("re_engage", SENDER, states(S.CONTACTING), guards=("missed",)),
    Row(
        "leave",
        SYSTEM,
        ARRIVING | {S.PLACED, S.ENGAGED},
        S.OPEN,
        of=offers(O.SELECTED),
        then=O.DECLINED_LATE,
    ),
    Row("report", RECEIVER, states(S.ENGAGED), guards=("alongside",)),
    Row("confirm", RECEIVER, states(S.ENGAGED), S.CLOSED, guards=("transfer",)),
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
        states(S.ENGAGED),
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
    Row(
        "withdraw",
        SENDER,
        states(S.DRAFT),
        S.WITHDRAWN,
        guards=("once_asked",),
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
        states(S.CONTACTING),
        S.READY,
        guards=("attempts_spent",),
        effects=("retract",),
    ),
    Row(
        "redirect",
        SENDER,
        states(S.CONTACTING),
        S.READY,
        guards=("missed",),
        effects=("retract",),
    ),
    Row("pause", SENDER, UNSETTLED, S.PAUSED, effects=("pause",)),
    Row("resume", SENDER, states(S.PAUSED), effects=("resume",)),
    Row("expire", SYSTEM, UNSETTLED - {S.WAITING}, S.EXPIRED, effects=("retract",)),
    Row("erase", SYSTEM, ACTIVE | {S.DRAFT}, S.WITHDRAWN, effects=("retract",)),
    Row("check_back", SENDER | RECEIVER, states(S.CLOSED), guards=("asked_back",)),
    Row(
        "reopen",
        SENDER,
        states(S.CLOSED, S.WITHDRAWN, S.EXPIRED),
        guards=("client_kept",),
        effects=("again",),
    ),
)
