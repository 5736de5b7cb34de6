"""What each step takes besides its key and the version that was seen."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from pydantic import AfterValidator, AwareDatetime, Field
from pydantic_core import PydanticCustomError

from network.clinicians.matching.need import Text, Yes
from referrals.api.schema import MOST_PEOPLE, Asked, PersonSaid, Words
from referrals.machine.clocks import FARTHEST
from referrals.machine.words import Decline, Outcome
from referrals.models import Conflict, Fee

GuardReason = Annotated[Text, Field(max_length=30)]


def _near(at: datetime) -> datetime:
    """Clocks are wound by it."""
    if abs(at - timezone.now()) > FARTHEST:
        raise PydanticCustomError("too_far", "This is more than two years away.")
    return at


def _address(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        raise PydanticCustomError("no_address", "This is no e-mail address.") from None
    return email


class Nothing(Asked):
    pass


class AttestationSaid(Asked):
    no_fee: Yes = False
    client_agreed: Yes = False
    guard_reason: GuardReason = ""


class PeopleSaid(Asked):
    people: Annotated[list[PersonSaid], Field(max_length=MOST_PEOPLE)]


class ConflictsSaid(Asked):
    """Nothing is sent of who it is: what was found elsewhere is kept."""

    answers: dict[UUID, Conflict]


class LinkSaid(Asked):
    email: Annotated[Text, Field(max_length=254), AfterValidator(_address)]


class TextSaid(Asked):
    text: Words
    guard_reason: GuardReason = ""


class WhySaid(Asked):
    words: Words = ""


class TermsSaid(Asked):
    earliest_on: date | None = None
    fee: Fee | Literal[""] = ""
    format: Annotated[Text, Field(max_length=40)] = ""
    no_fee: Yes = False
    makes_room: Yes = False


class RoomSaid(Asked):
    makes_room: Yes = False


class DeclineSaid(Asked):
    reason: Decline
    suggested: UUID | None = None


class RenegeSaid(Asked):
    reason: Decline
    words: Words = ""


class DaySaid(Asked):
    day: date


class AttemptSaid(Asked):
    how: Literal["phone", "message", "letter"]
    words: Words = ""


class MomentSaid(Asked):
    at: Annotated[AwareDatetime, AfterValidator(_near)]


class EndingSaid(Asked):
    outcome: Outcome
    words: Words = ""
    continuity: Yes = False


class HeldSaid(Asked):
    held: Literal["yes", "no", "unknown"]
