"""The need: what a client needs, as criteria; the one form of page, API and text."""

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from network.clinicians import vocabulary
from network.clinicians.geography import find_zip

MOST_TERMS = 50
MOST_EXCLUDED = 500
HIGHEST_WEIGHT = 10
# How much a criterion counts in this network, unless the need says otherwise.
WEIGHTS: Mapping[str, int] = json.loads(
    Path(__file__).with_name("weights.json").read_text()
)


class Wish(StrEnum):
    MUST = "must"
    PREFER = "prefer"
    AVOID = "avoid"


class Mode(StrEnum):
    IN_PERSON = "in_person"
    TELEHEALTH = "telehealth"
    EITHER = "either"


def _in_list(name: str) -> AfterValidator:
    def check(slug: str) -> str:
        if slug not in vocabulary.slugs(name):
            raise PydanticCustomError(
                "unknown_term",
                "“{slug}” is not one of the {list}.",
                {"slug": slug[:40], "list": name.replace("_", " ")},
            )
        return slug

    return AfterValidator(check)


def _printable(text: object) -> object:
    """Text that a database and a page can hold: no NUL, no half of a character."""
    if isinstance(text, str) and any(
        char == "\0" or "\ud800" <= char <= "\udfff" for char in text
    ):
        raise PydanticCustomError("unprintable", "Please use printable characters.")
    return text


def _known_zip(code: str) -> str:
    if find_zip(code) is None:
        raise PydanticCustomError(
            "unknown_zip", "The ZIP code {zip} is not known.", {"zip": code}
        )
    return code


One = TypeVar("One")
Several = Annotated[tuple[One, ...], Field(max_length=MOST_TERMS)]
Text = Annotated[str, BeforeValidator(_printable)]
Slug = Annotated[Text, Field(max_length=40)]
Zip = Annotated[Text, Field(pattern=r"^[0-9]{5}$"), AfterValidator(_known_zip)]
Yes = Annotated[bool, Field(strict=True)]

Specialty = Annotated[Slug, _in_list("specialties")]
Approach = Annotated[Slug, _in_list("approaches")]
Depth = Annotated[Slug, _in_list("depths")]
AgeGroup = Annotated[Slug, _in_list("age_groups")]
Participants = Annotated[Slug, _in_list("participants")]
Gender = Annotated[Slug, _in_list("genders")]
Language = Annotated[Slug, _in_list("languages")]
Community = Annotated[Slug, _in_list("communities")]
Faith = Annotated[Slug, _in_list("faiths")]
Risk = Annotated[Slug, _in_list("risks")]
LevelOfCare = Annotated[Slug, _in_list("levels_of_care")]
Format = Annotated[Slug, _in_list("formats")]
StyleAxis = Annotated[Slug, _in_list("styles")]
Payer = Annotated[Slug, _in_list("payers")]
Network = Annotated[Slug, _in_list("networks")]
State = Annotated[Slug, _in_list("states")]
Slot = Annotated[Slug, _in_list("slots")]
Kind = Annotated[Slug, _in_list("kinds")]
Reason = Annotated[Slug, _in_list("reasons")]


