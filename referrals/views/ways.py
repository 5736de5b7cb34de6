"""What can be done from a page: how each step is called, asked for and taken.

Which of them stand there, `permissions.allowed` decides; nothing here does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from referrals.acting import By
from referrals.actions import answering, arriving, choosing, ending
from referrals.actions.arriving import Attempt
from referrals.actions.drafting import discard_referral
from referrals.actions.ending import Ending
from referrals.actions.passages import Words
from referrals.actions.sending import widen_referral
from referrals.actions.stepping import Click
from referrals.forms import steps as forms
from referrals.forms.steps import StepForm
from referrals.models import Offer, Referral

Thing = TypeVar("Thing", Referral, Offer)
Said = Mapping[str, Any]
Plain = Callable[..., object]


@dataclass(frozen=True)
class Way(Generic[Thing]):
    """`slug` is what comes to be, in the address."""

    verb: str
    slug: str
    label: str
    take: Callable[[Thing, Said, By, Click], object]
    form: type[StepForm] = StepForm
    lead: str = ""
    kind: str = ""
    icon: str = ""

    @property
    def is_aside(self) -> bool:
        """Not what comes next: it stands behind a fold."""
        return not self.icon

    @property
    def asks(self) -> bool:
        """Something has to be said with it, or read before it."""
        return self.form is not StepForm or bool(self.lead)


def _plain(act: Plain) -> Callable[[Any, Said, By, Click], object]:
    return lambda thing, said, by, click: act(thing, by=by, click=click)


def _with(act: Plain, *names: str) -> Callable[[Any, Said, By, Click], object]:
    """Its form's fields under their own names."""
    return lambda thing, said, by, click: act(
        thing, by=by, click=click, **{name: said[name] for name in names}
    )


def _guarded(act: Plain) -> Callable[[Any, Said, By, Click], object]:
    return lambda thing, said, by, click: act(
        thing, Words(said["words"], said["guard_reason"]), by=by, click=click
    )


def _accept(offer: Offer, said: Said, by: By, click: Click) -> None:
    names = ("earliest_on", "fee", "format", "no_fee", "makes_room")
    terms = answering.Terms(**{name: said[name] for name in names})
    answering.accept_offer(offer, terms, by=by, click=click)


def _decline(offer: Offer, said: Said, by: By, click: Click) -> None:
    suggested = said.get("suggested")
    answering.decline_offer(offer, said["why"], by=by, click=click, suggested=suggested)


def _renege(offer: Offer, said: Said, by: By, click: Click) -> None:
    answering.renege(offer, said["why"], by=by, click=click, words=said["words"])


def _attempt(referral: Referral, said: Said, by: By, click: Click) -> None:
    attempt = Attempt(said["how"], said["words"])
    arriving.log_attempt(referral, attempt, by=by, click=click)


def _close(referral: Referral, said: Said, by: By, click: Click) -> None:
    how = Ending(said["outcome"], said["words"], continuity=said["continuity"])
    ending.close_referral(referral, how, by=by, click=click)


