"""The ways of one colleague's part."""

from referrals.acting import By
from referrals.actions import answering, choosing, guests
from referrals.actions.stepping import Click
from referrals.forms import noting
from referrals.forms import steps as forms
from referrals.forms.guests import LinkForm
from referrals.models import Offer
from referrals.views.ways.way import Said, Way, guardedly, plainly, with_fields


def _accept(offer: Offer, said: Said, by: By, click: Click) -> None:
    names = ("earliest_on", "fee", "format", "no_fee", "makes_room")
    terms = answering.Terms(**{name: said[name] for name in names})
    answering.accept_offer(offer, terms, by=by, click=click)


def _decline(offer: Offer, said: Said, by: By, click: Click) -> None:
    suggested = said.get("suggested")
    answering.decline_offer(offer, said["why"], by=by, click=click, suggested=suggested)


def _renege(offer: Offer, said: Said, by: By, click: Click) -> None:
    words, stays = said["words"], said.get("guard_reason", "")
    answering.renege(
        offer, said["why"], by=by, click=click, words=words, guard_reason=stays
    )


OF_OFFERS: tuple[Way[Offer], ...] = (
    # Of whom the sender asks herself; everybody else opens it by looking.
    Way(
        "open",
        "asking",
        "I have asked",
        plainly(answering.open_offer),
        icon="phone",
    ),
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
        guardedly(answering.ask_sender),
        forms.GuardedForm,
        "Your clock stands still until it is answered.",
        icon="circle-question-mark",
    ),
    Way(
        "offer_waitlist",
        "waiting-list",
        "Offer your waiting list",
        with_fields(answering.offer_waitlist, "expected_on"),
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
        plainly(answering.recuse),
        lead="You know of a conflict. Nothing of it is there for you afterwards, and "
        "nobody is told why.",
    ),
    Way(
        "renege",
        "late-refusal",
        "I cannot after all",
        _renege,
        noting.RenegeForm,
        "The sender looks for somebody else.",
        "danger",
    ),
    Way(
        "reconfirm",
        "reconfirmation",
        "It still holds",
        plainly(choosing.reconfirm_acceptance),
        icon="check",
    ),
    Way(
        "reconfirm_waitlist",
        "place-kept",
        "The place is still kept",
        plainly(choosing.reconfirm_waitlist),
        icon="check",
    ),
    Way(
        "promote",
        "place",
        "There is a place now",
        with_fields(choosing.promote_offer, "makes_room"),
        forms.RoomForm,
        kind="primary",
        icon="check",
    ),
    Way(
        "confirm_acceptance",
        "confirmation",
        "Confirm for your associate",
        with_fields(answering.confirm_acceptance, "makes_room"),
        forms.RoomForm,
        kind="primary",
        icon="check",
    ),
    Way(
        "refuse_acceptance",
        "associate-refusal",
        "Not this one",
        plainly(answering.refuse_acceptance),
        lead="It is declined for your associate.",
    ),
    Way(
        "answer",
        "answer",
        "Answer",
        guardedly(answering.answer_receiver),
        forms.GuardedForm,
        kind="primary",
        icon="reply",
    ),
    Way(
        "choose",
        "choice",
        "Choose",
        plainly(choosing.choose_offer),
        lead="All others are closed courteously, and can read it no more.",
        kind="primary",
        icon="check",
    ),
    Way(
        "join_waitlist",
        "waiting",
        "Take the place on the list",
        plainly(choosing.join_waitlist),
        lead="All others are closed courteously, and can read it no more.",
    ),
    Way(
        "retract",
        "retraction",
        "Take back",
        plainly(answering.retract_offer),
        lead="From this moment on the colleague can read it no more.",
    ),
    Way(
        "renew_link",
        "link",
        "Send a new link",
        with_fields(guests.renew_link, "email"),
        LinkForm,
        "For a fortnight, to one who is not a member. The link before opens nothing "
        "any more.",
    ),
    Way(
        "end_link",
        "link-end",
        "End the link",
        plainly(guests.end_link),
        lead="Nobody answers by it any more: you keep the record yourself.",
    ),
)
