"""What becomes of a kept need: its rows, its events, and who may."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from network.activity.models import Event
from network.clinicians.actions.needs import (
    change_need,
    discard_need,
    open_need,
    purge_lapsed_needs,
    save_need,
)
from network.clinicians.models import Clinician, SavedNeed

CANARY = "zebrafinch"


@pytest.fixture
def anas(ana: Clinician) -> SavedNeed:
    """A need of Ana's with a word that must not get out."""
    assert ana.user is not None
    return save_need({"need": {"text": CANARY}}, owner=ana, by=ana.user)


def test_only_its_owner_may_touch_a_need(anas: SavedNeed, cleo: Clinician) -> None:
    assert cleo.user is not None
    for touch in (open_need, discard_need):
        with pytest.raises(PermissionDenied):
            touch(anas, by=cleo.user)
    with pytest.raises(PermissionDenied):
        change_need(anas, lambda _: {"need": {}}, by=cleo.user)
    with pytest.raises(PermissionDenied):
        save_need({"need": {}}, owner=anas.owner, by=cleo.user)
    assert SavedNeed.objects.get().content["need"]["text"] == CANARY


def test_finn_keeps_no_need_before_he_is_verified(finn: Clinician) -> None:
    assert finn.user is not None
    with pytest.raises(PermissionDenied):
        save_need({"need": {}}, owner=finn, by=finn.user)


def test_no_word_of_a_need_is_readable_in_the_database(anas: SavedNeed) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM clinicians_savedneed")
        (content,) = cursor.fetchone()
    events = str(list(Event.objects.about(anas).values()))

    assert CANARY not in content
    assert CANARY not in events
    assert anas.content["need"]["text"] == CANARY


def test_after_thirty_days_a_need_is_gone(anas: SavedNeed, ana: Clinician) -> None:
    key = anas.pk
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert SavedNeed.objects.visible_to(ana).exists()
        assert purge_lapsed_needs() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert not SavedNeed.objects.visible_to(ana).exists()
        assert purge_lapsed_needs() == 1
    assert not SavedNeed.objects.exists()
    trail = Event.objects.filter(subject_id=str(key), verb="need.lapsed")
    assert trail.get().actor_kind == "system"


def test_a_discarded_need_leaves_its_trail_and_nothing_else(
    anas: SavedNeed, ana: Clinician
) -> None:
    key = anas.pk
    assert ana.user is not None

    discard_need(anas, by=ana.user)

    assert not SavedNeed.objects.exists()
    trail = Event.objects.filter(subject_id=str(key)).order_by("seq")
    assert list(trail.values_list("verb", flat=True)) == [
        "need.saved",
        "need.discarded",
    ]
