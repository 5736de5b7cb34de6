"""The words of the machine: states, who acts, and what is chosen from lists."""

from enum import StrEnum

from django.db.models import TextChoices


class Kind(TextChoices):
    TRANSFER = "transfer", "Transfer of care"
    ADJUNCT = "adjunct", "Alongside the therapy"
    COVER = "cover", "Cover for a time"
    EVALUATION = "evaluation", "Evaluation only"
    CONSULTATION = "consultation", "Consultation"


class Mode(TextChoices):
    FIRST = "first_accept", "The first who accepts"
    CLIENT = "client_choice", "The client chooses"
    SENDER = "sender_choice", "I choose"
    SEQUENCE = "sequential", "One after the other"
    CIRCLE = "broadcast", "Everybody in a circle"


COLLECTING = frozenset({Mode.CLIENT, Mode.SENDER})


class Urgency(TextChoices):
    URGENT = "urgent", "Urgent: the same day"
    SOON = "soon", "Soon: within two business days"
    ROUTINE = "routine", "Routine: within five business days"
    PLANNED = "planned", "Planned for a day"


class State(TextChoices):
    DRAFT = "draft", "Draft"
    READY = "ready", "Ready to send"
    OPEN = "open", "Asked"
    CHOOSING = "choosing", "Being chosen"
    WAITING = "waiting", "On a waiting list"
    PLACED = "placed", "Placed"
    HANDED_OVER = "handed_over", "Handed over"
    CONTACTING = "contacting", "Being contacted"
    SCHEDULED = "scheduled", "First session booked"
    ENGAGED = "engaged", "Attended"
    PAUSED = "paused", "Paused"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXPIRED = "expired", "Expired"


OVER = frozenset({State.CLOSED, State.WITHDRAWN, State.EXPIRED})
ASKING = frozenset({State.OPEN, State.CHOOSING})
UNSETTLED = frozenset({State.READY, *ASKING, State.WAITING})
ARRIVING = frozenset({State.HANDED_OVER, State.CONTACTING, State.SCHEDULED})


class OfferState(TextChoices):
    QUEUED = "queued", "Next in line"
    SENT = "sent", "Sent"
    VIEWED = "viewed", "Opened"
    NEEDS_INFO = "needs_info", "Asks something"
    CONFIRMING = "confirming", "Awaits the supervisor"
    ACCEPTED = "accepted", "Accepted"
    WAITLIST_OFFERED = "waitlist_offered", "Offers a waiting list"
    WAITLISTED = "waitlisted", "On the waiting list"
    SELECTED = "selected", "Chosen"
    RELEASED = "released", "Ended"
    NOT_SELECTED = "not_selected", "Somebody else was chosen"
    DECLINED = "declined", "Declined"
    DECLINED_LATE = "declined_late", "Declined after being chosen"
    RECUSED = "recused", "Stepped back"
    LAPSED = "lapsed", "Lapsed"
    EXPIRED = "expired", "Not answered"
    RETRACTED = "retracted", "Withdrawn"


S = State
O = OfferState  # noqa: E741 the table reads as one
# To be answered by its receiver, or by the sender's answer.
UNANSWERED = frozenset({O.SENT, O.VIEWED, O.NEEDS_INFO, O.CONFIRMING})
WILLING = frozenset({O.ACCEPTED, O.WAITLIST_OFFERED})
LIVE = frozenset({O.QUEUED, O.WAITLISTED, O.SELECTED}) | UNANSWERED | WILLING
# Where the receiver may read what the client needs; everywhere else it is gone.
READABLE = LIVE - {O.QUEUED}
# Where one of her openings may be kept for it.
HOLDING = frozenset({O.ACCEPTED, O.SELECTED})


class Role(StrEnum):
    SENDER = "sender"
    RECEIVER = "receiver"
    SUPERVISOR = "supervisor"
    CLIENT = "client"
    JOINED = "former guest"
    SYSTEM = "system"


class Turn(TextChoices):
    """Exactly one, at every moment."""

    SENDER = "sender", "The sender's turn"
    RECEIVER = "receiver", "The colleague's turn"
    SUPERVISOR = "supervisor", "The supervisor's turn"
    CLIENT = "client", "The client's turn"
    SYSTEM = "system", "Nobody's turn: it goes on by itself"
    NOBODY = "nobody", "Nobody's turn"


