"""Files in the registry's layouts, of invented people, for tests and benchmarks."""

import csv
import random
from collections.abc import Iterable, Mapping
from typing import TextIO

from network.clinicians.npi import check_digit

_OTHER = (
    "Provider Other Organization Name",
    "Provider Other Organization Name Type Code",
    "Provider Other Last Name",
    "Provider Other First Name",
    "Provider Other Middle Name",
    "Provider Other Name Prefix Text",
    "Provider Other Name Suffix Text",
    "Provider Other Credential Text",
    "Provider Other Last Name Type Code",
)
_ADDRESS = (
    "Provider First Line Business {} Address",
    "Provider Second Line Business {} Address",
    "Provider Business {} Address City Name",
    "Provider Business {} Address State Name",
    "Provider Business {} Address Postal Code",
    "Provider Business {} Address Country Code (If outside U.S.)",
    "Provider Business {} Address Telephone Number",
    "Provider Business {} Address Fax Number",
)
_OFFICIAL = (
    "Authorized Official Last Name",
    "Authorized Official First Name",
    "Authorized Official Middle Name",
    "Authorized Official Title or Position",
    "Authorized Official Telephone Number",
)
_TAXONOMY = (
    "Healthcare Provider Taxonomy Code_{}",
    "Provider License Number_{}",
    "Provider License Number State Code_{}",
    "Healthcare Provider Primary Taxonomy Switch_{}",
)
_IDENTIFIER = (
    "Other Provider Identifier_{}",
    "Other Provider Identifier Type Code_{}",
    "Other Provider Identifier State_{}",
    "Other Provider Identifier Issuer_{}",
)


def header(*, since_2025: bool = True) -> list[str]:
    """329 columns, or 330 of which one has a new name."""
    return [
        "NPI",
        "Entity Type Code",
        "Replacement NPI",
        "Employer Identification Number (EIN)",
        "Provider Organization Name (Legal Business Name)",
        "Provider Last Name (Legal Name)",
        "Provider First Name",
        "Provider Middle Name",
        "Provider Name Prefix Text",
        "Provider Name Suffix Text",
        "Provider Credential Text",
        *_OTHER,
        *(name.format("Mailing") for name in _ADDRESS),
        *(name.format("Practice Location") for name in _ADDRESS),
        "Provider Enumeration Date",
        "Last Update Date",
        "NPI Deactivation Reason Code",
        "NPI Deactivation Date",
        "NPI Reactivation Date",
        "Provider Sex Code" if since_2025 else "Provider Gender Code",
        *_OFFICIAL,
        *(name.format(n) for n in range(1, 16) for name in _TAXONOMY),
        *(name.format(n) for n in range(1, 51) for name in _IDENTIFIER),
        "Is Sole Proprietor",
        "Is Organization Subpart",
        "Parent Organization LBN",
        "Parent Organization TIN",
        "Authorized Official Name Prefix Text",
        "Authorized Official Name Suffix Text",
        "Authorized Official Credential Text",
        *(f"Healthcare Provider Taxonomy Group_{n}" for n in range(1, 16)),
        *(["Certification Date"] if since_2025 else []),
    ]


def npi(number: int) -> str:
    nine = f"1{number:08d}"
    return nine + check_digit(nine)


def a_person(number: int, **changes: str) -> dict[str, str]:
    """Cells by their columns; what is not named is empty."""
    dice = random.Random(number)  # noqa: S311 no secret
    street = f"{dice.randint(1, 999)} {dice.choice(('ELM', 'OAK', 'ASH'))} STREET"
    place = {
        "Provider First Line Business {} Address": street,
        "Provider Business {} Address City Name": "SCARSDALE",
        "Provider Business {} Address State Name": "NY",
        "Provider Business {} Address Postal Code": dice.choice(("10583", "105830001")),
        "Provider Business {} Address Country Code (If outside U.S.)": "US",
        "Provider Business {} Address Telephone Number": "9145550100",
    }
    return {
        "NPI": npi(number),
        "Entity Type Code": "1",
        "Provider Last Name (Legal Name)": dice.choice(("HERON", "FINCH", "LARCH")),
        "Provider First Name": dice.choice(("ROWAN", "IVY", "LINDEN", "HAZEL")),
        "Provider Middle Name": "Q",
        "Provider Credential Text": dice.choice(("PH.D.", "LCSW", "L.I.C.S.W.", "MD")),
        **{name.format("Mailing"): cell for name, cell in place.items()},
        **{name.format("Practice Location"): cell for name, cell in place.items()},
        "Provider Enumeration Date": "05/23/2005",
        "Last Update Date": "07/08/2007",
        "Provider Sex Code": dice.choice("FM"),
        "Healthcare Provider Taxonomy Code_1": dice.choice(
            ("103TC0700X", "1041C0700X", "2084P0800X", "101YM0800X")
        ),
        "Provider License Number_1": str(number),
        "Provider License Number State Code_1": "NY",
        "Healthcare Provider Primary Taxonomy Switch_1": "Y",
        "Is Sole Proprietor": "N",
        **changes,
    }


def write(
    file: TextIO, people: Iterable[Mapping[str, str]], *, since_2025: bool = True
) -> None:
    """Every cell quoted, as the registry does it; the file knows no newlines."""
    names = header(since_2025=since_2025)
    rows = csv.writer(file, quoting=csv.QUOTE_ALL)
    rows.writerow(names)
    for person in people:
        cells = {"Provider Gender Code": person["Provider Sex Code"], **person}
        rows.writerow([cells.get(name, "") for name in names])
