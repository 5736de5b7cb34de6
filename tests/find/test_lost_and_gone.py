"""Two windows on one search, and a search that is over or somebody else's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.clinicians.actions.needs import change_need, discard_need, save_need
from network.clinicians.models import Clinician, SavedNeed
from tests.conftest import signed_in
from tests.factories import a_colleague

NEED = {"specialties": [{"term": "ocd", "wish": "must"}]}
PIECES = (
    *("answers", "chips", "clearance", "criteria", "more", "relaxation", "removal"),
    *("unclaimed", "words"),
)


def a_need(owner: Clinician) -> SavedNeed:
    assert owner.user is not None
    return save_need({"need": NEED, "compared": []}, owner=owner, by=owner.user)


@pytest.mark.django_db(transaction=True)
def test_two_windows_change_one_search_and_nothing_is_lost(ana: Clinician) -> None:
    saved, is_locked = a_need(ana), Event()
    assert ana.user is not None
    her = ana.user

    def slow(before: Any) -> Any:
        is_locked.set()
        return {**before, "need": {}}

    def first() -> None:
        change_need(saved, slow, by=her)
        connection.close()

    def second() -> None:
        is_locked.wait(60)
        change_need(saved, lambda before: {**before, "compared": ["x"]}, by=her)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda press: press(), (second, first)))
    content = SavedNeed.objects.get(pk=saved.pk).content
    assert content == {"need": {}, "compared": ["x"]}


def test_a_search_discarded_meanwhile_is_not_changed(ana: Clinician) -> None:
    saved = a_need(ana)
    assert ana.user is not None
    discard_need(saved, by=ana.user)

    with pytest.raises(SavedNeed.DoesNotExist):
        change_need(saved, lambda before: before, by=ana.user)


@pytest.mark.parametrize("piece", ["", "comparison", *PIECES])
@pytest.mark.parametrize("whose", ["cleo's", "lapsed", "unknown", "discarded"])
def test_a_search_that_is_not_hers_is_not_found(
    whose: str, piece: str, ana: Clinician, cleo: Clinician
) -> None:
    saved = a_need(cleo if whose == "cleo's" else ana)
    public_id = uuid4() if whose == "unknown" else saved.public_id
    if whose == "discarded":
        saved.delete()
    name = piece if piece in ("", "comparison") else f"need_{piece}"
    where = reverse(f"clinicians:{name or 'need'}", args=[public_id])
    later = timedelta(days=31 if whose == "lapsed" else 0)

    with time_machine.travel(timezone.now() + later):
        tab = signed_in(ana)
        if piece not in PIECES:
            assert tab.get(where).status_code == 404
        if piece:
            assert tab.post(where).status_code == 404


def test_a_practice_is_named_only_if_she_may_see_somebody_in_it(
    ana: Clinician,
) -> None:
    seen, hidden = a_colleague("Ines Okafor"), a_colleague("Omar Weiss")
    Clinician.objects.filter(pk=hidden.pk).update(verified_at=None)
    ids = [str(one.places.get().practice.public_id) for one in (seen, hidden)]
    need = {**NEED, "exclude": {"practices": ids}}
    assert ana.user is not None
    saved = save_need({"need": need}, owner=ana, by=ana.user)

    page = signed_in(ana).get(saved.get_absolute_url())

    named = [option.label for option in page.context["excluded"]["practices"]]
    assert named == ["Ines Okafor Practice"]


def compared(tab: Client, saved: SavedNeed, *people: Clinician) -> Any:
    where = reverse("clinicians:comparison", args=[saved.public_id])
    ids = [str(person.public_id) for person in people]
    return tab.post(where, {"compared": ids}, follow=True)


def test_too_few_who_still_fit_is_said(ana: Clinician) -> None:
    ines = a_colleague("Ines Okafor")
    other = a_colleague("Omar Weiss", specialties=[("grief", "trained")])

    page = compared(signed_in(ana), a_need(ana), ines, other)

    assert "Fewer than two of the chosen colleagues" in page.content.decode()


def test_only_the_chosen_are_searched_for(ana: Clinician) -> None:
    chosen = [a_colleague("Ines Okafor"), a_colleague("Omar Weiss")]
    a_colleague("Wren Between")

    page = compared(signed_in(ana), a_need(ana), *chosen)

    names = {one.name for one in page.context["chosen"]}
    assert names == {"Ines Okafor", "Omar Weiss"}
