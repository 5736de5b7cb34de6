"""verify_trail names every row that was changed, removed, reordered or cut."""

from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.anchors import marks
from network.activity.chain import FIELDS, link_hash
from network.activity.models import Event
from network.activity.recorder import record
from tests.activity.tampering import tamper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def anchor_path(settings: Settings, tmp_path: Path) -> Path:
    """An anchor has been there from the beginning, before anything happened."""
    settings.AUDIT_ANCHOR_PATH = path = tmp_path / "anchors"
    anchor()
    return path


def anchor() -> None:
    call_command("anchor_trail", stdout=StringIO())


@pytest.fixture
def kim() -> User:
    """The subject of a chain of six, among chains of others."""
    kim = User.objects.create_user("kim@example.org")
    lou = User.objects.create_user("lou@example.org")
    for number in range(6):
        note(kim, number)
        note(lou, number)
    return kim


@transaction.atomic
def note(subject: User, number: int) -> Event:
    return record(
        Actor.of(subject), "user.noted", subject, detail={"n": number, "é": "ü"}
    )


def verified() -> tuple[int, list[str]]:
    said = StringIO()
    try:
        call_command("verify_trail", stdout=said)
    except SystemExit as end:
        return int(str(end.code)), said.getvalue().splitlines()
    return 0, said.getvalue().splitlines()


def name(user: User, *faults: str) -> tuple[int, list[str]]:
    return 1, [f"accounts.user:{user.pk} {fault}" for fault in faults]


def where(user: User, seq: int) -> str:
    return f"WHERE subject_id = '{user.pk}' AND seq = {seq}"


def test_an_untouched_trail_has_no_fault(kim: User) -> None:
    assert verified() == (0, [])
    anchor()
    note(kim, 7)
    anchor()
    assert verified() == (0, [])


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'user.praised'",
        "actor_id = ''",
        "at = at + interval '1 microsecond'",
        "detail = '{\"n\": 9}'",
        "why = 'because'",
        "audience = array[gen_random_uuid()]",
        "prev_hash = repeat('0', 64)",
        "hash = repeat('0', 64)",
    ],
)
def test_a_changed_row_is_named(kim: User, change: str) -> None:
    tamper(f"UPDATE activity_event SET {change} {where(kim, 3)}")

    assert verified() == name(kim, "3 changed")


def test_a_row_changed_together_with_its_hash_is_named(kim: User) -> None:
    event = Event.objects.about(kim).get(seq=3)
    forged = link_hash({**vars(event), "verb": "user.praised"})
    change = f"verb = 'user.praised', hash = '{forged}'"

    tamper(f"UPDATE activity_event SET {change} {where(kim, 3)}")

    assert verified() == name(kim, "3 changed")


def test_a_removed_row_is_named(kim: User) -> None:
    tamper(f"DELETE FROM activity_event {where(kim, 2)}")

    assert verified() == name(kim, "2 removed")


def test_removed_first_rows_are_named(kim: User) -> None:
    tamper(f"DELETE FROM activity_event WHERE subject_id = '{kim.pk}' AND seq < 3")

    assert verified() == name(kim, "1 removed", "2 removed")


def test_swapped_rows_are_named(kim: User) -> None:
    tamper(
        f"UPDATE activity_event SET seq = 99 {where(kim, 2)}",
        f"UPDATE activity_event SET seq = 2 {where(kim, 4)}",
        f"UPDATE activity_event SET seq = 4 {where(kim, 99)}",
    )

    assert verified() == name(kim, "2 reordered", "4 reordered")


def test_a_cut_tail_is_named(kim: User) -> None:
    tamper(f"DELETE FROM activity_event WHERE subject_id = '{kim.pk}' AND seq > 4")

    assert verified() == name(kim, "5 cut", "6 cut")


def cut_and_mend(user: User, keep: int) -> None:
    """Cut the tail and set the chain's head to what is left."""
    kept = Event.objects.about(user).get(seq=keep).hash
    tamper(
        f"DELETE FROM activity_event WHERE subject_id = '{user.pk}' AND seq > {keep}",
        f"UPDATE activity_chainhead SET seq = {keep}, hash = '{kept}' "
        f"WHERE subject_id = '{user.pk}'",
    )


