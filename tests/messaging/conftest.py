"""Programs of the cast, and a conversation of two of them."""

from collections.abc import Iterator

import pytest

from network.accounts.pace import PACE
from network.clinicians.models import Clinician
from tests.messaging.programs import WORDS, Program, program_of


@pytest.fixture(autouse=True)
def _no_haste() -> Iterator[None]:
    yield
    PACE.forget()


@pytest.fixture
def anas(ana: Clinician) -> Program:
    return program_of(ana)


@pytest.fixture
def bens(ben: Clinician) -> Program:
    return program_of(ben)


@pytest.fixture
def cleos(cleo: Clinician) -> Program:
    return program_of(cleo)


@pytest.fixture
def room(anas: Program, ben: Clinician) -> str:
    """Ana's with Ben, in which she wrote one message."""
    room = anas.begin(ben)
    anas.send(room, WORDS)
    return room
