"""A conversation as it is read: the log folded into messages, page by page."""

from messaging.thread.shown import Counted, Preview, Shown
from messaging.thread.thread import Page, Thread

__all__ = ["Counted", "Page", "Preview", "Shown", "Thread"]
