"""What endorsements say together: how many colleagues, and on what ground."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from network.clinicians import vocabulary
from network.clinicians.models import Clinician, Endorsement

GROUNDS = {
    Endorsement.Basis.CO_TREATED: "co-treated",
    Endorsement.Basis.SUPERVISED: "in supervision",
    Endorsement.Basis.CONSULTED: "consulted",
    Endorsement.Basis.TRAINED: "trained together",
}


@dataclass(frozen=True)
class Evidence:
    """Of one colleague on one specialty."""

    specialty: str
    grounds: Mapping[str, int]

    @property
    def label(self) -> str:
        return vocabulary.label("specialties", self.specialty)

    @property
    def words(self) -> str:
        """“3 colleagues: 1 co-treated, 2 consulted”."""
        count = sum(self.grounds.values())
        said = [
            f"{self.grounds[basis]} {words}"
            for basis, words in GROUNDS.items()
            if self.grounds.get(basis)
        ]
        return f"{count} colleague{'' if count == 1 else 's'}: {', '.join(said)}"


def evidence_for(
    viewer: Clinician, people: Iterable[UUID], on: date
) -> Mapping[UUID, Mapping[str, Evidence]]:
    """By colleague and specialty, one query for all; only what the viewer may see."""
    found: defaultdict[UUID, defaultdict[str, Counter[str]]]
    found = defaultdict(lambda: defaultdict(Counter))
    seen = Endorsement.objects.visible_to(viewer).counting(on)
    for one, specialty, basis in seen.filter(
        endorsed__public_id__in=list(people)
    ).values_list("endorsed__public_id", "specialty", "basis"):
        found[one][specialty][basis] += 1
    return {
        one: {term: Evidence(term, grounds) for term, grounds in terms.items()}
        for one, terms in found.items()
    }
