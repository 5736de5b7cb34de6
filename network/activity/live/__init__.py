"""Live: the one socket of a tab, and the hub of a process. It knows no domain.

Actions say `live.nudge(users, topics)` after their commit, or `live.recheck(users)`
when somebody may have lost her right to a socket. See docs/api.md for what is said.
"""

from network.activity.live.publisher import nudge, publish, recheck

NOTIFICATIONS = "notifications"  # the topic of the bell

__all__ = ["NOTIFICATIONS", "nudge", "publish", "recheck"]
