"""A register is its owner's alone; of the looking nothing stays but a number."""

import base64
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.test import override_settings
from django.utils import timezone

from config.timetable import beat_schedule
from network.accounts.models import User
from network.activity.models import Event, Notification
from network.clinicians.actions import conflicts
from network.clinicians.actions.conflicts import (
    MOST_NAMES_A_DAY,
    Draft,
    FullRegisterError,
    TooManyNamesError,
    ask_names,
    keep_conflict,
    look_for_overlaps,
    remove_conflict,
    tell_of_overlaps,
)
from network.clinicians.conflicts.people import Named
from network.clinicians.conflicts.permissions import NOTHING, OWN, allowed
from network.clinicians.export import portion
from network.clinicians.matching import Need, match
from network.clinicians.models import Clinician, ConflictEntry, Look, NameAsked
from network.privacy import data_keys
from network.privacy.keys import new_key, ring
from tests import factories
from tests.clinicians.test_at_once import again, at_once
from tests.conflicts.people import noted
from tests.conftest import signed_in
from tests.messaging.saying import her

pytestmark = pytest.mark.django_db
PAGE = "/profile/conflicts/"
EDA, ZOE = "Eda Larkspur", "Zoe Larkspur"


@pytest.fixture(autouse=True)
def _keys() -> None:
    """What the test before remembered went with its keystore."""
    data_keys.forget_all()


def _notified() -> "QuerySet[Notification]":
    return Notification.objects.filter(event__verb__startswith="conflict.")


@pytest.mark.parametrize(
    ("who", "may"),
    [("ana", OWN), ("ben", NOTHING), ("staff", NOTHING), ("gone", NOTHING)],
)
def test_who_may(
    who: str, may: frozenset[str], ana: Clinician, ben: Clinician, staff: User
) -> None:
    gone = User(pk=her(ana).pk, is_active=False)
    actor = {"ana": her(ana), "ben": her(ben), "staff": staff, "gone": gone}[who]

    assert allowed(actor, ana) == may
    if not may:
        entry = noted(ana, EDA)
        with pytest.raises(PermissionDenied):
            keep_conflict(ana, Draft("person", ZOE), by=actor)
        with pytest.raises(PermissionDenied):
            remove_conflict(entry, by=actor)


def test_what_is_noted_is_told_to_nobody_and_is_not_in_the_rows(ana: Clinician) -> None:
    entry = noted(ana, EDA, 1980)
    remove_conflict(noted(ana, "Larkspur", kind="family"), by=her(ana))

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM clinicians_conflictentry")
        rows = str(cursor.fetchall())
    told = Event.objects.filter(verb__startswith="conflict.").order_by("pk")
    assert "arkspur" not in rows
    assert "1980" not in rows
    assert ConflictEntry.objects.visible_to(ana).get().label == EDA
    assert [one.verb for one in told] == ["conflict.kept"] * 2 + ["conflict.removed"]
    assert "arkspur" not in str([vars(one) for one in told])
    assert not _notified().exists()
    remove_conflict(entry, by=her(ana))
    remove_conflict(entry, by=her(ana))
    assert Event.objects.filter(verb="conflict.removed").count() == 2


def test_a_register_is_not_longer_than_it_may_be(
    ana: Clinician, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conflicts, "MOST_ENTRIES", 1)
    noted(ana, EDA)
    said = signed_in(ana).post(PAGE, {"kind": "person", "label": ZOE, "born": ""})

    with pytest.raises(FullRegisterError):
        noted(ana, ZOE)
    assert said.status_code == 422
    assert "entries at most: remove one first" in said.content.decode()


def test_ana_keeps_and_removes_an_entry_on_her_page(
    ana: Clinician, ben: Clinician
) -> None:
    anas = signed_in(ana)
    assert "Nobody is on it yet" in anas.get(PAGE).content.decode()
    asked = {"kind": "person", "label": f"  {EDA} ", "born": "1980"}

    page = anas.post(PAGE, asked, follow=True).content.decode()

    assert EDA in page
    assert "A person, born 1980" in page
    assert EDA not in signed_in(ben).get(PAGE).content.decode()
    entry = ConflictEntry.objects.get()
    removal = f"{PAGE}{entry.public_id}/removal/"
    assert signed_in(ben).post(removal).status_code == 404
    assert anas.get(removal).status_code == 405
    page = anas.post(removal, follow=True).content.decode()
    assert "Removed." in page
    assert not ConflictEntry.objects.exists()


@pytest.mark.parametrize(
    ("kind", "label", "born", "what"),
    [
        ("person", "Eda", "", "Give the first and the family name."),
        ("person", "", "", "Give the name."),
        ("person", EDA, "1789", "greater than or equal to 1900"),
        ("person", EDA, "2090", "This year is still to come."),
        ("planet", EDA, "", "not one of the available choices"),
    ],
)
def test_what_cannot_be_compared_is_asked_for_again(
    kind: str, label: str, born: str, what: str, ana: Clinician
) -> None:
    asked = {"kind": kind, "label": label, "born": born}

    answer = signed_in(ana).post(PAGE, asked)

    assert answer.status_code == 422
    assert what in answer.content.decode()
    assert not ConflictEntry.objects.exists()


def test_only_a_person_has_a_year_of_birth(ana: Clinician) -> None:
    asked = {"kind": "family", "label": "Larkspur", "born": "1980"}

    signed_in(ana).post(PAGE, asked)

    assert ConflictEntry.objects.get().born == ""


