"""Entries that nobody has claimed: shown after the matches, marked and unscored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from network.clinicians import vocabulary
from network.clinicians.matching import Unclaimed


@dataclass(frozen=True)
class UnclaimedCard:
    id: str
    name: str
    profession: str
    where: str
    npi: str


def unclaimed_card(entry: Unclaimed) -> UnclaimedCard:
    card = entry.card
    profession = card.get("profession") or ""
    known = profession in vocabulary.slugs("professions")
    return UnclaimedCard(
        id=str(entry.clinician_id),
        name=", ".join(filter(None, (entry.name, card.get("credentials")))),
        profession=vocabulary.label("professions", profession) if known else "",
        where=" · ".join(dict.fromkeys(_towns(card))),
        npi=entry.npi or "",
    )


def _towns(card: Mapping[str, Any]) -> Iterator[str]:
    for place in card.get("places") or ():
        if town := f"{place.get('city', '')} {place.get('state', '')}".strip():
            yield town
