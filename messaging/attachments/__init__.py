"""Files of messages: how they are sealed, and how they are shown."""

from messaging.attachments.boxes import Label, box_of, content_of, label_of
from messaging.attachments.shown import File, files_of, unsent_files

__all__ = [
    "File",
    "Label",
    "box_of",
    "content_of",
    "files_of",
    "label_of",
    "unsent_files",
]
