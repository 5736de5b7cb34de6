"""One client as its owner sees it: what belongs to it, in as few questions as that
needs.
"""

from dataclasses import dataclass, field

from network.clients.consents import required
from network.clients.models import AccessLink, Client, Consent, Disclosure, Party
from network.clinicians import vocabulary
from network.clinicians.town import town_of
from network.privacy.small_cells import SmallCell, small_cells

SHOWN = 10


@dataclass(frozen=True)
class PartyRow:
    party: Party
    signs: bool
    link: AccessLink | None
    wishes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class ConsentRow:
    consent: Consent
    waits_for: list[Party]


def in_words(client: Client) -> str:
    """ "One adult · Adults (26-64) · NY, ZIP 105xx · since 2024"."""
    parts = [
        client.get_unit_display(),
        vocabulary.label("age_groups", client.age_band) if client.age_band else "",
        client.region,
        f"since {client.year}" if client.year else "",
    ]
    return " · ".join(part for part in parts if part)


def parties(client: Client, links: list[AccessLink]) -> list[PartyRow]:
    everybody = list(client.parties.in_order())
    sign = {party.pk for party in required(everybody)}
    by_party = {link.party_id: link for link in links}
    for party in everybody:
        party.client = client
    return [
        PartyRow(party, party.pk in sign, by_party.get(party.pk)) for party in everybody
    ]


def consents(client: Client, everybody: list[PartyRow]) -> list[ConsentRow]:
    """The open ones first."""
    rows = client.consents.select_related("giver").prefetch_related("signatures")
    found = []
    for consent in rows.newest_first():
        consent.client = client
        signed = {one.party_id for one in consent.signatures.all()}
        waiting = [
            row.party for row in everybody if row.signs and row.party.pk not in signed
        ]
        is_offered = consent.state == Consent.State.OFFERED
        found.append(ConsentRow(consent, waiting if is_offered else []))
    return sorted(found, key=lambda row: not row.consent.is_open)


def disclosures(client: Client, most: int | None = SHOWN) -> list[Disclosure]:
    lines = client.disclosures.select_related("consent")
    rows = list(lines.newest_first()[:most])
    for row in rows:
        row.client = client
    return rows


def warnings(client: Client) -> list[SmallCell]:
    return [
        *small_cells(
            client.note,
            has_age=bool(client.age_band),
            is_local=bool(client.zip3),
            place=town_of(client.owner),
        )
    ]
