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
    ASKED_ABOUT_OPENINGS = "clinician.asked_about_openings"
    OPENINGS_CONFIRMED = "clinician.openings_confirmed"
    WENT_AWAY = "clinician.went_away"
    CAME_BACK = "clinician.came_back"
    BLOCKED = "clinician.blocked"
    UNBLOCKED = "clinician.unblocked"
    ROSTER_IMPORTED = "clinicians.roster_imported"
    REGISTRY_IMPORTED = "clinicians.registry_imported"


class EntryEvent(StrEnum):
    """What newcomers do with the entries of the national registry."""

    LOOKED_UP = "entry.looked_up"
    CLAIMED = "entry.claimed"


class NeedEvent(StrEnum):
    """What happens to a saved need; its words are in no event."""

    SAVED = "need.saved"
    OPENED = "need.opened"
    CHANGED = "need.changed"
    DISCARDED = "need.discarded"
    LAPSED = "need.lapsed"


class ShortlistEvent(StrEnum):
    ADDED = "shortlist.added"
    REMOVED = "shortlist.removed"
    NOTED = "shortlist.noted"
    CLEARED = "shortlist.cleared"
