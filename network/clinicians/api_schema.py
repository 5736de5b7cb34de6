"""What the API takes and answers, for its description."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from network.clinicians.matching.need import Text
from network.privacy.guard import LONGEST

LONGEST_TEXT = 4000


class Problem(BaseModel):
    """A fault of the request: a JSON pointer, a code for programs, a sentence."""

    path: str
    code: str
    message: str


class Problems(BaseModel):
    errors: list[Problem]


class Person(BaseModel):
    id: str
    external_id: str | None
    npi: str | None
    name: str
    card: dict[str, Any]


class PartAnswer(BaseModel):
    criterion: str
    term: str | None
    weight: int
    value: int
    points: int
    why: str


class ResultAnswer(BaseModel):
    """A match with its score, or an unclaimed entry with its note."""

    clinician: Person
    score: int | None = None
    weight_total: int | None = None
    parts: list[PartAnswer] | None = None
    unclaimed: Literal[True] | None = None
    note: str | None = None


class TotalAnswer(BaseModel):
    value: int
    exact: bool


class RelaxationAnswer(BaseModel):
    path: str
    change: Literal["prefer", "radius"]
    yields: int
    capped: bool


class CountAnswer(BaseModel):
    term: str
    count: int


class MatchesAnswer(BaseModel):
    total: TotalAnswer
    results: list[ResultAnswer]
    relaxations: list[RelaxationAnswer]
    facets: dict[str, list[CountAnswer]]
    reach_checked: bool
    next: str | None


class TermAnswer(BaseModel):
    slug: str
    label: str
    group: str
    synonyms: list[str]
    abbreviations: list[str]
    broader: list[str]
    status: str
    merged_into: str | None
    requirable: bool


class FreeText(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: Annotated[Text, Field(max_length=LONGEST_TEXT)]


class Written(BaseModel):
    """Any words that are about to be sent."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[Text, Field(max_length=LONGEST)]


class TellingSpan(BaseModel):
    """Words that could tell who somebody is, in code points of the text."""

    start: int
    end: int
    label: str
    level: Literal["high", "medium", "low"]
    reason: str
    rewrite: str


class GuardAnswer(BaseModel):
    spans: list[TellingSpan]


class SpanAnswer(BaseModel):
    start: int
    end: int
    field: str
    term: str
    wish: str
    certainty: float
    label: str


class ChoiceAnswer(BaseModel):
    field: str
    term: str | None
    label: str


class QuestionAnswer(BaseModel):
    span: SpanAnswer
    choices: list[ChoiceAnswer]


class IdentifierAnswer(BaseModel):
    start: int
    end: int
    label: str


class ReadingAnswer(BaseModel):
    need: dict[str, Any]
    spans: list[SpanAnswer]
    ask: list[QuestionAnswer]
    identifiers: list[IdentifierAnswer]
