"""What each step takes besides its key and the version that was seen."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.utils import timezone
from pydantic import AfterValidator, AwareDatetime, Field, model_validator
from pydantic_core import PydanticCustomError

from messaging.guarding import Reason
from network.clinicians.actions.conflicts import MOST_NAMES_A_DAY
from network.clinicians.conflicts.people import Named
from network.clinicians.forms.conflicts import WHOLE
from network.clinicians.matching.need import Format, Text, Yes
from referrals.api.schema import MOST_PEOPLE, Asked, Day, Email, PersonSaid, Words
from referrals.machine.clocks import FARTHEST
from referrals.machine.continuity import Care
from referrals.machine.words import Decline, Outcome
from referrals.models import Fee

# One of the list, as on the page: in words it could say who somebody is.
GuardReason = Reason | Literal[""]


def _ahead(at: datetime) -> datetime:
    """Clocks are wound by it."""
    if not timezone.now() <= at <= timezone.now() + FARTHEST:
        raise PydanticCustomError("too_far", "From now on, within two years.")
    return at


def _something(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("empty", "Write something.")
    return text


class Nothing(Asked):
    pass


class AttestationSaid(Asked):
    no_fee: Yes = False
    client_agreed: Yes = False
    guard_reason: GuardReason = ""


class PeopleSaid(Asked):
    people: Annotated[list[PersonSaid], Field(max_length=MOST_PEOPLE)]

    @model_validator(mode="after")
    def _are_different(self) -> "PeopleSaid":
        members = [one.clinician for one in self.people if one.clinician]
        if len(members) != len(set(members)):
            raise PydanticCustomError("twice", "Somebody is named twice.")
        return self


class NameSaid(Asked):
    """Somebody to look up; only hashes of it stay."""

    name: Annotated[Text, Field(max_length=120)]
    born: Annotated[int, Field(strict=True, ge=1900, le=2100)] | None = None

    @property
    def named(self) -> Named:
        return Named(self.name, self.born)

    @model_validator(mode="after")
    def _is_whole(self) -> "NameSaid":
        if not self.named.is_whole:
            raise PydanticCustomError("half_name", WHOLE)
        return self


class ConflictsSaid(Asked):
    """Names to look up, or the offer of a colleague with whom she has talked."""

    names: Annotated[list[NameSaid], Field(max_length=MOST_NAMES_A_DAY)] = []
    talked_over: UUID | None = None


class LinkSaid(Asked):
    email: Email


class TextSaid(Asked):
    """Something: whoever waits for it is told that it is there."""

    text: Annotated[Words, AfterValidator(_something)]
    guard_reason: GuardReason = ""


class TermsSaid(Asked):
    earliest_on: Day | None = None
    fee: Fee | Literal[""] = ""
    format: Format | Literal[""] = ""
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
    guard_reason: GuardReason = ""


class DaySaid(Asked):
    day: Day


class NoteSaid(Asked):
    words: Words = ""
    guard_reason: GuardReason = ""


class AttemptSaid(NoteSaid):
    how: Literal["phone", "message", "letter"]


class MomentSaid(Asked):
    at: Annotated[AwareDatetime, AfterValidator(_ahead)]


class EndingSaid(NoteSaid):
    outcome: Outcome
    continuity: frozenset[Care] = frozenset()


class HeldSaid(Asked):
    held: Literal["yes", "no", "unknown"]
