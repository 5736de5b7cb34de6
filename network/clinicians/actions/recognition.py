"""Who of the people already here a line of a member list speaks of.

A number that a member only typed is no proof: until it is bound to a verified person,
only entries that nobody has taken over are recognised by their NPI.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from network.clinicians.models import Clinician
from network.clinicians.roster.entry import Entry, Problem

By = dict[str, Clinician]


class Known:
    """The people whom some lines may speak of, locked until the batch is stored."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        locked = Clinician.objects.select_for_update(of=("self",)).order_by("pk")
        by_npi = locked.filter(npi__in=_all(entry.npi for entry in entries))
        self.external_ids: By = {
            str(person.external_id): person
            for person in locked.filter(
                external_id__in=_all(entry.external_id for entry in entries)
            )
        }
        self.npis: By = {
            person.npi: person
            for person in by_npi.filter(
                Q(npi_bound_at__isnull=False) | Q(user__isnull=True)
            )
        }
        self.bound = {
            person.npi: person.pk
            for person in self.npis.values()
            if person.npi_bound_at is not None
        }
        self.emails = _by_email(locked, _all(entry.email for entry in entries))
        self._unify()

    def recognise(self, entry: Entry, problems: list[Problem]) -> Clinician | None:
        by_id = self.external_ids.get(entry.external_id)
        by_npi = self.npis.get(entry.npi)
        if by_id and by_npi and by_id is not by_npi:
            reason = f"{entry.npi} belongs to somebody else in the network"
            problems.append(Problem(entry.line, "npi", reason))
            del entry.columns["npi"]
        return by_id or self._without_other_id(by_npi, entry) or self._by_email(entry)

    def _without_other_id(
        self, person: Clinician | None, entry: Entry
    ) -> Clinician | None:
        """The same NPI under another association's id is the same person."""
        if person is not None and person.external_id and entry.external_id:
            entry.columns.pop("external_id")
        return person

    def _by_email(self, entry: Entry) -> Clinician | None:
        """Practices share an address, so the name must fit and no id may differ."""
        for person in self.emails.get(entry.email, ()):
            if person.name.casefold() == entry.name.casefold() and _may_be(
                person, entry
            ):
                return person
        return None

    def _unify(self) -> None:
        """One person found twice is one object."""
        people = {person.pk: person for person in self.external_ids.values()}
        self.npis = {
            npi: people.setdefault(person.pk, person)
            for npi, person in self.npis.items()
        }
        self.emails = {
            email: [people.setdefault(person.pk, person) for person in found]
            for email, found in self.emails.items()
        }


def _by_email(
    locked: QuerySet[Clinician], emails: list[str]
) -> dict[str, list[Clinician]]:
    """Each query has an index of its own; both in one would have none."""
    found = defaultdict(list)
    invited = locked.select_related("invitation").filter(user__isnull=True)
    for person in invited.filter(invitation__email__in=emails):
        found[person.invitation.email].append(person)
    for person in locked.select_related("user").filter(user__email__in=emails):
        if person.user is not None:
            found[person.user.email].append(person)
    return dict(found)


def _may_be(person: Clinician, entry: Entry) -> bool:
    same_id = not (person.external_id and entry.external_id)
    same_npi = not (person.npi and entry.npi) or person.npi == entry.npi
    return same_id and same_npi


def _all(texts: Iterable[str]) -> list[str]:
    return sorted({text for text in texts if text})
