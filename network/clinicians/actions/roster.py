"""A member list becomes profiles, a batch of lines at a time, each batch whole."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clinicians.actions.bulk import insert_rows
from network.clinicians.actions.places import settle
from network.clinicians.actions.recognition import Known
from network.clinicians.actions.roster_rights import store_rights
from network.clinicians.events import ClinicianEvent
from network.clinicians.matching.listing import rebuild_listings
from network.clinicians.models import Clinician, Invitation, Licence, Privilege
from network.clinicians.roster.entry import Entry, Problem

ONE_IMPORT_AT_A_TIME = 0x726F73746572
EVERYTHING = [
    column.name
    for column in Clinician._meta.concrete_fields
    if column.name not in ("id", "public_id", "created_at")
]


@dataclass
class Stored:
    """What became of a batch."""

    created: int = 0
    updated: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass
class Line:
    """An entry and the person it speaks of, who may be new."""

    entry: Entry
    person: Clinician

    @property
    def is_new(self) -> bool:
        return self.person._state.adding


@transaction.atomic
def store_entries(
    entries: Sequence[Entry], *, vouched_by: User | None, dry_run: bool = False
) -> Stored:
    """Sections that a line names are replaced, all others stay as they are.

    No two entries may speak of one person. Nothing is verified unless somebody vouches.
    A dry run does all of it and takes it back.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_IMPORT_AT_A_TIME])
    stored = Stored()
    lines = list(_lines(entries, stored.problems, vouched_by))
    stored.created = sum(line.is_new for line in lines)
    stored.updated = len(lines) - stored.created
    _store_people(lines)
    _store_rows(lines, vouched_by)
    settle(
        {
            line.person.pk: line.entry.addresses
            for line in lines
            if line.entry.addresses is not None
        }
    )
    _invite(lines)
    if lines and not dry_run:
        _record(stored, vouched_by)
        rebuild_listings([line.person.pk for line in lines])

    transaction.set_rollback(dry_run)
    return stored


def _lines(
    entries: Iterable[Entry], problems: list[Problem], vouched_by: User | None
) -> Iterator[Line]:
    entries = list(entries)
    known = Known(entries)
    for entry in entries:
        person = known.recognise(entry, problems) or Clinician()
        line = Line(entry, person)
        for column, value in entry.columns.items():
            setattr(person, column, value)
        if line.is_new and entry.addresses and not person.formats:
            person.formats = ["in_person"]  # whoever names a room sees people there
        if vouched_by is not None and entry.vouched:
            _vouch(line, known, vouched_by)
        yield line


def _vouch(line: Line, known: Known, vouched_by: User) -> None:
    person, now = line.person, timezone.now()
    if person.verified_at is None:
        person.verified_at, person.verified_by = now, vouched_by
    if person.npi and known.bound.get(person.npi, person.pk) == person.pk:
        person.npi_bound_at = person.npi_bound_at or now


def _store_people(lines: Iterable[Line]) -> None:
    new: list[Clinician] = []
    known: list[Clinician] = []
    for line in lines:
        (new if line.is_new else known).append(line.person)
    insert_rows(new)
    Clinician.objects.bulk_create(
        known,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=EVERYTHING,
    )


def _store_rows(lines: Sequence[Line], vouched_by: User | None) -> None:
    for model in {model for line in lines for model in line.entry.rows}:
        naming = [line for line in lines if model in line.entry.rows]
        former = model._default_manager.filter(
            clinician__in=[line.person.pk for line in naming]
        )
        fresh = [row for line in naming for row in _rows_of(line, model, vouched_by)]
        if model in (Licence, Privilege):
            store_rights(former, fresh)
        else:
            former.delete()
            insert_rows(fresh)


def _rows_of(
    line: Line, model: type[Model], vouched_by: User | None
) -> Iterator[Model]:
    for row in line.entry.rows[model]:
        row.clinician = line.person  # type: ignore[attr-defined]
        if vouched_by is not None and line.entry.vouched:
            _verify(row, vouched_by)
        yield row


def _verify(row: Model, vouched_by: User) -> None:
    if isinstance(row, Licence | Privilege):
        row.verified_at = timezone.now()
    if isinstance(row, Licence):
        row.verified_by = vouched_by


def _invite(lines: Iterable[Line]) -> None:
    """The address is kept for whoever comes to take her entry over."""
    Invitation.objects.bulk_create(
        [
            Invitation(clinician=line.person, email=line.entry.email)
            for line in lines
            if line.entry.email and line.person.user_id is None
        ],
        update_conflicts=True,
        unique_fields=["clinician"],
        update_fields=["email"],
    )


def _record(stored: Stored, vouched_by: User | None) -> None:
    """One event a batch, about the kind: who vouched stands in each row."""
    record(
        Actor.staff(vouched_by) if vouched_by else Actor.system(),
        ClinicianEvent.ROSTER_IMPORTED,
        Clinician,
        detail={"created": stored.created, "updated": stored.updated},
    )
