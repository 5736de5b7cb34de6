"""Conversations for programs: by HTTP what the pages and the socket do.

Who may do what is decided where it is done; here it is told as docs/api.md says.
"""

from messaging.api import (
    conversations,
    files,
    marks,
    members,
    messages,
    reading,
    reminders,
    scheduled,
    topics,
)
from messaging.api.guarding import router as guard_router
from messaging.api.reminders import reminders_router
from messaging.api.router import router
from messaging.api.search import router as search_router

__all__ = [
    "conversations",
    "files",
    "guard_router",
    "marks",
    "members",
    "messages",
    "reading",
    "reminders",
    "reminders_router",
    "router",
    "scheduled",
    "search_router",
    "topics",
]
