"""After how many days messages may go, and what two who differ have agreed on."""

from messaging.models import Conversation, Membership

NEVER = 0
# In days; as a form says them.
SPANS = {
    NEVER: "Never",
    30: "After 30 days",
    365: "After 1 year",
    7 * 365 + 2: "After 7 years",
}


def in_words(days: int | None) -> str:
    """In the middle of a sentence."""
    said = SPANS.get(days or NEVER, f"After {days} days")
    return said[0].lower() + said[1:]


def agreed(membership: Membership, days: int | None) -> int | None:
    """What would hold if she wished this: between two, nothing goes that one of them
    wants to keep.
    """
    if membership.conversation.kind != Conversation.Kind.DIRECT:
        return days
    inside = membership.conversation.memberships.current()
    others = inside.exclude(pk=membership.pk)
    wishes = [days, *others.values_list("keep_days", flat=True)]
    known = [wish for wish in wishes if wish]
    return max(known) if len(known) == len(wishes) else None