class Responsible(TextChoices):
    """Who holds the clinical responsibility."""

    SENDER = "sender", "The sender is responsible"
    RECEIVER = "receiver", "The colleague is responsible"
    BOTH = "both", "Each for the own part"


class Outcome(TextChoices):
    ENGAGED = "engaged", "In treatment with the colleague"
    TRANSFERRED_ON = "engaged_then_transferred", "Began, and went on elsewhere"
    NOT_A_FIT = "not_a_fit", "Not a fit"
    CLIENT_DECLINED = "client_declined", "The client decided against it"
    UNREACHABLE = "unreachable", "The client could not be reached"
    NO_SHOW = "no_show", "The client did not come"
    ELSEWHERE = "went_elsewhere", "The client found somebody else"
    WAITLIST_LAPSED = "waitlisted_lapsed", "The waiting list came to nothing"
    HIGHER_CARE = "higher_level_of_care", "A higher level of care"
    EMERGENCY = "emergency", "An emergency, or a death"
    DUPLICATE = "duplicate", "Entered twice"


ARRIVED = frozenset({Outcome.ENGAGED, Outcome.TRANSFERRED_ON})


class Decline(TextChoices):
    FULL = "full", "No opening"
    COMPETENCE = "competence", "Outside my competence"
    ACUITY_HIGH = "acuity_high", "More severe than I can hold"
    ACUITY_LOW = "acuity_low", "Less severe than I take"
    AGE = "age", "Not an age I see"
    CONFLICT = "conflict", "I cannot, without saying why"
    FEE = "fee", "Insurance or fee"
    SCHEDULE = "schedule", "The hours do not fit"
    PLACE = "place", "Place or licence"
    AWAY = "away", "I am away"
    HIGHER_CARE = "higher_care", "Needs a higher level of care"
    TOO_LITTLE = "too_little", "Too little is said"
    OTHER = "other", "Something else"


class SubReason(TextChoices):
    """Finer than the seven reasons of the search; each belongs to one of them."""

    SPECIALTY = "specialty", "Another specialty"
    MEDICATION = "medication-needed", "Medication is needed"
    TESTING = "testing-needed", "Testing is needed"
    AGE_OUT = "age-out", "The client's age"
    SEVERITY_HIGHER = "severity-higher", "More severe"
    SEVERITY_LOWER = "severity-lower", "Less severe"
    HIGHER_CARE = "higher-level-of-care", "A higher level of care"
    STEP_DOWN = "step-down", "A step down"
    APPROACH = "approach", "Another approach"
    GROUP = "group-needed", "A group is needed"
    COUPLE = "couple-needed", "A couple therapy is needed"
    PREFERENCE = "client-preference", "The client's preference"
    REQUEST = "client-request", "The client's request"
    COST = "cost-insurance", "Cost or insurance"
    LOCATION = "location", "The place"
    RELOCATION = "relocation-licence", "The client moves"
    FULL = "availability-full", "I have no opening"
    ABSENCE = "availability-absence", "I am away"
    ENDING = "ending-practice", "I end my practice"
    CONFLICT = "conflict-of-interest", "A conflict of interest"


SUB_REASONS: dict[str, tuple[SubReason, ...]] = {
    "specialty": (
        SubReason.SPECIALTY,
        SubReason.MEDICATION,
        SubReason.TESTING,
        SubReason.AGE_OUT,
    ),
    "severity": (
        SubReason.SEVERITY_HIGHER,
        SubReason.SEVERITY_LOWER,
        SubReason.HIGHER_CARE,
        SubReason.STEP_DOWN,
    ),
    "approach": (SubReason.APPROACH, SubReason.GROUP, SubReason.COUPLE),
    "preference": (SubReason.PREFERENCE, SubReason.REQUEST, SubReason.COST),
    "location": (SubReason.LOCATION, SubReason.RELOCATION),
    "availability": (SubReason.FULL, SubReason.ABSENCE, SubReason.ENDING),
    "conflict": (SubReason.CONFLICT,),
}
