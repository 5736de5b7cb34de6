"""The kinds of news there are, in the words of the page where mail is chosen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`verbs` are the first words of the events it stands for."""

    slug: str
    label: str
    verbs: tuple[str, ...]


KINDS = (
    Kind("conversations", "Conversations", ("conversation",)),
    Kind("reminders", "Reminders that you set", ("reminder",)),
    Kind("later", "Messages of yours that could not be sent later", ("message",)),
    Kind("confirmations", "Messages that wait to be confirmed", ("confirmation",)),
    Kind("referrals", "Referrals", ("referral", "offer", "packet")),
    Kind("membership", "Your membership and licences", ("clinician", "claim")),
    Kind("clients", "Your clients and what they allow", ("client", "consent")),
    Kind("openings", "Whether your openings still hold", ("openings",)),
    Kind("endorsements", "Endorsements", ("endorsement",)),
    Kind("conflicts", "Possible conflicts with an entry of yours", ("conflict",)),
    Kind("lists", "Lists shared with you", ("list",)),
    Kind("supervision", "Supervision", ("supervision",)),
    Kind("reports", "Reports to the moderators", ("inquiry",)),
)


def pushes(chosen: set[str]) -> dict[str, bool]:
    """The same for devices: of the kinds that were ticked, and no other."""
    return {verb: kind.slug in chosen for kind in KINDS for verb in kind.verbs}


def cadences(chosen: dict[str, str]) -> dict[str, str]:
    """From kinds to the first words of verbs, as preferences keep them."""
    return {verb: chosen[kind.slug] for kind in KINDS for verb in kind.verbs}
