"""What a card says of a colleague among colleagues: supervision and endorsements."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from network.clinicians.endorsements.evidence import Evidence, evidence_for
from network.clinicians.forms.find_facts import Fact
from network.clinicians.forms.find_labels import short_label
from network.clinicians.matching import Match, Matches
from network.clinicians.models import Clinician
from network.clinicians.supervision.naming import named_to

MOST = 2


@dataclass(frozen=True)
class Peers:
    """Of the people on a page, as far as one colleague may know it."""

    supervised: Mapping[UUID, str] = field(default_factory=dict)
    evidence: Mapping[UUID, Mapping[str, Evidence]] = field(default_factory=dict)


def peers_of(found: Matches, viewer: Clinician, on: date) -> Peers:
    people = [one.clinician_id for one in found.results]
    under = supervised(found.results, viewer)
    return Peers(under, evidence_for(viewer, people, on))


def supervised(matches: Iterable[Match], viewer: Clinician) -> Mapping[UUID, str]:
    """Who is found is guided: what is said of each associate."""
    associates = (
        one.clinician_id
        for one in matches
        if one.card.get("stage") == Clinician.Stage.ASSOCIATE
    )
    return named_to(viewer, associates)


def peer_facts(match: Match, need: Mapping[str, Any], peers: Peers) -> Iterator[Fact]:
    if under := peers.supervised.get(match.clinician_id):
        yield Fact("graduation-cap", under)
    known = peers.evidence.get(match.clinician_id, {})
    for one in _told(known, need)[:MOST]:
        label = short_label("specialties", one.specialty)
        yield Fact("handshake", f"{label} endorsed by {one.words}")


def _told(known: Mapping[str, Evidence], need: Mapping[str, Any]) -> list[Evidence]:
    """On what was asked for; without that, what most colleagues speak of."""
    given = need.get("specialties") or ()
    asked = [one["term"] for one in given if one.get("wish") != "avoid"]
    if asked:
        return [known[term] for term in asked if term in known]
    return sorted(known.values(), key=lambda one: -sum(one.grounds.values()))
