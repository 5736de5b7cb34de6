"""The national registry's file, in both layouts: entries, whole or not at all."""

import io
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from benches import registry_file
from benches.registry_file import a_person, npi
from network.activity.models import Event
from network.clinicians.models import Clinician, RegistryEntry
from network.clinicians.nppes.layout import NotTheRegistryError
from network.clinicians.nppes.run import Outcome, import_registry

pytestmark = pytest.mark.django_db
REAL = Path(__file__).parents[2].parent / "shared" / "data"
CODE = "Healthcare Provider Taxonomy Code_{}"
SWITCH = "Healthcare Provider Primary Taxonomy Switch_{}"
LICENCE = "Provider License Number State Code_{}"
DEACTIVATED, REACTIVATED = "NPI Deactivation Date", "NPI Reactivation Date"


def a_file(*people: dict[str, str], since_2025: bool = True) -> bytes:
    text = io.StringIO(newline="")
    registry_file.write(text, people, since_2025=since_2025)
    return text.getvalue().encode()


def imported(*people: dict[str, str], since_2025: bool = True) -> Outcome:
    outcome, told = read(a_file(*people, since_2025=since_2025))
    assert told == []
    return outcome


def read(content: bytes) -> tuple[Outcome, list[str]]:
    told: list[str] = []
    outcome = import_registry(
        io.BytesIO(content),
        tell=lambda rows: told.extend(map(str, rows)),
        show=lambda done, count: None,
    )
    return outcome, told


def counts(outcome: Outcome) -> tuple[int, int, int]:
    published = outcome.published
    assert published is not None
    return published.created, published.updated, published.deactivated


@pytest.mark.parametrize("since_2025", [True, False])
def test_both_layouts_are_read_by_the_names_of_their_columns(since_2025: bool) -> None:
    assert len(registry_file.header(since_2025=since_2025)) == 329 + since_2025
    imported(a_person(1, **{"Provider Sex Code": "F"}), since_2025=since_2025)
    assert RegistryEntry.objects.get().gender == "woman"


def test_a_row_becomes_a_readable_entry() -> None:
    imported(
        a_person(
            1,
            **{
                "Provider Last Name (Legal Name)": "MCLARCH",
                "Provider First Name": "IVY",
                "Provider Name Suffix Text": "JR.",
                "Provider Credential Text": "L.I.C.S.W.",
                "Provider First Line Business Practice Location Address": "1 ELM ST",
                "Provider Second Line Business Practice Location Address": "RM 2",
                "Provider Business Practice Location Address Postal Code": "105830001",
                CODE.format(1): "1041C0700X",
            },
        )
    )
    entry = RegistryEntry.objects.get(pk=npi(1))
    assert entry.name == "Ivy Q. McLarch Jr."
    assert (entry.profession, entry.credentials) == ("social-worker", "L.I.C.S.W.")
    assert (entry.street, entry.zip, entry.state) == ("1 Elm St, Rm 2", "10583", "NY")
    assert entry.latitude == pytest.approx(40.99, abs=0.01)
    assert (entry.licence_states, entry.updated_on) == (["NY"], date(2007, 7, 8))


def test_again_changes_nothing() -> None:
    people = [a_person(number) for number in range(1, 30)]
    assert counts(imported(*people)) == (29, 0, 0)
    before = list(RegistryEntry.objects.order_by("pk").values())
    assert counts(imported(*people)) == (0, 0, 0)
    assert counts(imported(*people, since_2025=False)) == (0, 0, 0)
    assert list(RegistryEntry.objects.order_by("pk").values()) == before


def test_a_changed_row_updates_its_entry_and_keeps_its_address() -> None:
    imported(a_person(1))
    address = RegistryEntry.objects.get().public_id
    moved = {"Provider First Name": "ASH"}
    assert counts(imported(a_person(1, **moved))) == (0, 1, 0)
    entry = RegistryEntry.objects.get()
    assert entry.name.startswith("Ash")
    assert entry.public_id == address


