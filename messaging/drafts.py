"""What somebody had begun to write, for her alone."""

from messaging.bodies import open_draft
from messaging.models import Conversation, Draft, Topic
from network.clinicians.models import Clinician
from network.privacy.data_keys import known_keys


def draft_of(
    clinician: Clinician, conversation: Conversation, topic: Topic | None = None
) -> str:
    """Blank when there is none, or its key is gone."""
    rows = Draft.objects.visible_to(clinician).filter(topic=topic)
    draft = rows.filter(membership__conversation=conversation).first()
    return opened([draft])[0] if draft else ""


def opened(drafts: list[Draft]) -> list[str]:
    keys = known_keys(draft.key_id for draft in drafts)
    return [
        open_draft(bytes(draft.body), draft.whose, keys[draft.key_id])
        if draft.key_id in keys
        else ""
        for draft in drafts
    ]