class Part(BaseModel):
    """One piece of a need: frozen, and nothing in it that is not understood."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Wished(Part):
    wish: Wish = Wish.PREFER

    @property
    def subject(self) -> str:
        """What is wished for, where the same may not be wished twice."""
        return str(getattr(self, "term", ""))


class SpecialtyWish(Wished):
    term: Specialty
    depth: Depth | None = None


class ApproachWish(Wished):
    term: Approach
    depth: Depth | None = None

    @model_validator(mode="after")
    def _says_enough(self) -> Self:
        """Words like “eclectic” say too little to shut anybody out."""
        term = vocabulary.term("approaches", self.term)
        if self.wish is Wish.MUST and not term.requirable:
            raise PydanticCustomError(
                "not_a_must",
                "“{term}” can be a wish, not a must.",
                {"term": term.label},
            )
        return self


class AcuityWish(Wished):
    level: Annotated[int, Field(ge=0, le=4, strict=True)]


class AgeGroupWish(Wished):
    term: AgeGroup


class ParticipantsWish(Wished):
    term: Participants


class GenderWish(Wished):
    term: Gender


class LanguageWish(Wished):
    term: Language


class CommunityWish(Wished):
    term: Community


class FaithWish(Wished):
    term: Faith


class RiskWish(Wished):
    term: Risk


class LevelOfCareWish(Wished):
    term: LevelOfCare


class FormatWish(Wished):
    term: Format


class StyleWish(Wished):
    axis: StyleAxis
    value: Annotated[int, Field(ge=1, le=5, strict=True)]

    @property
    def term(self) -> str:
        return self.axis


class PlaceWish(Wished):
    mode: Mode = Mode.EITHER
    zip: Zip | None = None
    radius_miles: Annotated[int, Field(ge=1, le=3000, strict=True)] = 15
    state: State | None = None

    @property
    def client_state(self) -> str | None:
        """The state given, or else that of the ZIP; none: reach is not checked."""
        if self.state or self.zip is None:
            return self.state
        found = find_zip(self.zip)
        known = found is not None and found.state in vocabulary.slugs("states")
        return found.state if found and known else None


class OpeningsWish(Wished):
    within_weeks: Annotated[int, Field(ge=1, le=52, strict=True)] = 4
    slots: Several[Slot] = ()


class PaymentWish(Wished):
    payer: Payer | None = None
    plan: Payer | None = None
    network: Network | None = None
    max_fee: Annotated[int, Field(ge=0, le=10_000, strict=True)] | None = None
    sliding_scale: Yes = False
    superbill: Yes = False


class Excluded(Part):
    clinicians: Annotated[tuple[UUID, ...], Field(max_length=MOST_EXCLUDED)] = ()
    practices: Annotated[tuple[UUID, ...], Field(max_length=MOST_EXCLUDED)] = ()
    own_practice: Yes = False


def _weighty(name: str) -> str:
    if name not in WEIGHTS:
        raise PydanticCustomError(
            "unknown_criterion", "“{name}” is not a criterion.", {"name": name[:40]}
        )
    return name


Weighty = Annotated[Slug, AfterValidator(_weighty)]
Weight = Annotated[int, Field(ge=0, le=HIGHEST_WEIGHT, strict=True)]


class Need(Part):
    """What a client needs. Every criterion is optional; a wish is soft by default."""

    kind: Kind | None = None
    reasons: Several[Reason] = ()
    specialties: Several[SpecialtyWish] = ()
    approaches: Several[ApproachWish] = ()
    acuity: AcuityWish | None = None
    age_group: AgeGroupWish | None = None
    participants: ParticipantsWish | None = None
    gender: GenderWish | None = None
    languages: Several[LanguageWish] = ()
    communities: Several[CommunityWish] = ()
    faith: FaithWish | None = None
    place: PlaceWish | None = None
    openings: OpeningsWish | None = None
    payment: PaymentWish | None = None
    risk: Several[RiskWish] = ()
    level_of_care: LevelOfCareWish | None = None
    format: FormatWish | None = None
    style: Several[StyleWish] = ()
    exclude: Excluded = Excluded()
    include_unclaimed: Yes = False
    limit: Annotated[int, Field(ge=1, le=100, strict=True)] = 20
    cursor: Annotated[Text, Field(max_length=1000)] | None = None
    text: Annotated[Text, Field(max_length=200)] = ""
    weights: Mapping[Weighty, Weight] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for name in ("specialties", "approaches", "languages", "communities"):
            _refuse_repetition(name, getattr(self, name))
        _refuse_repetition("risk", self.risk)
        _refuse_repetition("style", self.style)
        return self

    def weight_of(self, criterion: str) -> int:
        return self.weights.get(criterion, WEIGHTS[criterion])


def _refuse_repetition(name: str, wishes: tuple[Wished, ...]) -> None:
    """The same term twice says two things, or the same thing twice as loudly."""
    seen: dict[str, Wish] = {}
    for place, asked in enumerate(wishes):
        earlier = seen.setdefault(asked.subject, asked.wish)
        if len(seen) == place + 1:
            continue
        contradicts = Wish.AVOID in (earlier, asked.wish) and earlier != asked.wish
        raise PydanticCustomError(
            "contradiction" if contradicts else "repeated_term",
            "“{term}” is both wanted and avoided."
            if contradicts
            else "“{term}” is listed twice.",
            {"term": asked.subject, "path": f"/{name}/{place}/term"},
        )
