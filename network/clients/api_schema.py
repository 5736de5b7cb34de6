"""What the API of clients takes and answers, for its description too."""

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field

from network.clinicians.matching.need import Text

Word = Annotated[Text, Field(max_length=40)]


class NewClient(BaseModel):
    """No field of it can hold an identifier."""

    model_config = ConfigDict(extra="forbid")

    unit: Word
    age_band: Word = ""
    state: Word = ""
    zip3: Word = ""
    year: Annotated[int, Field(strict=True)] | None = None


class ClientsAsked(BaseModel):
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    cursor: UUID | None = None


class PartyAnswer(Schema):
    id: str
    role: str
    label: str
    signs: str


class ClientAnswer(Schema):
    id: str
    handle: str
    unit: str
    age_band: str
    state: str
    zip3: str
    year: int | None
    parties: list[PartyAnswer]


class ConsentAnswer(Schema):
    id: str
    receiver: str
    receiver_kind: str
    purpose: str
    data_classes: list[str]
    state: str
    valid_from: date
    expires_on: date


class OneClientAnswer(ClientAnswer):
    consents: list[ConsentAnswer]


class ClientsAnswer(Schema):
    clients: list[ClientAnswer]
    next: str | None
