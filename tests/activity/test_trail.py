"""verify_trail names every row that was changed, removed, reordered or cut."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import Settings

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.chain import FIELDS, link_hash
from network.activity.models import Event
from network.activity.recorder import record
from tests.activity.tampering import tamper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def anchor_path(settings: Settings, tmp_path: Path) -> Path:
    settings.AUDIT_ANCHOR_PATH = path = tmp_path / "anchors"
    return path


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
    call_command("anchor_trail", stdout=StringIO())
    note(kim, 7)
    call_command("anchor_trail", stdout=StringIO())
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
    call_command("anchor_trail", stdout=StringIO())
    cut_and_mend(kim, keep=4)

    assert verified() == name(kim, "5 cut", "6 cut")


def test_a_cut_is_named_although_it_was_anchored_afterwards(kim: User) -> None:
    call_command("anchor_trail", stdout=StringIO())
    cut_and_mend(kim, keep=4)
    call_command("anchor_trail", stdout=StringIO())

    assert verified() == name(kim, "5 cut", "6 cut")


def test_a_chain_rewritten_to_its_end_is_named_by_its_anchor(kim: User) -> None:
    call_command("anchor_trail", stdout=StringIO())
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
        call_command("anchor_trail", stdout=StringIO())
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
    call_command("anchor_trail", stdout=StringIO())
    [path] = anchor_path.iterdir()
    path.chmod(0o600)
    path.write_text(path.read_text().replace('","', '", "', 1))

    assert verified() == (1, ["anchor 1 changed"])


def test_a_removed_anchor_is_named(kim: User, anchor_path: Path) -> None:
    for _ in range(3):
        call_command("anchor_trail", stdout=StringIO())
    sorted(anchor_path.iterdir())[1].unlink()

    assert verified() == (1, ["anchor 2 removed"])


def test_a_damaged_anchor_is_a_fault_and_no_crash(kim: User, anchor_path: Path) -> None:
    call_command("anchor_trail", stdout=StringIO())
    [path] = anchor_path.iterdir()
    path.write_bytes(b"\x00\xff not an anchor {[\n")

    assert verified() == (1, ["anchor 1 changed"])


def test_an_anchor_follows_a_damaged_one(kim: User, anchor_path: Path) -> None:
    call_command("anchor_trail", stdout=StringIO())
    (anchor_path / "anchor-00000002.jsonl").touch()

    call_command("anchor_trail", stdout=StringIO())

    assert verified() == (1, ["anchor 2 changed"])
    assert len(list(anchor_path.iterdir())) == 3
