"""What a clinician is to the network, for herself: every table that is hers."""

from network.privacy.portions import Portion, Table, portion_of

# Of what stands beside them; by nothing but the key of the network can they be made.
HASHED = frozenset({"hashes"})
TABLES = (
    Table("profile", "clinicians.Clinician", "user"),
    Table("licences", "clinicians.Licence", "clinician__user"),
    Table("privileges", "clinicians.Privilege", "clinician__user"),
    Table("evidence", "clinicians.Evidence", "clinician__user"),
    Table("evidence_files", "clinicians.EvidenceFile", "evidence__clinician__user"),
    Table("verification", "clinicians.Review", "clinician__user"),
    Table("places", "clinicians.Place", "clinician__user"),
    Table("programmes", "clinicians.Programme", "clinician__user"),
    Table("specialties", "clinicians.SpecialtySkill", "clinician__user"),
    Table("approaches", "clinicians.ApproachSkill", "clinician__user"),
    Table("languages", "clinicians.LanguageSkill", "clinician__user"),
    Table("not_for_me", "clinicians.NotForMe", "clinician__user"),
    Table("openings", "clinicians.Opening", "clinician__user"),
    Table("absences", "clinicians.Absence", "clinician__user"),
    Table("invitation", "clinicians.Invitation", "clinician__user"),
    Table("needs", "clinicians.SavedNeed", "owner__user"),
    Table("lists", "clinicians.ColleagueList", "owner__user"),
    Table("list_entries", "clinicians.ListEntry", "list__owner__user"),
    Table("list_readers", "clinicians.ListShare", "list__owner__user"),
    Table("lists_shared_with_her", "clinicians.ListShare", "reader__user"),
    Table("blocks", "clinicians.Block", "blocker__user"),
    Table("conflicts", "clinicians.ConflictEntry", "owner__user", HASHED),
    Table("supervisors", "clinicians.Supervision", "associate__user"),
    Table("associates", "clinicians.Supervision", "supervisor__user"),
    Table("endorsements_given", "clinicians.Endorsement", "endorser__user"),
    Table("endorsements_received", "clinicians.Endorsement", "endorsed__user"),
    Table("reports", "clinicians.Report", "reporter__user"),
)
LEFT_OUT = {
    "clinicians.Absence.coverer": "a colleague's absence, exported by the colleague",
    "clinicians.Block.blocked": "who has blocked her is what a block conceals",
    "clinicians.Clinician.verified_by": "staff's work on the profiles of others",
    "clinicians.Inquiry.clinician": "an inquiry would name whoever reported",
    "clinicians.Inquiry.proposed_by": "staff's work on the profiles of others",
    "clinicians.Invitation.invited_by": "staff's work on the profiles of others",
    "clinicians.Licence.verified_by": "staff's work on the profiles of others",
    "clinicians.ListEntry.colleague": "a colleague's private list",
    "clinicians.Listing.clinician": "the search's copy of what is exported already",
    "clinicians.ListingCard.clinician": "the search's copy of what is exported already",
    "clinicians.Look.owner": "that somebody looked, which she is told of in its time",
    "clinicians.NameAsked.asker": "hashes of a day, of people who are not hers",
    "clinicians.OpeningsLink.clinician": "a link to the openings that are exported",
    "clinicians.Review.taken_by": "staff's work on the profiles of others",
}


def portion(user_id: int) -> Portion:
    return portion_of(user_id, TABLES)
