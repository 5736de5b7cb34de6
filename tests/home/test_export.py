"""Everything about oneself in one file: complete, sealed, fetched once."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from celery import current_app
from django.apps import apps
from django.db import connection
from django.utils import timezone

from home import portions, tasks
from home.actions.exports import ask_for_export
from home.archive import as_csv
from home.models import Export
from network.accounts.models import User
from network.activity.models import Event
from network.clinicians.actions.list_entries import (
    Words,
    list_colleague,
    write_on_entry,
)
from network.clinicians.actions.lists import make_list
from network.clinicians.actions.needs import save_need
from network.clinicians.models import Clinician
from tests import factories
from tests.conftest import signed_in
from tests.home.again import post_again

pytestmark = pytest.mark.django_db
PEOPLE = {User, Clinician}
# Read through the account or the profile they belong to, or no relation of a person's.
OUTSIDE = {"admin", "auth", "contenttypes", "sessions"}


def user_of(clinician: Clinician) -> User:
    assert clinician.user is not None
    return clinician.user


def made(person: Clinician) -> Export:
    export = ask_for_export(user_of(person))
    tasks.make_export(export.pk)
    export.refresh_from_db()
    return export


def fetched(person: Clinician) -> zipfile.ZipFile:
    export = made(person)
    address = f"/settings/data/{export.public_id}/fetching/"
    answer = post_again(signed_in(person), address)
    assert answer["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def relations() -> Iterator[str]:
    """Every field of every table by which a row can be somebody's."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.auto_created or not field.is_relation or field.many_to_many:
                continue
            if field.related_model in PEOPLE and model._meta.app_label not in OUTSIDE:
                yield f"{model._meta.label}.{field.name}"


def uncovered(found: Iterator[str]) -> set[str]:
    exported = {table.relation for table in portions.TABLES}
    return set(found) - exported - portions.LEFT_OUT.keys()


def test_every_table_with_a_person_is_exported_or_left_out_for_a_reason() -> None:
    assert uncovered(relations()) == set()
    assert all(portions.LEFT_OUT.values())


def test_nothing_is_left_out_that_is_not_there() -> None:
    assert portions.LEFT_OUT.keys() - set(relations()) == set()


def test_a_planted_table_is_found() -> None:
    assert uncovered(iter(["clinicians.Planted.clinician"])) == {
        "clinicians.Planted.clinician"
    }


def test_the_file_has_her_words_and_nobody_elses(
    ana: Clinician, ben: Clinician
) -> None:
    her, him = user_of(ana), user_of(ben)
    save_need({"need": {"kind": "canary of a need"}}, owner=ana, by=her)
    for owner, by, word in ((ana, her, "her note"), (ben, him, "his note")):
        other = ben if owner == ana else ana
        entry = list_colleague(factories.shortlist(owner), other, by=by)
        write_on_entry(entry, Words(word, ("a tag",)), by=by)

    box = fetched(ana)

    names = set(box.namelist())
    assert {"README.txt", "data.json", "csv/profile.csv", "csv/needs.csv"} <= names
    everything = json.loads(box.read("data.json"))
    assert everything["profile"][0]["name"] == "Ana Heron"
    assert everything["account"][0]["email"] == "ana@consilium.example"
    assert everything["needs"][0]["content"]["need"]["kind"] == "canary of a need"
    assert everything["list_entries"][0]["note"] == "her note"
    assert everything["done"]
    said = b"".join(box.read(name) for name in names).decode()
    assert "his note" not in said
    for secret in ("password", "digest", "v1:", "session_key"):
        assert f'"{secret}"' not in said
    assert her.password not in said


def test_from_where_others_acted_is_not_hers_to_take(
    ana: Clinician, ben: Clinician
) -> None:
    shared = make_list("For trauma", owner=ben, by=user_of(ben))
    address = f"{shared.get_absolute_url()}shares/"
    signed_in(ben).post(address, {"reader": "Ana Heron"}, REMOTE_ADDR="203.0.113.7")

    everything = json.loads(fetched(ana).read("data.json"))

    assert "list.shared" in {one["verb"] for one in everything["told"]}
    assert "203.0.113" not in json.dumps(everything)


def test_the_readme_names_every_table(ana: Clinician) -> None:
    box = fetched(ana)
    words = box.read("README.txt").decode()

    for name in json.loads(box.read("data.json")):
        assert f"  {name}: " in words


def test_no_cell_becomes_a_formula() -> None:
    evil = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", 'a "quoted", one', "plain", -3]

    text = as_csv([{"said": word} for word in evil])

    rows = [row["said"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert rows[:6] == [f"'{word}" for word in evil[:6]]
    assert rows[6:] == ['a "quoted", one', "plain", "-3"]
    assert text.endswith("\r\n")


def test_it_is_sealed_until_it_is_fetched(ana: Clinician) -> None:
    export = made(ana)

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM home_export")
        [[content]] = cursor.fetchall()
    assert content.startswith("v1:")
    assert export.content


def test_it_is_fetched_once(ana: Clinician) -> None:
    export = made(ana)
    browser = signed_in(ana)
    address = f"/settings/data/{export.public_id}/fetching/"

    assert post_again(browser, address).status_code == 200
    assert browser.post(address).status_code == 404

    export.refresh_from_db()
    assert export.content == ""
    done = Event.objects.filter(verb__startswith="export.").order_by("pk")
    verbs = done.values_list("verb", flat=True)
    assert list(verbs) == ["export.asked", "export.made", "export.fetched"]


def test_after_a_day_it_is_gone(ana: Clinician) -> None:
    made(ana)

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        tasks.forget_spent_exports()

    assert not Export.objects.exists()


def test_nobody_fetches_anothers(ana: Clinician, cleo: Clinician) -> None:
    export = made(ana)
    browser = signed_in(cleo)

    answer = post_again(browser, f"/settings/data/{export.public_id}/fetching/")

    assert answer.status_code == 404
    assert "Nothing has been asked for yet" in page_of(cleo)


def test_the_page_says_how_far_it_is(ana: Clinician) -> None:
    assert "Nothing has been asked for yet" in page_of(ana)
    browser = signed_in(ana)

    answer = post_again(browser, "/settings/data/export/")

    assert f"0 of {len(portions.PORTIONS)} parts" in answer.content.decode()
    piece = browser.get("/settings/data/", headers={"HX-Request": "true"})
    assert "<html" not in piece.content.decode()
    tasks.make_waiting_exports()
    assert "It can be fetched once" in page_of(ana)


def test_looking_makes_nothing(ana: Clinician) -> None:
    signed_in(ana).get("/settings/data/export/")

    assert not Export.objects.exists()


def test_the_task_is_handed_over_by_its_name() -> None:
    assert "home.tasks.make_export" in current_app.tasks


def page_of(person: Clinician) -> str:
    return signed_in(person).get("/settings/data/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_four_at_once_make_one() -> None:
    her = factories.a_user()

    def ask(_: int) -> int:
        try:
            return ask_for_export(User.objects.get(pk=her.pk)).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(ask, range(4)))

    assert len(keys) == 1
    assert Export.objects.count() == 1
    assert Event.objects.filter(verb="export.asked").count() == 1
