"""Colleagues who may be asked: licensed in the client's state, with openings."""

import pytest

from network.clinicians.models import Clinician
from tests import factories


@pytest.fixture
def rosa(db: None) -> Clinician:
    return factories.a_colleague("Rosa Wren")


@pytest.fixture
def omar(db: None) -> Clinician:
    return factories.a_colleague("Omar Dove")
