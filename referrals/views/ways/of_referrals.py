"""The ways of the whole."""

from referrals.acting import By
from referrals.actions import arriving, choosing, ending
from referrals.actions.arriving import Attempt
from referrals.actions.conflicts import hand_over
from referrals.actions.drafting import discard_referral
from referrals.actions.ending import Ending
from referrals.actions.sending import widen_referral
from referrals.actions.stepping import Click
from referrals.forms import noting
from referrals.forms import steps as forms
from referrals.machine.continuity import Care
from referrals.models import Referral
from referrals.views.ways.way import Said, Way, noted, plainly, with_fields


def _attempt(referral: Referral, said: Said, by: By, click: Click) -> None:
    attempt = Attempt(said["how"], said["words"], said.get("guard_reason", ""))
    arriving.log_attempt(referral, attempt, by=by, click=click)


def _close(referral: Referral, said: Said, by: By, click: Click) -> None:
    care = frozenset(Care(one) for one in said.get("care", ()))
    why = said.get("guard_reason", "")
    how = Ending(said["outcome"], said["words"], care, guard_reason=why)
    ending.close_referral(referral, how, by=by, click=click)


OF_REFERRALS: tuple[Way[Referral], ...] = (
    Way(
        "note_call",
        "clients-turn",
        "We have spoken",
        plainly(choosing.note_call),
        lead="It is the client's turn again, who chooses by the link. You may still "
        "choose for the client instead.",
        kind="primary",
        icon="phone",
    ),
    Way(
        "self_contact",
        "clients-call",
        "The client will call",
        plainly(arriving.self_contact),
        lead="Give the client the colleague's name and number. Who it is, the "
        "colleague hears from the client alone.",
        kind="primary",
        icon="phone",
    ),
    Way(
        "release_identity",
        "handover",
        "Hand over",
        with_fields(hand_over, "names"),
        forms.NamesForm,
        "The colleague learns who the client is, by the consent that names them.",
        kind="primary",
        icon="key-round",
    ),
    Way(
        "book",
        "booking",
        "Booked",
        with_fields(arriving.book, "at"),
        forms.BookForm,
        kind="primary",
        icon="calendar-check",
    ),
    Way(
        "log_attempt",
        "attempt",
        "Tried, not reached",
        _attempt,
        noting.AttemptForm,
        "After three it is the sender's turn.",
        icon="phone",
    ),
    Way(
        "attended",
        "attendance",
        "The client came",
        plainly(arriving.note_attended),
        kind="primary",
        icon="circle-check",
    ),
    Way(
        "no_show",
        "absence",
        "The client did not come",
        plainly(arriving.note_no_show),
        lead="The sender is told at once, and can speak with the client.",
        icon="circle-x",
    ),
    Way(
        "reschedule",
        "new-date",
        "Another date",
        with_fields(arriving.reschedule, "at"),
        forms.BookForm,
        icon="calendar-clock",
    ),
    Way(
        "cancel_appointment",
        "cancellation",
        "Cancelled",
        plainly(arriving.cancel_appointment),
        lead="Back to reaching the client.",
    ),
    Way(
        "re_engage",
        "second-try",
        "Try again",
        noted(arriving.re_engage),
        noting.NoteForm,
        "You have spoken with the client, who comes: the colleague books anew.",
        "primary",
        "rotate-cw",
    ),
    Way(
        "confirm",
        "arrival",
        "It holds: close it",
        plainly(arriving.confirm_engaged),
        lead="From now on the clinical responsibility is yours.",
        kind="primary",
        icon="circle-check",
    ),
    Way(
        "report",
        "report",
        "Report to the sender",
        noted(arriving.report),
        noting.ReportForm,
        icon="file-text",
    ),
    Way(
        "confirm_cancel",
        "cancelling",
        "Agree to cancel",
        plainly(ending.confirm_cancel),
        lead="It ends here, and what you know of the client is closed to you.",
    ),
    Way(
        "check_back",
        "check-back",
        "Did it hold?",
        with_fields(ending.check_back, "held"),
        forms.HeldForm,
        kind="primary",
        icon="circle-question-mark",
    ),
    Way(
        "widen",
        "widening",
        "Ask those who came on the list",
        plainly(widen_referral),
    ),
    Way("resume", "resumption", "Go on", plainly(ending.resume_referral)),
    Way(
        "reopen",
        "reopening",
        "Begin again from it",
        noted(ending.reopen_referral),
        noting.WhyForm,
        "What ended stays as it is. A new draft begins, with the same words.",
    ),
    Way(
        "redirect",
        "redirection",
        "Send it elsewhere",
        noted(ending.redirect_referral),
        noting.WhyForm,
        "All offers are withdrawn, and you choose anew whom to ask.",
    ),
    Way("pause", "pause", "Pause", plainly(ending.pause_referral)),
    Way(
        "close",
        "ending",
        "Close with an outcome",
        _close,
        noting.CloseForm,
        "So that both know how it ended.",
    ),
    Way(
        "request_cancel",
        "cancel-request",
        "Ask to cancel",
        noted(ending.request_cancel),
        noting.CancelForm,
        "The colleague knows the client by now, and has to agree.",
    ),
    Way(
        "withdraw",
        "withdrawal",
        "Withdraw",
        noted(ending.withdraw_referral),
        noting.WhyForm,
        "Whoever was asked can read it no more from this moment on.",
        "danger",
    ),
    Way(
        "discard",
        "discarding",
        "Discard the draft",
        plainly(discard_referral),
        lead="Its words are destroyed.",
        kind="danger",
    ),
)
