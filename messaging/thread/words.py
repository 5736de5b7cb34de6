"""What is said of messages, and of what happened among them."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import Truncator

from messaging.log import Refusal
from messaging.models import Kind, Message
from messaging.reactions import Reaction

NOTHING = "Nothing written yet"
LEFT_ALONE = "Nobody else is here any more"
COUNTED = 99
# Why a message has no words.
GONE = {
    "recalled": "This message was recalled.",
    "disappeared": "This message has disappeared.",
    "lost": "This message can no longer be read.",
}
# What is told in the log beside messages; the page's script fills the same words in.
NOTES = {
    Kind.JOINED: "{person} joined.",
    Kind.LEFT: "{person} left.",
    Kind.REMOVED: "Removed: {person}.",
    Kind.TITLED: "{person} changed the title.",
    Kind.TOPIC: "{person} began a topic.",
    Kind.KEPT: "{person} changed how long messages are kept.",
    Kind.GUARDED: "{person} changed what the guard does here.",
    Kind.CLOSED: "The conversation was closed.",
}


WHY = {
    Refusal.NOT_FOUND: "You are no longer in this conversation.",
    Refusal.CLOSED: "Nothing more can be written here.",
    Refusal.NO_SUCH_MESSAGE: "There is no such message here.",
    Refusal.NOT_YOURS: "This message is somebody else's.",
    Refusal.GONE: "This message was recalled, or has disappeared.",
    Refusal.UNKNOWN_TOPIC: "This is no topic of this conversation.",
    Refusal.NEEDS_REASON: "This could tell who somebody is: change it or say why.",
    Refusal.IDENTIFIES_SOMEBODY: "This could tell who somebody is: please change it.",
    Refusal.CLIENT_ID_REUSED: "This was sent already. Send the change as a new one.",
    Refusal.NOT_ASKED: "You are not asked to confirm this message.",
    Refusal.NO_SUCH_FILE: "A file is no longer there: attach it once more.",
}


# The same of what was to be sent later, where that is another matter.
WHY_LATER = WHY | {
    Refusal.NOT_FOUND: "You could not write here at that time.",
    Refusal.GONE: "Its words can no longer be read.",
    Refusal.CLIENT_ID_REUSED: "Other words were sent in its place.",
}


@dataclass(frozen=True)
class Shown:
    code: str
    icon: str
    label: str


ICONS = {
    Reaction.AGREE: "thumbs-up",
    Reaction.THANKS: "hand-heart",
    Reaction.CARE: "heart",
    Reaction.QUESTION: "circle-question-mark",
    Reaction.SEEN: "eye",
    Reaction.CELEBRATE: "party-popper",
}
REACTIONS = {
    each.value: Shown(each.value, ICONS[each], each.label) for each in Reaction
}


def counted(unread: int) -> str:
    """Nothing when nothing is."""
    return f"{COUNTED}+" if unread > COUNTED else str(unread or "")


def excerpt(text: str, most: int = 120) -> str:
    return Truncator(" ".join(text.split())).chars(most)


def said_in(message: Message, text: str) -> str:
    """In a few words: where there are none, how many files it brought."""
    if text or not (count := len(message.files)):
        return excerpt(text)
    return "A file" if count == 1 else f"{count} files"


def why_gone(message: Message) -> str:
    if message.recalled_at is not None:
        return "recalled"
    is_over = message.expires_at is not None and message.expires_at <= timezone.now()
    return "disappeared" if is_over else "lost"
