"""Who can see a conversation, who could, and what the trail says of it."""

from messaging.seeing.files import Seen, files_seen
from messaging.seeing.people import Reading, readers
from messaging.seeing.reasons import Named, named
from messaging.seeing.trail import Act, acts

__all__ = ["Act", "Named", "Reading", "Seen", "acts", "files_seen", "named", "readers"]
