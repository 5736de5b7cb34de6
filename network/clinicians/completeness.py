"""How much of a profile is said, and what would help most next."""

from dataclasses import dataclass

from network.clinicians.portrait import Portrait

# In the order in which they help to be found.
WANTED = (
    "licences",
    "specialties",
    "places",
    "clients",
    "approaches",
    "openings",
    "payment",
    "languages",
    "style",
)


@dataclass(frozen=True)
class Completeness:
    done: int
    total: int
    next: str  # the section that helps most; empty when all is said


def completeness(portrait: Portrait) -> Completeness:
    missing = [slug for slug in WANTED if not portrait.sections[slug]]
    done = len(WANTED) - len(missing)
    return Completeness(done, len(WANTED), missing[0] if missing else "")
