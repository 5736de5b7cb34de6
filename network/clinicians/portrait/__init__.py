"""A profile in words: what its sections say, for its owner or for a colleague."""

from dataclasses import dataclass
from datetime import date

from network.clinicians.models import Clinician
from network.clinicians.portrait.facts import SECTIONS, Sitter
from network.clinicians.portrait.words import Fact
from network.clinicians.reach import reach


@dataclass(frozen=True)
class Portrait:
    """The facts of each section, by its slug."""

    clinician: Clinician
    on: date
    sections: dict[str, list[Fact]]

    @classmethod
    def of(cls, clinician: Clinician, on: date, *, for_colleagues: bool) -> "Portrait":
        """Without what is hidden, where colleagues look."""
        sitter = Sitter(clinician, on, reach(clinician, on))
        sections = {
            slug: [
                fact
                for fact in facts(sitter)
                if fact.words and not (for_colleagues and _is_hers(fact, clinician))
            ]
            for slug, facts in SECTIONS.items()
        }
        return cls(clinician, on, sections)


def _is_hers(fact: Fact, clinician: Clinician) -> bool:
    return fact.is_own or fact.field in clinician.kept_back
