"""What happens to clients and what they allow, in the past tense.

The subject is always the client: so the trail of one is one chain.
"""

from enum import StrEnum


class ClientEvent(StrEnum):
    ADDED = "client.added"
    CHANGED = "client.changed"
    ERASED = "client.erased"
    FORGOTTEN = "client.forgotten"
    COPY_TAKEN = "client.copy_taken"
    WISHES_SAID = "client.wishes_said"


class IdentityEvent(StrEnum):
    KEPT = "client.identity_kept"
    REVEALED = "client.identity_revealed"
    RELEASED = "client.identity_released"
    RELEASE_ENDED = "client.release_ended"


class LinkEvent(StrEnum):
    MADE = "client.link_made"
    OPENED = "client.link_opened"
    CODE_REFUSED = "client.code_refused"
    ENDED = "client.link_ended"


class ConsentEvent(StrEnum):
    OFFERED = "consent.offered"
    SIGNED = "consent.signed"
    DECLINED = "consent.declined"
    REVOKED = "consent.revoked"
    BEGUN = "consent.begun"
    END_NEARED = "consent.end_neared"
    EXPIRED = "consent.expired"


class DisclosureEvent(StrEnum):
    NOTED = "disclosure.noted"
