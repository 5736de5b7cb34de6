"""What a clinician keeps of her clients, for herself; who they are is read one by one,
each reading with its line in the trail, and so is in no file.
"""

from network.privacy.portions import Portion, Table, portion_of

SECRET = frozenset({"digest", "code_hash"})
TABLES = (
    Table("clients", "clients.Client", "owner__user"),
    Table("client_parties", "clients.Party", "client__owner__user"),
    Table("client_consents", "clients.Consent", "client__owner__user"),
    Table("client_signatures", "clients.Signature", "consent__client__owner__user"),
    Table("client_releases", "clients.Release", "consent__client__owner__user"),
    Table("client_disclosures", "clients.Disclosure", "client__owner__user"),
    Table("client_links", "clients.AccessLink", "party__client__owner__user", SECRET),
)
LEFT_OUT = {
    "clients.Consent.giver": "of a colleague's client, exported by the colleague",
}


def portion(user_id: int) -> Portion:
    return portion_of(user_id, TABLES)