def test_a_cut_tail_is_named_although_its_head_was_mended(kim: User) -> None:
    anchor()
    cut_and_mend(kim, keep=4)

    assert verified() == name(kim, "5 cut", "6 cut")


def test_a_cut_is_named_although_it_was_anchored_afterwards(kim: User) -> None:
    anchor()
    cut_and_mend(kim, keep=4)
    anchor()

    assert verified() == name(kim, "5 cut", "6 cut")


def test_a_chain_rewritten_to_its_end_is_named_by_its_anchor(kim: User) -> None:
    anchor()
    rewrite(kim)

    assert verified() == name(kim, "6 changed")


def rewrite(user: User) -> None:
    """Forge every row with fitting hashes, and the head with them."""
    statements, before = [], ""
    for event in Event.objects.about(user):
        values = {name: getattr(event, name) for name in FIELDS}
        values |= {"verb": "user.praised", "prev_hash": before}
        before, link = link_hash(values), before
        statements.append(
            f"UPDATE activity_event SET verb = 'user.praised', hash = '{before}', "
            f"prev_hash = '{link}' {where(user, event.seq)}"
        )
    head = f"UPDATE activity_chainhead SET hash = '{before}'"
    tamper(*statements, f"{head} WHERE subject_id = '{user.pk}'")


def test_without_its_anchor_a_rewritten_chain_is_whole(kim: User) -> None:
    """What the anchors are for; and the forger of the test above knows her trade."""
    rewrite(kim)

    assert verified() == (0, [])


@pytest.mark.parametrize("anchored", [False, True])
def test_a_chain_removed_whole_is_named(kim: User, anchored: bool) -> None:
    if anchored:
        anchor()
        tamper(f"DELETE FROM activity_chainhead WHERE subject_id = '{kim.pk}'")
    tamper(f"DELETE FROM activity_event WHERE subject_id = '{kim.pk}'")

    assert verified() == name(kim, *(f"{seq} removed" for seq in range(1, 7)))


def test_a_missing_head_is_named(kim: User) -> None:
    tamper(f"DELETE FROM activity_chainhead WHERE subject_id = '{kim.pk}'")

    assert verified() == name(kim, "7 cut")


def test_rows_added_past_the_recorder_are_named(kim: User) -> None:
    last = Event.objects.about(kim).get(seq=6)
    values = {name: getattr(last, name) for name in FIELDS}
    forged = link_hash({**values, "seq": 7, "prev_hash": last.hash})
    columns = [n for n in FIELDS if n not in {"public_id", "seq", "prev_hash"}]
    listed = ", ".join(f'"{column}"' for column in columns)

    tamper(
        f"INSERT INTO activity_event (public_id, seq, prev_hash, hash, {listed}) "
        f"SELECT gen_random_uuid(), 7, '{last.hash}', '{forged}', {listed} "
        f"FROM activity_event {where(kim, 6)}"
    )

    assert verified() == name(kim, "7 changed")


def test_a_changed_anchor_is_named(kim: User, anchor_path: Path) -> None:
    anchor()
    path = newest(anchor_path)
    path.chmod(0o600)
    path.write_text(path.read_text().replace('","', '", "', 1))

    assert verified() == (1, ["anchor 2 changed"])


def newest(anchor_path: Path) -> Path:
    return max(anchor_path.iterdir())


def test_a_removed_anchor_is_named(kim: User, anchor_path: Path) -> None:
    for _ in range(3):
        anchor()
    sorted(anchor_path.iterdir())[1].unlink()

    assert verified() == (1, ["anchor 2 removed"])


def test_a_damaged_anchor_is_a_fault_and_no_crash(kim: User, anchor_path: Path) -> None:
    anchor()
    newest(anchor_path).write_bytes(b"\x00\xff not an anchor {[\n")

    assert verified() == (1, ["anchor 2 changed"])


def test_an_anchor_follows_a_damaged_one(kim: User, anchor_path: Path) -> None:
    anchor()
    (anchor_path / "anchor-00000003.jsonl").touch()

    anchor()

    assert verified() == (1, ["anchor 3 changed"])
    assert len(list(anchor_path.iterdir())) == 4


