"""What happens to people and their profiles, in the past tense."""

from enum import StrEnum


class ClinicianEvent(StrEnum):
    ADMITTED = "clinician.admitted"
    CLAIMED = "clinician.claimed"
    VERIFIED = "clinician.verified"
    SUSPENDED = "clinician.suspended"
    REINSTATED = "clinician.reinstated"
    PROFILE_CHANGED = "clinician.profile_changed"
    LICENCE_VERIFIED = "clinician.licence_verified"
    IDENTITIES_SHARED = "clinician.identities_shared"
    IDENTITIES_WITHDRAWN = "clinician.identities_withdrawn"
    OPENED_BY_STAFF = "clinician.opened_by_staff"
    OPENINGS_CONFIRMED = "clinician.openings_confirmed"
    WENT_AWAY = "clinician.went_away"
    CAME_BACK = "clinician.came_back"
    BLOCKED = "clinician.blocked"
    UNBLOCKED = "clinician.unblocked"
    ROSTER_IMPORTED = "clinicians.roster_imported"
    REGISTRY_IMPORTED = "clinicians.registry_imported"


class LeavingEvent(StrEnum):
    """With the closing of an account, the return to it, and its end."""

    LEFT = "clinician.left"
    RETURNED = "clinician.returned"
    ERASED = "clinician.erased"


class EntryEvent(StrEnum):
    """What newcomers do with the entries of the national registry."""

    LOOKED_UP = "entry.looked_up"
    CLAIMED = "entry.claimed"


class OpeningsEvent(StrEnum):
    """A kind of its own, for whoever wants no such mail."""

    ASKED = "openings.asked"


class NeedEvent(StrEnum):
    """What happens to a saved need; its words are in no event."""

    SAVED = "need.saved"
    OPENED = "need.opened"
    CHANGED = "need.changed"
    DISCARDED = "need.discarded"
    LAPSED = "need.lapsed"


class ListEvent(StrEnum):
    """Of lists of colleagues and of who is on them; no name, tag or note."""

    MADE = "list.made"
    RENAMED = "list.renamed"
    DELETED = "list.deleted"
    SHARED = "list.shared"
    UNSHARED = "list.unshared"
    ENTRY_ADDED = "list.entry_added"
    ENTRY_REMOVED = "list.entry_removed"
    ENTRY_NOTED = "list.entry_noted"
    ENTRY_CONFIRMED = "list.entry_confirmed"
    ENTRY_CLEARED = "list.entry_cleared"


class InquiryEvent(StrEnum):
    """What happens to the reports of a profile; their words are in no event."""

    FILED = "inquiry.filed"
    OPENED = "inquiry.opened"
    TRIAGED = "inquiry.triaged"
    REMEDY_ASKED = "inquiry.remedy_asked"
    PROPOSED = "inquiry.suspension_proposed"
    REJECTED = "inquiry.suspension_rejected"
    SUSPENDED = "inquiry.suspended"
    APPEALED = "inquiry.appealed"
    LIFTED = "inquiry.suspension_lifted"
    UPHELD = "inquiry.suspension_upheld"
    RESOLVED = "inquiry.resolved"


class InvitationEvent(StrEnum):
    MADE = "invitation.made"
    RENEWED = "invitation.renewed"
    REVOKED = "invitation.revoked"
    ACCEPTED = "invitation.accepted"
