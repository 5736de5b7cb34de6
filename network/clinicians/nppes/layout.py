"""Where the columns of the file are: found by name, for there are two layouts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

TAXONOMIES = range(1, 16)
Pick = Callable[[Sequence[str]], tuple[str, ...]]

NPI, ENTITY = "NPI", "Entity Type Code"
# Renamed in 2025.
SEX = ("Provider Gender Code", "Provider Sex Code")
PERSON = (
    "Provider First Name",
    "Provider Middle Name",
    "Provider Last Name (Legal Name)",
    "Provider Name Suffix Text",
    "Provider Credential Text",
)
PLACE = (
    "Provider First Line Business Practice Location Address",
    "Provider Second Line Business Practice Location Address",
    "Provider Business Practice Location Address City Name",
    "Provider Business Practice Location Address State Name",
    "Provider Business Practice Location Address Postal Code",
    "Provider Business Practice Location Address Telephone Number",
)
UPDATED = "Last Update Date"
DEACTIVATED, REACTIVATED = "NPI Deactivation Date", "NPI Reactivation Date"


class NotTheRegistryError(Exception):
    """The file is something else; the message says what was missed."""


@dataclass(frozen=True)
class Layout:
    """Picks what is wanted out of a row, in few steps: there are millions of rows."""

    width: int
    npi: int
    entity: int
    codes: Pick
    licence_states: Pick
    licence_numbers: Pick
    switches: Pick
    person: Pick  # the names and credentials, then the sex
    place: Pick
    days: Pick  # updated, deactivated, reactivated

    @classmethod
    def of(cls, header: Sequence[str]) -> "Layout":
        at = {name.strip(): position for position, name in enumerate(header)}
        sex = next((name for name in SEX if name in at), SEX[-1])

        def pick(*names: str) -> Pick:
            return itemgetter(*(_position(name, at) for name in names))

        return cls(
            width=len(header),
            npi=_position(NPI, at),
            entity=_position(ENTITY, at),
            codes=pick(*_each("Healthcare Provider Taxonomy Code")),
            licence_states=pick(*_each("Provider License Number State Code")),
            licence_numbers=pick(*_each("Provider License Number")),
            switches=pick(*_each("Healthcare Provider Primary Taxonomy Switch")),
            person=pick(*PERSON, sex),
            place=pick(*PLACE),
            days=pick(UPDATED, DEACTIVATED, REACTIVATED),
        )


def _each(name: str) -> list[str]:
    return [f"{name}_{number}" for number in TAXONOMIES]


def _position(name: str, at: dict[str, int]) -> int:
    if name not in at:
        raise NotTheRegistryError(
            f"This is no NPPES dissemination file: the column “{name}” is missing."
        )
    return at[name]
