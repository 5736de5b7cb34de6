"""Who is in the network: people, their licences, places, skills and openings."""

from network.clinicians.models.absence import Absence
from network.clinicians.models.block import Block
from network.clinicians.models.clinician import Clinician
from network.clinicians.models.colleague_list import (
    ColleagueList,
    ListEntry,
    ListShare,
)
from network.clinicians.models.conflict import ConflictEntry, Look, NameAsked
from network.clinicians.models.endorsement import Endorsement
from network.clinicians.models.invitation import Invitation
from network.clinicians.models.licence import Licence, Privilege
from network.clinicians.models.listing import Listing, ListingCard
from network.clinicians.models.opening import Opening
from network.clinicians.models.openings_link import OpeningsLink
from network.clinicians.models.practice import Place, Practice, Programme
from network.clinicians.models.registry import RegistryEntry
from network.clinicians.models.report import Inquiry, Report
from network.clinicians.models.review import Evidence, EvidenceFile, Review
from network.clinicians.models.saved_need import SavedNeed
from network.clinicians.models.skill import (
    ApproachSkill,
    LanguageSkill,
    NotForMe,
    SpecialtySkill,
)
from network.clinicians.models.supervision import Supervision

__all__ = [
    "Absence",
    "ApproachSkill",
    "Block",
    "Clinician",
    "ColleagueList",
    "ConflictEntry",
    "Endorsement",
    "Evidence",
    "EvidenceFile",
    "Inquiry",
    "Invitation",
    "LanguageSkill",
    "Licence",
    "ListEntry",
    "ListShare",
    "Listing",
    "ListingCard",
    "Look",
    "NameAsked",
    "NotForMe",
    "Opening",
    "OpeningsLink",
    "Place",
    "Practice",
    "Privilege",
    "Programme",
    "RegistryEntry",
    "Report",
    "Review",
    "SavedNeed",
    "SpecialtySkill",
    "Supervision",
]
