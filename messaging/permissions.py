"""Who may do what in a conversation, and to a message, now."""

from django.core.exceptions import PermissionDenied

from messaging.models import Conversation, Kind, Membership, Message
from network.accounts.models import User
from network.clinicians.models import Block, Clinician

NOTHING: frozenset[str] = frozenset()
READER = frozenset({"read", "mute", "export", "report"})
WRITER = READER | frozenset({"write", "make a topic"})
GUEST = frozenset({"leave"})
PAIR = frozenset({"set the guard", "set retention"})
LEAD = frozenset({"remove a member"})  # also once it is closed: there is no way back
OWNER = PAIR | LEAD | frozenset({"rename", "add a member", "close"})
READ_MESSAGE = frozenset({"be reminded"})
ANY_MESSAGE = READ_MESSAGE | frozenset({"reply", "react", "pin"})
OWN_MESSAGE = ANY_MESSAGE | frozenset({"edit", "recall"})
COLLEAGUE = frozenset({"converse"})


def allowed_with(clinician: Clinician, other: Clinician) -> frozenset[str]:
    """Two members who are two, and neither of whom blocks the other."""
    seen = Clinician.objects.visible_to(clinician).verified().exclude(pk=clinician.pk)
    return COLLEAGUE if seen.filter(pk=other.pk).exists() else NOTHING


def allowed(clinician: Clinician, conversation: Conversation) -> frozenset[str]:
    membership = _membership(clinician, conversation)
    if membership is None:
        return NOTHING
    ways = _ways(conversation)
    if conversation.kind != Conversation.Kind.MANY:
        is_ours = conversation.is_direct and "write" in ways
        return ways | PAIR if is_ours else ways
    own = LEAD if conversation.is_closed else OWNER
    return ways | GUEST | own if membership.is_owner else ways | GUEST


def allowed_on_message(clinician: Clinician, message: Message) -> frozenset[str]:
    """As the log decides it, for whoever shows buttons."""
    membership = _membership(clinician, message.conversation)
    if membership is None or message.seq <= membership.from_seq:
        return NOTHING
    if message.kind != Kind.MESSAGE or message.is_gone:
        return NOTHING
    if "write" not in _ways(message.conversation):
        return READ_MESSAGE
    return OWN_MESSAGE if message.sender_id == clinician.pk else ANY_MESSAGE


def require(verb: str, actor: User, conversation: Conversation) -> Clinician:
    """Who acts, as a clinician."""
    clinician = Clinician.objects.filter(user=actor, user__is_active=True).first()
    if clinician is None or verb not in allowed(clinician, conversation):
        raise PermissionDenied(f"may not {verb}")
    return clinician


def require_with(verb: str, actor: User, other: Clinician) -> Clinician:
    clinician = Clinician.objects.filter(user=actor, user__is_active=True).first()
    if clinician is None or verb not in allowed_with(clinician, other):
        raise PermissionDenied(f"may not {verb}")
    return clinician


def _membership(clinician: Clinician, conversation: Conversation) -> Membership | None:
    if not clinician.is_verified:
        return None
    return Membership.objects.of(clinician).filter(conversation=conversation).first()


def _ways(conversation: Conversation) -> frozenset[str]:
    """A block is not told: the conversation is closed, whoever of the two made it."""
    is_blocked = conversation.is_direct and _is_blocked(conversation)
    return READER if conversation.is_closed or is_blocked else WRITER


def _is_blocked(conversation: Conversation) -> bool:
    two = conversation.memberships.values("clinician")
    return Block.objects.filter(blocker__in=two, blocked__in=two).exists()
