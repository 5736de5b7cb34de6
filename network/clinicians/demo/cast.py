"""The people of the demonstration who can sign in, and what they say of themselves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

PASSWORD = "a quiet room with two chairs"  # noqa: S105 public on purpose, demo only


@dataclass(frozen=True)
class Role:
    """Somebody with an account, and what she is there to show."""

    email: str
    name: str
    shows: str


STAFF = Role("staff@consilium.example", "Staff", "staff: vouches for members")
CAST = (
    Role("ana@consilium.example", "Ana Heron", "looks for a colleague"),
    Role("ben@consilium.example", "Ben Sparrow", "can be found: OCD and tics"),
    Role("cleo@consilium.example", "Cleo Wren", "an outsider to the others"),
    Role("dana@consilium.example", "Dana Finch", "leads a circle"),
    Role("eli@consilium.example", "Eli Swift", "is in it"),
    Role("fay@consilium.example", "Fay Linnet", "an associate under Dana"),
    Role("finn@consilium.example", "Finn Crane", "not yet verified"),
)

_SAID: dict[str, dict[str, Any]] = {
    "ana": {
        "profession": "psychologist",
        "credentials": "PsyD",
        "gender": "woman",
        "state": "NY",
        "practice": ("Heron Psychology", "12 Court Street", "10601"),
        "specialties": ["anxiety-general", "depression", "young-adult-launch"],
        "approaches": ["psychodynamic", "act"],
        "age_groups": ["young-adult", "adult"],
        "formats": ["in_person", "video"],
        "payers": ["aetna"],
    },
    "ben": {
        "profession": "psychologist",
        "credentials": "PhD",
        "gender": "man",
        "state": "NY",
        "practice": ("Sparrow Clinic", "4 Popham Road", "10583"),
        "specialties": [
            {"term": "ocd", "depth": "consults"},
            {"term": "tics", "depth": "certified"},
            "anxiety-general",
        ],
        "approaches": [{"term": "erp", "depth": "certified"}, "cbit-hrt", "act"],
        "age_groups": ["teen", "young-adult", "adult"],
        "formats": ["in_person", "video"],
        "payers": ["aetna", "cigna"],
        "slots": ["tue-evening", "thu-evening"],
    },
    "cleo": {
        "profession": "counselor",
        "credentials": "LPC",
        "gender": "woman",
        "state": "AZ",
        "practice": ("Wren Counseling", "9 Mesa Drive", "85004"),
        "specialties": ["grief", "life-transitions"],
        "approaches": ["person-centred"],
        "age_groups": ["adult", "older-adult"],
        "formats": ["video"],
    },
    "dana": {
        "profession": "social-worker",
        "credentials": "LCSW",
        "gender": "woman",
        "state": "NY",
        "practice": ("Finch and Friends", "31 Main Street", "10605"),
        "specialties": [{"term": "ptsd", "depth": "teaches"}, "cptsd", "dissociation"],
        "approaches": [{"term": "emdr", "depth": "certified"}, "ifs"],
        "age_groups": ["young-adult", "adult"],
        "formats": ["in_person", "video"],
        "slots": ["wed-midday"],
    },
    "eli": {
        "profession": "marriage-family-therapist",
        "credentials": "LMFT",
        "gender": "man",
        "state": "CT",
        "practice": ("Swift Family Practice", "77 Elm Street", "06830"),
        "specialties": [{"term": "couples", "depth": "certified"}, "family-conflict"],
        "approaches": [{"term": "eft-couples", "depth": "certified"}],
        "age_groups": ["adult"],
        "participants": ["couple", "family"],
        "formats": ["in_person"],
    },
    "fay": {
        "profession": "social-worker",
        "credentials": "LMSW",
        "stage": "associate",
        "gender": "woman",
        "state": "NY",
        "practice": ("Finch and Friends", "31 Main Street", "10605"),
        "specialties": [{"term": "ptsd", "depth": "trained"}, "anxiety-general"],
        "approaches": ["emdr", "cbt"],
        "age_groups": ["young-adult", "adult"],
        "formats": ["in_person", "video"],
        "slots": ["mon-afternoon", "thu-midday"],
    },
    "finn": {
        "profession": "counselor",
        "credentials": "LMHC",
        "gender": "nonbinary",
        "state": "NY",
        "practice": ("Crane Counseling", "5 Lake Avenue", "10573"),
        "specialties": ["adhd"],
        "approaches": ["cbt"],
        "age_groups": ["teen"],
        "formats": ["video"],
    },
}


def lines(roles: Iterable[Role], today: date) -> Iterator[dict[str, Any]]:
    """Roles in the form of a member list; the addresses invite them."""
    for role in roles:
        key = role.email.partition("@")[0]
        said = dict(_SAID[key])
        name, street, zip_code = said.pop("practice")
        yield {
            "external_id": f"cast-{key}",
            "name": role.name,
            "email": role.email,
            "licences": [_licence(said.pop("state"), said["credentials"], today)],
            "practices": [{"name": name, "street": street, "zip": zip_code}],
            "openings": _openings(said.pop("slots", []), today),
            "participants": ["individual"],
            "acuity": {"min": 0, "max": 3},
            "languages": ["en"],
            "fee": {"min": 150, "max": 200},
            "bio": "One of the invented people of this demonstration.",
            "verified": key != "finn",
            **said,
        }


def _licence(state: str, kind: str, today: date) -> dict[str, str]:
    expires = date(today.year + 2, 5, 31)
    return {"state": state, "type": kind, "number": "100001", "expires": str(expires)}


def _openings(slots: list[str], today: date) -> list[dict[str, Any]]:
    confirmed = str(today - timedelta(days=3))
    return [{"slots": slots, "count": 2, "confirmed": confirmed}] if slots else []