OF_OFFERS: tuple[Way[Offer], ...] = (
    Way(
        "accept",
        "acceptance",
        "Accept",
        _accept,
        forms.AcceptForm,
        "On these terms. You do not learn yet who the client is.",
        "primary",
        "check",
    ),
    Way(
        "ask",
        "question",
        "Ask something",
        _guarded(answering.ask_sender),
        forms.GuardedForm,
        "Your clock stands still until it is answered.",
        icon="circle-question-mark",
    ),
    Way(
        "offer_waitlist",
        "waiting-list",
        "Offer your waiting list",
        _with(answering.offer_waitlist, "expected_on"),
        forms.WaitlistForm,
        icon="hourglass",
    ),
    Way(
        "decline",
        "refusal",
        "Decline",
        _decline,
        forms.DeclineForm,
        "The sender reads the reason, and nobody else.",
    ),
    Way(
        "recuse",
        "stepping-back",
        "Step back",
        _plain(answering.recuse),
        lead="You know of a conflict. Nothing of it is there for you afterwards, and "
        "nobody is told why.",
    ),
    Way(
        "renege",
        "late-refusal",
        "I cannot after all",
        _renege,
        forms.RenegeForm,
        "The sender looks for somebody else.",
        "danger",
    ),
    Way(
        "reconfirm",
        "reconfirmation",
        "It still holds",
        _plain(choosing.reconfirm_acceptance),
        icon="check",
    ),
    Way(
        "reconfirm_waitlist",
        "place-kept",
        "The place is still kept",
        _plain(choosing.reconfirm_waitlist),
        icon="check",
    ),
    Way(
        "promote",
        "place",
        "There is a place now",
        _with(choosing.promote_offer, "makes_room"),
        forms.RoomForm,
        kind="primary",
        icon="check",
    ),
    Way(
        "confirm_acceptance",
        "confirmation",
        "Confirm for your associate",
        _with(answering.confirm_acceptance, "makes_room"),
        forms.RoomForm,
        kind="primary",
        icon="check",
    ),
    Way(
        "refuse_acceptance",
        "associate-refusal",
        "Not this one",
        _plain(answering.refuse_acceptance),
        lead="It is declined for your associate.",
    ),
    Way(
        "answer",
        "answer",
        "Answer",
        _guarded(answering.answer_receiver),
        forms.GuardedForm,
        kind="primary",
        icon="reply",
    ),
    Way(
        "choose",
        "choice",
        "Choose",
        _plain(choosing.choose_offer),
        lead="All others are closed courteously, and can read it no more.",
        kind="primary",
        icon="check",
    ),
    Way(
        "join_waitlist",
        "waiting",
        "Take the place on the list",
        _plain(choosing.join_waitlist),
        lead="All others are closed courteously, and can read it no more.",
    ),
    Way(
        "retract",
        "retraction",
        "Take back",
        _plain(answering.retract_offer),
        lead="From this moment on the colleague can read it no more.",
    ),
)
OF_REFERRALS: tuple[Way[Referral], ...] = (
    Way(
        "self_contact",
        "clients-call",
        "The client will call",
        _plain(arriving.self_contact),
        lead="Give the client the colleague's name and number. Who it is, the "
        "colleague hears from the client alone.",
        kind="primary",
        icon="phone",
    ),
    Way(
        "release_identity",
        "handover",
        "Hand over",
        _plain(arriving.release_identity),
        lead="The colleague learns who the client is, by the consent that names them.",
        kind="primary",
        icon="key-round",
    ),
    Way(
        "book",
        "booking",
        "Booked",
        _with(arriving.book, "at"),
        forms.BookForm,
        kind="primary",
        icon="calendar-check",
    ),
    Way(
        "log_attempt",
        "attempt",
        "Tried, not reached",
        _attempt,
        forms.AttemptForm,
        "After three it is the sender's turn.",
        icon="phone",
    ),
    Way(
        "attended",
        "attendance",
        "The client came",
        _plain(arriving.note_attended),
        kind="primary",
        icon="circle-check",
    ),
    Way(
        "no_show",
        "absence",
        "The client did not come",
        _plain(arriving.note_no_show),
        lead="The sender is told at once, and can speak with the client.",
    ),
    Way(
        "reschedule",
        "new-date",
        "Another date",
        _with(arriving.reschedule, "at"),
        forms.BookForm,
        icon="calendar-clock",
    ),
    Way(
        "cancel_appointment",
        "cancellation",
        "Cancelled",
        _plain(arriving.cancel_appointment),
        lead="Back to reaching the client.",
    ),
    Way(
        "re_engage",
        "second-try",
        "Try again",
        _with(arriving.re_engage, "words"),
        forms.NoteForm,
        "You have spoken with the client, who comes: the colleague tries again.",
        "primary",
        "rotate-cw",
    ),
    Way(
        "confirm",
        "arrival",
        "It holds: close it",
        _plain(arriving.confirm_engaged),
        lead="From now on the clinical responsibility is yours.",
        kind="primary",
        icon="circle-check",
    ),
    Way(
        "report",
        "report",
        "Report to the sender",
        _with(arriving.report, "words"),
        forms.ReportForm,
        icon="file-text",
    ),
    Way(
        "confirm_cancel",
        "cancelling",
        "Agree to cancel",
        _plain(ending.confirm_cancel),
        lead="It ends here, and what you know of the client is closed to you.",
    ),
    Way(
        "check_back",
        "check-back",
        "Did it hold?",
        _with(ending.check_back, "held"),
        forms.HeldForm,
        kind="primary",
    ),
    Way(
        "widen",
        "widening",
        "Ask those who came on the list",
        _plain(widen_referral),
    ),
    Way("resume", "resumption", "Go on", _plain(ending.resume_referral)),
    Way("reopen", "reopening", "Begin again from it", _plain(ending.reopen_referral)),
    Way(
        "redirect",
        "redirection",
        "Send it elsewhere",
        _with(ending.redirect_referral, "words"),
        forms.WhyForm,
        "All offers are withdrawn, and you choose anew whom to ask.",
    ),
    Way("pause", "pause", "Pause", _plain(ending.pause_referral)),
    Way(
        "close",
        "ending",
        "Close with an outcome",
        _close,
        forms.CloseForm,
        "So that both know how it ended.",
    ),
    Way(
        "request_cancel",
        "cancel-request",
        "Ask to cancel",
        _with(ending.request_cancel, "words"),
        forms.WhyForm,
        "The colleague knows the client by now, and has to agree.",
    ),
    Way(
        "withdraw",
        "withdrawal",
        "Withdraw",
        _with(ending.withdraw_referral, "words"),
        forms.WhyForm,
        "Whoever was asked can read it no more from this moment on.",
        "danger",
    ),
    Way(
        "discard",
        "discarding",
        "Discard the draft",
        _plain(discard_referral),
        lead="Its words are destroyed.",
        kind="danger",
    ),
)
