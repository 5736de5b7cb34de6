"""What the API of referrals takes and answers, for its description too."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from network.clinicians.matching.need import Kind, Need, Reason, State, Text
from referrals.actions.passages import LONGEST
from referrals.machine.clocks import FARTHEST
from referrals.machine.words import SUB_REASONS, Mode, SubReason, Urgency

MOST_PEOPLE = 50
OF_ANOTHER = "This sub-reason belongs to another reason."
ONE_OF = "Say who it is by `clinician`, or by `name`."
Words = Annotated[Text, Field(max_length=LONGEST)]
Name = Annotated[Text, Field(min_length=1, max_length=120)]
Version = Annotated[int, Field(strict=True, ge=1)]


def _address(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        raise PydanticCustomError("no_address", "This is no e-mail address.") from None
    return email


def _near(day: date) -> date:
    """People wait for it. It may be yesterday here, and still today where she is."""
    today = timezone.localdate()
    if not today - timedelta(days=1) <= day <= today + FARTHEST:
        raise PydanticCustomError("too_far", "From today on, within two years.")
    return day


Email = Annotated[Text, Field(max_length=254), AfterValidator(_address)]
Day = Annotated[date, AfterValidator(_near)]


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ListAsked(Asked):
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    cursor: Annotated[Text, Field(max_length=100)] = ""


class PageAsked(Asked):
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    page: Annotated[int, Field(ge=1, le=10_000)] = 1


class DraftSaid(Asked):
    """All but the kind may be missing, until it is submitted."""

    kind: Kind
    need: Words = ""
    reason: Reason | Literal[""] = ""
    sub_reason: SubReason | Literal[""] = ""
    urgency: Urgency = Urgency.ROUTINE
    planned_on: Day | None = None
    mode: Mode = Mode.SENDER
    jurisdiction: State | Literal[""] = ""
    acuity: Annotated[int, Field(ge=0, le=4, strict=True)] | None = None
    criteria: Need | None = None

    @model_validator(mode="after")
    def _is_finer(self) -> "DraftSaid":
        if self.sub_reason and self.sub_reason not in SUB_REASONS.get(self.reason, ()):
            raise PydanticCustomError("of_another_reason", OF_ANOTHER)
        return self


class NewReferral(DraftSaid):
    client: UUID


class PersonSaid(Asked):
    """A member by `clinician`; or by `name` whoever is none: with an `email` asked by a
    link, without one by the sender herself, who keeps the record.
    """

    clinician: UUID | None = None
    name: Annotated[Text, Field(max_length=120)] = ""
    email: Email | Literal[""] = ""

    @model_validator(mode="after")
    def _is_one(self) -> "PersonSaid":
        is_guest = bool(self.name.strip())
        if is_guest == bool(self.clinician) or (self.email and not is_guest):
            raise PydanticCustomError("one_of", ONE_OF)
        return self


class NewStep(Asked):
    """`said` is what the step takes besides; see docs/api.md."""

    step: Annotated[Text, Field(max_length=30)]
    version: Version
    said: dict[str, Any] = {}


class PersonAnswer(BaseModel):
    id: UUID | None
    name: str


class OfferAnswer(BaseModel):
    id: UUID
    referral: UUID
    receiver: PersonAnswer
    state: str
    turn: str
    version: int
    viewed_on: date | None
    earliest_on: date | None
    fee: str
    format: str
    expected_on: date | None
    reason: str


class AskedAnswer(OfferAnswer):
    """What was found for conflicts is the sender's to know."""

    conflict: str | None


class WordsAnswer(BaseModel):
    kind: str
    text: str
    at: datetime


class ReferralAnswer(BaseModel):
    id: UUID
    client: str
    sender: PersonAnswer
    kind: str
    reason: str
    sub_reason: str
    urgency: str
    planned_on: date | None
    mode: str
    jurisdiction: str
    acuity: int | None
    state: str
    turn: str
    responsible: str
    version: int
    outcome: str
    attempts: int
    first_session_at: datetime | None
    conversation: UUID | None
    created_at: datetime
    changed_at: datetime


class ReferralsAnswer(BaseModel):
    referrals: list[ReferralAnswer]
    next: str | None


class ReplyAnswer(BaseModel):
    """Of one party of the client, where the choice is the client's."""

    party: str
    kind: str
    ranked: list[UUID]
    at: datetime


class WholeReferralAnswer(ReferralAnswer):
    offers: list[AskedAnswer]
    replies: list[ReplyAnswer]
    words: list[WordsAnswer]
    allowed: list[str]


class OffersAnswer(BaseModel):
    offers: list[OfferAnswer]
    next: str | None


class WholeOfferAnswer(OfferAnswer):
    words: list[WordsAnswer]
    allowed: list[str]


class CountAnswer(BaseModel):
    list: str
    title: str
    count: int


class ListsAnswer(BaseModel):
    lists: list[CountAnswer]


class WorkListAnswer(BaseModel):
    list: str
    count: int
    offers: Sequence[OfferAnswer]
    referrals: Sequence[ReferralAnswer]
    next: int | None