def test_of_two_rows_for_one_npi_the_later_one_stands() -> None:
    imported(a_person(1), a_person(1, **{"Provider First Name": "ASH"}))
    assert RegistryEntry.objects.get().name.startswith("Ash")


@pytest.mark.parametrize(
    ("cells", "codes", "profession"),
    [
        ({}, ["103TC0700X"], "psychologist"),
        (
            {
                CODE.format(2): "1041C0700X",
                SWITCH.format(2): "Y",
                SWITCH.format(1): "N",
            },
            ["1041C0700X", "103TC0700X"],
            "social-worker",
        ),
        (
            {CODE.format(2): "1041C0700X", SWITCH.format(1): ""},
            ["103TC0700X", "1041C0700X"],
            "psychologist",
        ),
        ({CODE.format(2): "207R00000X"}, ["103TC0700X"], "psychologist"),
        ({CODE.format(1): "103TP2700X"}, ["103T00000X"], "psychologist"),
    ],
)
def test_several_taxonomies_are_kept_with_the_primary_one_first(
    cells: dict[str, str], codes: list[str], profession: str
) -> None:
    imported(a_person(1, **{CODE.format(1): "103TC0700X", **cells}))
    entry = RegistryEntry.objects.get()
    assert (entry.taxonomies, entry.profession) == (codes, profession)


def test_licence_states_are_those_of_behavioural_taxonomies() -> None:
    imported(
        a_person(
            1,
            **{
                LICENCE.format(1): "NJ",
                CODE.format(2): "207R00000X",
                LICENCE.format(2): "CT",
                CODE.format(3): "1041C0700X",
                LICENCE.format(3): "XX",
            },
        )
    )
    assert RegistryEntry.objects.get().licence_states == ["NJ"]


@pytest.mark.parametrize(
    "cells",
    [{"Entity Type Code": "2"}, {CODE.format(1): "207R00000X"}, {CODE.format(1): ""}],
)
def test_organisations_and_other_fields_are_counted_and_passed_over(
    cells: dict[str, str],
) -> None:
    outcome = imported(a_person(1, **cells))
    assert (outcome.rows, outcome.others) == (1, 1)
    assert not RegistryEntry.objects.exists()


def test_a_deactivated_row_marks_an_entry_that_is_there() -> None:
    imported(a_person(1))
    gone = {"NPI": npi(1), DEACTIVATED: "03/16/2026", "Provider Sex Code": ""}
    stranger = {"NPI": npi(2), DEACTIVATED: "03/16/2026", "Provider Sex Code": ""}
    assert counts(imported(gone, stranger)) == (0, 0, 1)
    assert counts(imported(gone, stranger)) == (0, 0, 0)
    assert RegistryEntry.objects.get().deactivated_on == date(2026, 3, 16)


def test_a_reactivated_row_is_active_again() -> None:
    imported(a_person(1))
    imported(a_person(1, **{DEACTIVATED: "03/16/2026"}))
    assert RegistryEntry.objects.get().deactivated_on is not None
    imported(a_person(1, **{DEACTIVATED: "03/16/2026", REACTIVATED: "03/20/2026"}))
    assert RegistryEntry.objects.get().deactivated_on is None


def test_a_row_that_cannot_be_taken_is_reported_by_its_line() -> None:
    good, bad = a_person(1), a_person(2, NPI="1234567890")
    nameless = a_person(3, **{"Provider Last Name (Legal Name)": ""})
    two_lines = a_person(4, **{"Provider Credential Text": "PHD\r\nLCSW"})
    whole = a_file(two_lines, good, bad, nameless)
    outcome, told = read(whole + b'"1","2"\r\n')
    assert told == [
        "line 5: “1234567890” is not an NPI: the check digit does not fit",
        "line 6: has no name",
        "line 7: has 2 columns instead of 330",
    ]
    assert (outcome.behavioural, outcome.rejected) == (2, 3)


def test_bytes_that_are_not_utf_8_cost_their_row_only() -> None:
    content = a_file(a_person(1), a_person(2)).replace(b"SCARSDALE", b"SCARSD\xc4LE", 2)
    outcome, told = read(content)
    assert told == ["line 2: has bytes that are not UTF-8"]
    assert outcome.behavioural == 1


