"""Every message that was answered for, held against the table."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import connection

from benches.chat.client.story import Log

ROWS = """
SELECT e.seq, right(e.client_id::text, 12)
FROM messaging_message e
JOIN messaging_conversation c ON c.id = e.conversation_id
WHERE c.public_id = %s AND e.seq > %s
"""
KINDS = ("lost", "doubled", "disordered", "gaps")


@dataclass
class Audit:
    """Over all loads of a run."""

    faults: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    delivered: int = 0

    def hold(self, logs: dict[str, Log]) -> None:
        for room, log in logs.items():
            kept = _kept(room, log.floor)
            lost = sum(kept.get(seq) != n for n, seq in log.acks.items())
            unseen = sum(seq not in log.seen for seq in kept)
            self.faults["lost"] += lost
            self.faults["gaps"] += log.gaps + unseen
            self.faults["doubled"] += log.doubled
            self.faults["disordered"] += log.disordered
            self.acknowledged += len(log.acks)
            self.delivered += log.delivered


def _kept(room: str, floor: int) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [room, floor])
        return {seq: int(number or "0", 16) for seq, number in cursor.fetchall()}
