"""A file and its label, sealed by the data key of their conversation and month.

A box is bound to its place: the conversation, the file, and which of the two it is.
"""

import hashlib
import json
from typing import NamedTuple

from messaging.bodies import key_now
from messaging.models import Attachment, Conversation
from network.clinicians.models import Clinician
from network.privacy.data_keys import DataKey
from network.privacy.files import Screened, tidy_name


class Label(NamedTuple):
    """What it is called, and the SHA-256 of what is in it."""

    name: str
    sha256: str


def box_of(
    conversation: Conversation, sender: Clinician, name: str, file: Screened
) -> Attachment:
    """Not saved yet. May ask the keystore."""
    key = key_now(conversation.public_id)
    made = Attachment(conversation=conversation, sender=sender, key_id=key.id)
    made.kind, made.size = file.kind, len(file.content)
    sha256 = hashlib.sha256(file.content).hexdigest()
    label = Label(tidy_name(name, file.kind), sha256)
    made.label = key.seal(json.dumps(label), _place(made, "label"))
    made.content = key.seal(file.content, _place(made, "content"))
    return made


def label_of(attachment: Attachment, key: DataKey) -> Label:
    box = bytes(attachment.label)
    return Label(*json.loads(key.open(box, _place(attachment, "label"))))


def content_of(attachment: Attachment, key: DataKey) -> bytes:
    return key.open(bytes(attachment.content), _place(attachment, "content"))


def _place(attachment: Attachment, what: str) -> str:
    room = attachment.conversation.public_id
    return f"messaging.attachment.{what}:{room}:{attachment.public_id}"