def test_her_copy_has_it_and_nobody_elses(ana: Clinician, ben: Clinician) -> None:
    noted(ana, EDA, 1980)

    [line] = portion(her(ana).pk)["conflicts"]

    assert (line["label"], line["born"], line["kind"]) == (EDA, "1980", "person")
    assert "hashes" not in line
    assert portion(her(ben).pk)["conflicts"] == []


def test_the_search_does_not_read_it(ana: Clinician) -> None:
    colleague = factories.a_colleague("Wren Test")
    before = match(Need(), searcher=ana)
    noted(ana, "Wren Test")
    noted(colleague, ana.name)
    noted(colleague, "Test", kind="family")

    after = match(Need(), searcher=ana)
    by_name = match(Need(text="Wren Test"), searcher=ana)

    assert [one.name for one in after.results] == [one.name for one in before.results]
    assert after.total == before.total
    assert by_name.total.value == 1


def test_a_look_finds_the_owner_and_tells_neither_who_nor_what(
    ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    noted(ben, EDA, 1980)
    people = ask_names(ana, [Named("eda LARKSPUR", 1980), Named("Omar Quill")])

    assert look_for_overlaps(people, [ben.pk, cleo.pk]) == {ben.pk}

    rows = {(one.owner, one.is_overlap) for one in Look.objects.all()}
    assert rows == {(ben, True), (cleo, False)}
    assert {field.name for field in Look._meta.get_fields()} == {
        "id",
        "owner",
        "on",
        "is_overlap",
    }


def test_the_owner_is_told_the_day_after_and_once(
    ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    noted(ben, EDA)
    noted(ben, "Larkspur", kind="family")
    for name in (EDA, ZOE):
        look_for_overlaps(ask_names(ana, [Named(name)]), [ben.pk, cleo.pk])
    assert tell_of_overlaps() == 0
    yesterday = timezone.localdate() - timedelta(days=1)
    Look.objects.update(on=yesterday)

    assert (tell_of_overlaps(), tell_of_overlaps()) == (1, 0)

    [notification] = _notified()
    event = notification.event
    assert (notification.person, event.verb) == (ben.user, "conflict.overlapped")
    assert (event.actor_kind, event.detail, event.why) == ("system", {}, "")
    assert not Look.objects.exists()
    bell = signed_in(ben).get("/notifications/").content.decode()
    assert "an entry of yours may overlap" in bell
    assert "arkspur" not in bell
    assert ana.name not in bell


def test_the_timetable_tells_of_it() -> None:
    assert "network.clinicians.tasks.tell_of_conflicts" in {
        one["task"] for one in beat_schedule.values()
    }


def test_ten_people_a_day_and_no_more(ana: Clinician, ben: Clinician) -> None:
    ten = [Named(f"Person Number{n}") for n in range(MOST_NAMES_A_DAY)]
    ask_names(ana, ten[:6])
    ask_names(ana, ten)
    ask_names(ana, [Named("number3 person")])

    with pytest.raises(TooManyNamesError):
        ask_names(ana, [Named(EDA)])
    with pytest.raises(TooManyNamesError):
        ask_names(ana, [Named("Person Number3", 1980)])
    ask_names(ben, [Named(EDA)])
    NameAsked.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    ask_names(ana, [Named(EDA)])
    assert NameAsked.objects.count() == 1


def test_names_strung_together_count_for_as_many(ana: Clinician) -> None:
    """Two given names and two of the family are one person; six words are more."""
    one = Named("Maria Carmen Lopez Garcia")
    strung = [Named(f"Maria Anna Paul Larkspur Quill Number{n}") for n in range(4)]
    assert [one.counts_for, Named(EDA).counts_for, strung[0].counts_for] == [1, 1, 3]

    ask_names(ana, [one, *strung[:3]])
    ask_names(ana, strung[:3])
    assert NameAsked.objects.count() == MOST_NAMES_A_DAY
    with pytest.raises(TooManyNamesError):
        ask_names(ana, [strung[3]])


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_of_two_at_once_the_second_counts_what_the_first_has_asked() -> None:
    ana = factories.a_member("Ana Lark")
    ask_names(ana, [Named(f"Person Number{n}") for n in range(9)])
    refused: list[str] = []

    def ask(name: str) -> None:
        try:
            ask_names(again(ana)[0], [Named(name)])
        except TooManyNamesError:
            refused.append(name)

    at_once(partial(ask, EDA), partial(ask, ZOE))

    assert len(refused) == 1
    assert NameAsked.objects.count() == MOST_NAMES_A_DAY


def test_hashes_outlive_a_change_of_the_ring(ana: Clinician, ben: Clinician) -> None:
    noted(ben, EDA, 1980)
    entry = ConflictEntry.objects.get()
    first = ring().primary
    old = f"{first.id}:{base64.b64encode(first.master).decode()}"
    with override_settings(CONSILIUM_KEYS=f"{new_key('next')},{old}"):
        call_command("keys", "rotate")
        entry.refresh_from_db()
        assert entry.label == EDA
        people = ask_names(ana, [Named(EDA, 1980)])
        assert look_for_overlaps(people, [ben.pk]) == {ben.pk}


def test_a_closed_account_takes_its_register_along(ana: Clinician) -> None:
    noted(ana, EDA)
    look_for_overlaps(ask_names(ana, [Named(EDA)]), [ana.pk])

    ana.delete()

    left = (ConflictEntry, Look, NameAsked)
    assert [one.objects.count() for one in left] == [0, 0, 0]
