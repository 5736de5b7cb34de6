"""What the API of conversations takes and answers, for its description too."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from messaging.bodies import LONGEST, UnfitBodyError, tidy
from messaging.limits import (
    CONFIRMING,
    LAST_SEQ,
    LIFE,
    LONGEST_SEARCH,
    LONGEST_TITLE,
    MOST_FILES,
    MOST_MEMBERS,
    MOST_MENTIONS,
)
from network.clinicians.api_schema import (
    GuardAnswer,
    Problems,
    TellingSpan,
    Written,
)
from network.clinicians.matching.need import Text, Yes
from network.privacy.lines import one_line


def _not_blank(text: str) -> str:
    text = text.rstrip()
    if not text.strip():
        raise PydanticCustomError("blank", "Please write something.")
    return text


def _tidied(text: str, *, may_be_empty: bool = False) -> str:
    try:
        return tidy(text, may_be_empty=may_be_empty)
    except UnfitBodyError:
        raise PydanticCustomError(
            "unfit_body", "A message has 1 to {most} characters.", {"most": LONGEST}
        ) from None


def _some(people: tuple[UUID, ...]) -> tuple[UUID, ...]:
    """Of ids that were read: one that could not be is a fault by itself."""
    if not people:
        raise PydanticCustomError("too_short", "Name at least one colleague.")
    return people


Body = Annotated[
    Text,
    AfterValidator(_tidied),
    Field(json_schema_extra={"minLength": 1, "maxLength": LONGEST}),
]
Title = Annotated[Text, Field(max_length=LONGEST_TITLE), AfterValidator(one_line)]
Name = Annotated[Title, AfterValidator(_not_blank)]
People = Annotated[
    tuple[UUID, ...],
    Field(max_length=MOST_MEMBERS, json_schema_extra={"minItems": 1}),
    AfterValidator(_some),
]
Seq = Annotated[int, Field(strict=True, ge=1, le=LAST_SEQ)]


Reason = Literal["consented", "colleague-not-client", "not-a-person", "emergency"]
Level = Literal["warn", "reason", "block"]
TopicLevelSlug = Literal["usual", "follow"]


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ConversationsAsked(Asked):
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    cursor: Annotated[Text, Field(max_length=100)] = ""


class EventsAsked(Asked):
    since: Annotated[int, Field(ge=0, le=LAST_SEQ)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class NewConversation(Asked):
    members: People
    title: Title = ""


class NewTitle(Asked):
    title: Title


class NewMember(Asked):
    clinician: UUID
    with_history: Yes = False


class NewMessage(Asked):
    client_id: UUID
    files: Annotated[tuple[UUID, ...], Field(max_length=MOST_FILES)] = ()
    body: Annotated[Text, Field(json_schema_extra={"maxLength": LONGEST})]
    reply_to: Seq | None = None
    topic: UUID | None = None
    mentions: Annotated[tuple[UUID, ...], Field(max_length=MOST_MENTIONS)] = ()
    expires_in: Annotated[int, Field(strict=True, ge=LIFE[0], le=LIFE[1])] | None = None
    confirm_in: (
        Annotated[int, Field(strict=True, ge=CONFIRMING[0], le=CONFIRMING[1])] | None
    ) = None
    guard_reason: Reason | None = None

    @field_validator("body")
    @classmethod
    def _said(cls, text: str, info: ValidationInfo) -> str:
        """Beside files it may be empty."""
        return _tidied(text, may_be_empty=bool(info.data.get("files")))


class NewBody(Asked):
    body: Body
    client_id: UUID | None = None
    guard_reason: Reason | None = None


class NewGuard(Asked):
    level: Level


class NewTopic(Asked):
    name: Name


class NewTopicLevel(Asked):
    level: TopicLevelSlug


class Position(Asked):
    seq: Seq


class Mute(Asked):
    span: Literal["hour", "day", "good"]


class SearchAsked(Asked):
    words: Annotated[Text, Field(min_length=1, max_length=LONGEST_SEARCH)]
    person: UUID | None = None
    conversation: UUID | None = None
    from_day: Annotated[date | None, Field(alias="from")] = None
    until: date | None = None
    limit: Annotated[int, Field(strict=True, ge=1, le=100)] = 20
    cursor: Annotated[Text, Field(max_length=100)] = ""


class PersonAnswer(BaseModel):
    id: UUID
    name: str


class MemberAnswer(PersonAnswer):
    role: Literal["owner", "member"]


class ConversationAnswer(BaseModel):
    id: UUID
    kind: Literal["direct", "many", "attached"]
    title: str
    members: list[MemberAnswer]
    me: UUID
    unread: int
    epoch: UUID
    last_seq: int
    from_seq: int
    read_seq: int
    last_message_at: datetime | None
    muted_until: datetime | None
    closed_at: datetime | None
    guard: Level


class ConversationsAnswer(BaseModel):
    conversations: list[ConversationAnswer]
    next: str | None


class TopicAnswer(BaseModel):
    id: UUID
    name: str
    unread: int
    level: TopicLevelSlug
    muted_until: datetime | None


class TopicsAnswer(BaseModel):
    topics: list[TopicAnswer]


class TellingProblems(Problems):
    """With what the guard found, where that is why."""

    spans: list[TellingSpan] = []


class GuardSpace(BaseModel):
    level: Level


class SpacedGuardAnswer(GuardAnswer):
    """With how a conversation takes it, where one was named."""

    space: GuardSpace | None = None


class SpacedWords(Written):
    space: UUID | None = None


class KeptAnswer(BaseModel):
    """What the log has: the same answer as the socket's `ack`."""

    client_id: UUID
    conversation: UUID
    seq: int


class EventAnswer(BaseModel):
    """An entry of the log, as the socket's `event` has it."""

    type: Literal["event"]
    conversation: UUID
    epoch: UUID
    seq: int
    kind: str
    at: datetime
    sender: PersonAnswer | None
    client_id: UUID | None = None
    body: str | None = None
    target: int | None = None
    reply_to: int | None = None
    topic: UUID | None = None
    mentions: list[UUID] | None = None
    files: list[UUID] | None = None
    reaction: str | None = None
    person: PersonAnswer | None = None
    expires_at: datetime | None = None
    confirm_by: datetime | None = None
    recalled: Literal[True] | None = None


class FileAnswer(BaseModel):
    """A file; without a `seq` it is not sent yet."""

    id: UUID
    seq: int | None
    name: str
    type: str
    size: int
    sha256: str
    telling: bool


class FilesAnswer(BaseModel):
    files: list[FileAnswer]


class HitAnswer(BaseModel):
    conversation: UUID
    seq: int
    at: datetime
    sender: PersonAnswer | None
    body: str
    edited: bool


class HitsAnswer(BaseModel):
    hits: list[HitAnswer]
    next: str | None
    back_to: date | None


class EventsAnswer(BaseModel):
    conversation: UUID
    epoch: UUID
    events: list[EventAnswer]
    last_seq: int
    more: bool
