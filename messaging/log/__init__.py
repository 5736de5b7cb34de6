"""The message path: statements in batches, and the plain types around them.

It does no input or output of its own. A statement is run by a page, through Django's
cursor (`append`, `ask`), or by the event loop, through a psycopg connection
(`append_async`, `ask_async`). Whoever writes here locks conversations in the order of
their keys, then memberships in the order of theirs.
"""

from messaging.log.appending import append, append_async
from messaging.log.batch import Kept, Outcome, Refused, Unguarded
from messaging.log.entry import Entry, Refusal, Submission
from messaging.log.notes import Note, entry_of, write
from messaging.log.places import Place, Reading, mark_read
from messaging.log.questions import Question, ask, ask_async
from messaging.log.reading import (
    names_of,
    read_entries,
    sweep_rooms,
    veiled,
)

__all__ = [
    "Entry",
    "Kept",
    "Note",
    "Outcome",
    "Place",
    "Question",
    "Reading",
    "Refusal",
    "Refused",
    "Submission",
    "Unguarded",
    "append",
    "append_async",
    "ask",
    "ask_async",
    "entry_of",
    "mark_read",
    "names_of",
    "read_entries",
    "sweep_rooms",
    "veiled",
    "write",
]