def test_without_any_anchor_the_trail_says_so(settings: Settings, kim: User) -> None:
    elsewhere = settings.AUDIT_ANCHOR_PATH = settings.AUDIT_ANCHOR_PATH / "elsewhere"
    tamper(FORGET_ANCHORS, FORGET_ANCHORS.replace("event", "chainhead"))

    assert verified() == (1, [f"no anchors at {elsewhere}: run anchor_trail"])

    call_command("anchor_trail", "--first", stdout=StringIO())
    call_command("anchor_trail", "--first", stdout=StringIO())
    assert verified() == (0, [])
    assert len(list(elsewhere.iterdir())) == 1


FORGET_ANCHORS = "DELETE FROM activity_event WHERE subject_type = 'activity.chainhead'"


def test_an_installation_without_events_needs_no_anchor(settings: Settings) -> None:
    settings.AUDIT_ANCHOR_PATH = settings.AUDIT_ANCHOR_PATH / "elsewhere"
    tamper(FORGET_ANCHORS, FORGET_ANCHORS.replace("event", "chainhead"))

    assert verified() == (0, [])


def test_a_removed_newest_anchor_is_named(kim: User, anchor_path: Path) -> None:
    anchor()
    newest(anchor_path).unlink()

    assert verified() == (1, ["anchor 2 removed"])


def test_all_anchors_removed_are_named(kim: User, anchor_path: Path) -> None:
    anchor()
    for path in anchor_path.iterdir():
        path.unlink()

    assert verified() == (1, ["anchor 1 removed", "anchor 2 removed"])


def test_an_anchor_made_anew_does_not_pass_for_the_old(
    kim: User, anchor_path: Path
) -> None:
    anchor()
    newest(anchor_path).unlink()
    anchor()

    assert verified() == (1, ["anchor 2 changed"])


def test_an_anchor_holds_only_what_has_grown(kim: User, anchor_path: Path) -> None:
    anchor()
    note(kim, 7)
    anchor()

    grown = [mark.subject_type for mark in marks(newest(anchor_path))]
    assert grown == ["accounts.user", "activity.chainhead"]
    assert verified() == (0, [])


def append(user: User, at: datetime) -> None:
    """Forge one row more, with a fitting hash, and mend the head."""
    last = Event.objects.about(user).last()
    assert last is not None
    values = {name: getattr(last, name) for name in FIELDS}
    values |= {"seq": last.seq + 1, "prev_hash": last.hash, "at": at}
    values["public_id"] = public_id = uuid4()
    link = link_hash(values)
    columns = [n for n in FIELDS if n not in {"public_id", "seq", "prev_hash", "at"}]
    listed = ", ".join(f'"{column}"' for column in columns)
    tamper(
        f"INSERT INTO activity_event (public_id, seq, prev_hash, hash, at, {listed}) "
        f"SELECT '{public_id}', {last.seq + 1}, '{last.hash}', '{link}', '{at}', "
        f"{listed} FROM activity_event {where(user, last.seq)}",
        f"UPDATE activity_chainhead SET seq = {last.seq + 1}, hash = '{link}' "
        f"WHERE subject_id = '{user.pk}'",
    )


@pytest.mark.parametrize("anchors_afterwards", [0, 1, 2])
def test_a_row_dated_before_an_anchor_that_did_not_see_it_is_named(
    kim: User, anchors_afterwards: int
) -> None:
    anchor()
    append(kim, timezone.now() - timedelta(days=3))
    for _ in range(anchors_afterwards):
        anchor()

    assert verified() == name(kim, "7 backdated")


def test_a_forged_row_of_today_is_beyond_what_can_be_seen(kim: User) -> None:
    """And shows that nothing else of the forged row was wrong."""
    anchor()
    append(kim, timezone.now())

    assert verified() == (0, [])


def test_rows_of_many_days_between_anchors_are_true(kim: User) -> None:
    start = timezone.now()
    for day in range(1, 6):
        with time_machine.travel(start + timedelta(days=day)):
            note(kim, day)
            anchor()
            note(kim, day)

    assert verified() == (0, [])
