"""Every verb of the trail in plain words, and the question it helps to answer: data."""

from typing import NamedTuple


class Sentence(NamedTuple):
    """After the name of whoever acted: “Ana Heron” “signed in”."""

    family: str
    said: str


FAMILIES = {
    "opened": "Who opened what",
    "taken": "What was exported",
    "verified": "What was verified",
    "held": "Reports and suspensions",
    "staff": "What staff did to sign-ins",
    "door": "Signing in and out",
    "account": "Accounts and their security",
    "profile": "Profiles and openings",
    "among": "Between colleagues",
    "search": "Searches and lists",
    "talk": "Conversations",
    "clients": "Clients and what they allow",
    "house": "What the house did by itself",
}
_SAID: dict[str, dict[str, str]] = {
    "opened": {
        "account.opened_by_staff": "opened somebody’s page as staff",
        "clinician.opened_by_staff": "opened somebody’s profile as staff",
        "evidence.opened": "opened a file of evidence",
        "inquiry.opened": "read what was reported of a profile",
        "client.identity_revealed": "read who a client is",
        "need.opened": "came back to a saved need",
    },
    "taken": {
        "export.asked": "asked for a copy of the own data",
        "export.made": "made a copy of somebody’s own data",
        "export.fetched": "took away a copy of the own data",
        "trail.exported": "took away lines of the trail",
        "client.copy_taken": "took a copy of what was shared",
        "conversation.exported": "took a copy of a conversation away",
        "conversation.file_opened": "opened a file of a conversation",
    },
    "verified": {
        "clinician.verified": "verified somebody",
        "clinician.licence_verified": "verified a licence",
        "claim.privilege_verified": "verified a privilege",
        "claim.questioned": "asked for more evidence",
        "claim.rejected": "rejected a claim",
        "claim.held": "held a licence back",
        "claim.reopened": "looked at a claim again",
        "claim.answered": "answered a question about a claim",
        "claim.appealed": "asked for a claim to be looked at again",
        "claim.expiring": "told somebody that a licence ends soon",
        "claim.expired": "noted that a licence has ended",
        "evidence.attached": "attached evidence",
        "evidence.removed": "removed evidence",
        "evidence.discarded": "discarded a file of evidence",
        "file.taken": "took somebody’s claims in hand",
        "file.released": "gave somebody’s claims back",
    },
    "held": {
        "clinician.suspended": "suspended a profile",
        "clinician.reinstated": "reinstated a profile",
        "inquiry.filed": "reported a profile",
        "inquiry.triaged": "took a report up",
        "inquiry.remedy_asked": "asked for a change in a profile",
        "inquiry.suspension_proposed": "proposed a suspension",
        "inquiry.suspension_rejected": "decided against a suspension",
        "inquiry.suspended": "decided on a suspension",
        "inquiry.appealed": "appealed against a suspension",
        "inquiry.suspension_lifted": "lifted a suspension",
        "inquiry.suspension_upheld": "let a suspension stand",
        "inquiry.resolved": "closed an inquiry",
    },
    "staff": {
        "account.staff_appointed": "made somebody staff by a command",
        "mode.switched": "switched the mode of the network",
        "account.roles_changed": "changed somebody’s roles",
        "account.deactivated": "deactivated a sign-in",
        "account.reactivated": "opened a sign-in again",
        "account.reset_started": "had a password reset mailed",
        "account.factors_forgotten": "took somebody’s second factors away",
        "invitation.made": "invited somebody",
        "invitation.renewed": "invited somebody again",
        "invitation.revoked": "took an invitation back",
        "invitation.accepted": "accepted an invitation",
    },
    "door": {
        "account.signed_up": "made an account",
        "account.signed_in": "signed in",
        "account.sign_in_failed": "was refused at the sign-in",
        "account.sign_in_held_back": "tried to sign in too often",
        "account.signed_out": "signed out",
        "session.ended": "ended a session",
        "session.lapsed": "let a session lapse",
        "sessions.ended": "ended every session",
        "sessions.others_ended": "ended all other sessions",
    },
    "account": {
        "account.email_verified": "confirmed an e-mail address",
        "account.password_changed": "changed the password",
        "account.closed": "closed the account",
        "account.reopened": "opened the closed account again",
        "account.erased": "erased an account",
        "address.added": "added an e-mail address",
        "address.removed": "removed an e-mail address",
        "address.made_main": "made another e-mail address the main one",
        "preferences.changed": "changed preferences",
        "agreement.accepted": "accepted an agreement",
        "factor.added": "added a second factor",
        "factor.removed": "removed a second factor",
        "factor.recovery_codes_made": "made recovery codes",
        "factor.recovery_code_spent": "used a recovery code",
        "factor.code_failed": "gave a wrong code",
        "factor.shown_again": "showed the second factor again",
        "push.switched_on": "let a device be told of news",
        "push.switched_off": "let a device be told no more",
        "token.made": "made a token",
        "token.revoked": "revoked a token",
    },
    "profile": {
        "clinician.admitted": "began a profile",
        "clinician.claimed": "took over an imported entry",
        "clinician.profile_changed": "changed the profile",
        "clinician.identities_shared": "shared an identity with colleagues",
        "clinician.identities_withdrawn": "took an identity back",
        "clinician.openings_confirmed": "confirmed the openings",
        "clinician.went_away": "announced an absence",
        "clinician.came_back": "came back from an absence",
        "clinician.left": "left the network",
        "clinician.returned": "came back to the network",
        "clinician.erased": "erased a profile",
        "entry.looked_up": "looked an entry of the registry up",
        "entry.claimed": "claimed an entry of the registry",
        "openings.asked": "asked somebody about openings",
    },
    "among": {
        "clinician.blocked": "blocked a colleague",
        "clinician.unblocked": "undid a block",
        "endorsement.given": "endorsed a colleague",
        "endorsement.renewed": "renewed an endorsement",
        "endorsement.withdrawn": "withdrew an endorsement",
        "endorsement.hidden": "hid an endorsement",
        "endorsement.shown": "showed an endorsement again",
        "supervision.asked": "asked for supervision",
        "supervision.confirmed": "confirmed a supervision",
        "supervision.declined": "declined a supervision",
        "supervision.withdrawn": "withdrew a request for supervision",
        "supervision.limited": "set the limits of a supervision",
        "supervision.ended": "ended a supervision",
    },
    "search": {
        "need.saved": "searched, and the need was saved",
        "need.changed": "changed a saved need",
        "need.discarded": "discarded a saved need",
        "list.made": "made a list of colleagues",
        "list.renamed": "renamed a list",
        "list.deleted": "deleted a list",
        "list.shared": "shared a list",
        "list.unshared": "shared a list no more",
        "list.entry_added": "put a colleague on a list",
        "list.entry_removed": "took a colleague off a list",
        "list.entry_noted": "wrote a note on a colleague",
        "list.entry_confirmed": "confirmed what a list says of a colleague",
        "list.entry_cleared": "cleared what had been taken off a list",
    },
    "talk": {
        "conversation.notices_changed": "changed how to be told of a conversation",
        "conversation.presence_set": "chose whether to show being here",
        "conversation.started": "started a conversation",
        "conversation.joined": "took somebody into a conversation",
        "conversation.left": "left a conversation",
        "conversation.removed": "took somebody out of a conversation",
        "conversation.renamed": "gave a conversation another title",
        "conversation.topic_made": "named a topic in a conversation",
        "conversation.closed": "closed a conversation",
        "conversation.guard_set": "set the guard of a conversation",
        "conversation.retention_set": "chose how long messages are kept",
    },
    "clients": {
        "client.added": "added a client",
        "client.changed": "changed what is kept of a client",
        "client.erased": "erased a client",
        "client.identity_kept": "wrote down who a client is",
        "client.identity_released": "opened who a client is to a colleague",
        "client.release_ended": "closed who a client is to a colleague",
        "client.link_made": "made a link for a client",
        "client.link_opened": "opened a client’s link",
        "client.link_ended": "ended a client’s link",
        "client.code_refused": "gave a wrong code for a client’s link",
        "client.wishes_said": "said how to be reached",
        "consent.offered": "asked a client for a consent",
        "consent.signed": "noted a signature under a consent",
        "consent.declined": "noted that a consent was declined",
        "consent.revoked": "took a consent back",
        "disclosure.noted": "shared something of a client",
    },
    "house": {
        "client.forgotten": "forgot an erased client for good",
        "consent.begun": "noted that a consent has begun",
        "consent.end_neared": "told somebody that a consent ends soon",
        "consent.expired": "noted that a consent is over",
        "conversation.waiting": "told members that messages wait",
        "conversation.messages_expired": "erased messages whose time was over",
        "conversation.messages_deleted": "deleted messages as old as was agreed",
        "conversation.erased": "erased a conversation that nobody was left in",
        "clinicians.roster_imported": "imported a member list",
        "clinicians.registry_imported": "imported the national registry",
        "need.lapsed": "forgot a saved need of a month ago",
        "trail.anchored": "anchored the trail",
        "keys.destroyed": "destroyed keys, and with them all they had sealed",
    },
}
# Of before there were lists with names: in the trail, but recorded no more.
PAST = {
    "shortlist.added": "put a colleague on the shortlist",
    "shortlist.removed": "took a colleague off the shortlist",
    "shortlist.noted": "wrote a note on a colleague",
    "shortlist.cleared": "cleared what had been taken off the shortlist",
}
SENTENCES: dict[str, Sentence] = {
    verb: Sentence(family, said)
    for family, sentences in _SAID.items()
    for verb, said in sentences.items()
}


def verbs_of(family: str) -> list[str]:
    return list(_SAID.get(family, {}))


def in_words(verb: str) -> str:
    """A verb of long ago, which the code does not know any more, stays as it is."""
    known = SENTENCES.get(verb)
    return known.said if known else PAST.get(verb, f"“{verb}”")
