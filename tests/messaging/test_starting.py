"""Colleagues are put together for a conversation in the order of the choice."""

import pytest
from django.http import QueryDict

from messaging.forms.people import StartForm
from network.clinicians.models import Clinician


@pytest.mark.parametrize("is_turned", [False, True])
def test_colleagues_stand_as_they_were_chosen(
    ana: Clinician, ben: Clinician, cleo: Clinician, *, is_turned: bool
) -> None:
    chosen = [cleo, ben] if is_turned else [ben, cleo]
    said = QueryDict(mutable=True)
    said.setlist("members", [str(one.public_id) for one in chosen])

    form = StartForm(ana, said)

    assert form.is_valid()
    assert form.cleaned_data["members"] == chosen