def test_a_byte_order_mark_and_unix_lines_do_not_matter() -> None:
    outcome, told = read(b"\xef\xbb\xbf" + a_file(a_person(1)).replace(b"\r\n", b"\n"))
    assert (outcome.behavioural, told) == (1, [])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"name,zip\r\n1,2\r\n", "the column “NPI” is missing"),
        ("NPI".encode("utf-16"), "The file is UTF-16"),
        (b"PK\x03\x04rest", "unpack it first"),
    ],
)
def test_another_file_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(NotTheRegistryError, match=sentence):
        read(content)


def test_entries_are_for_verified_members_only(ana: Clinician, finn: Clinician) -> None:
    imported(a_person(1))
    assert RegistryEntry.objects.visible_to(ana).count() == 1
    assert RegistryEntry.objects.visible_to(finn).count() == 0


def test_an_import_is_on_the_trail() -> None:
    imported(a_person(1))
    event = Event.objects.get(verb="clinicians.registry_imported")
    assert event.detail == {"created": 1, "updated": 0, "deactivated": 0}


def test_the_command_reports_and_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, report = tmp_path / "npi.csv", tmp_path / "report.csv"
    file.write_bytes(a_file(a_person(1), a_person(2, NPI="1")))
    call_command("import_nppes", file, report=report)
    captured = capsys.readouterr()
    assert "2 rows: 1 behavioural, 0 of other kinds, 1 rejected." in captured.out
    assert "line 3: “1” is not an NPI" in captured.err
    assert "3,,“1” is not an NPI" in report.read_text()


def test_the_command_says_why_it_cannot(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_nppes", tmp_path / "nothing.csv")


def test_the_real_rows_are_read_twice_alike() -> None:
    files = sorted(REAL.glob("nppes_masked*.csv"))
    outcomes = [read(path.read_bytes()) for path in (*files, *files)]
    assert all(told == [] for _, told in outcomes)
    assert [sum(counts(outcome)) for outcome, _ in outcomes[1:]] == [0] * 3 * bool(
        files
    )


@pytest.mark.django_db(transaction=True)
def test_a_kill_leaves_the_entries_as_they_were(tmp_path: Path) -> None:
    imported(a_person(1))
    file = tmp_path / "npi.csv"
    with file.open("w", newline="") as out:
        registry_file.write(out, (a_person(n) for n in range(2, 20_000)))
    before = list(RegistryEntry.objects.order_by("pk").values())

    victim = subprocess.Popen(
        [sys.executable, "-c", _SLOWLY, str(file)],
        env={**os.environ, **_database()},
        stdout=subprocess.PIPE,
    )
    assert victim.stdout is not None
    assert victim.stdout.readline() == b"half\n"
    victim.send_signal(signal.SIGKILL)
    victim.wait()

    assert list(RegistryEntry.objects.order_by("pk").values()) == before


_SLOWLY = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
from network.clinicians.nppes.run import import_registry
def show(done, count):
    print("half", flush=True)
    time.sleep(60)
with open(sys.argv[1], "rb") as file:
    import_registry(file, tell=print, show=show)
"""


def _database() -> dict[str, str]:
    """The test database, as another process would reach it."""
    from django.db import connection

    settings = connection.settings_dict
    host = str(settings["HOST"]).replace("/", "%2F")
    url = f"postgresql://{settings['USER']}@{host}/{settings['NAME']}"
    return {"DATABASE_URL": url, "DATABASE_ROLE": "app"}


def test_each_state_of_a_licence_keeps_its_number() -> None:
    number, code = "Provider License Number_{}", "103TC0700X"
    imported(
        a_person(
            1,
            **{
                CODE.format(1): code,
                LICENCE.format(1): "NY",
                number.format(1): 'A-7 "\\{7},',
                CODE.format(2): code,
                LICENCE.format(2): "NJ",
                number.format(2): "",
            },
        )
    )
    assert RegistryEntry.objects.get().licences == [("NY", "A-7 7"), ("NJ", "")]
