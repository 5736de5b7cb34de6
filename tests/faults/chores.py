"""Two workers and a beat, what falls due for them, and what holds them up."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg
from celery import Celery

from config.servers import ROOT, SUPERUSER
from tests.faults.site import Site, kill, wait_until

CELERY = ["celery", "--app", "config.celery", "--quiet"]
WORKER = [*CELERY, "worker", "--pool", "threads", "--concurrency", "6", "--hostname"]
TASKS = ("send_scheduled", "tell_reminders", "mind_confirmations")
FALL = (
    """
    UPDATE messaging_scheduledmessage s SET due_at = due_at - interval '2 days'
    FROM messaging_membership m
    WHERE m.id = s.membership_id AND m.conversation_id = ANY(%(keys)s)
    """,
    """
    UPDATE messaging_reminder r SET due_at = due_at - interval '2 days'
    FROM messaging_membership m
    WHERE m.id = r.membership_id AND m.conversation_id = ANY(%(keys)s)
    """,
    """
    UPDATE messaging_message
    SET at = now() - interval '1 minute', confirm_by = now() - interval '1 second'
    WHERE conversation_id = ANY(%(keys)s) AND confirm_by IS NOT NULL
    """,
)
TO_COME = """
SELECT
    (SELECT count(*) FROM messaging_scheduledmessage s
     JOIN messaging_membership m ON m.id = s.membership_id
     WHERE m.conversation_id = ANY(%(keys)s) AND s.refused = ''),
    (SELECT count(*) FROM messaging_reminder r
     JOIN messaging_membership m ON m.id = r.membership_id
     WHERE m.conversation_id = ANY(%(keys)s)),
    (SELECT count(*) FROM messaging_message
     WHERE conversation_id = ANY(%(keys)s)
     AND confirm_by IS NOT NULL AND missed_at IS NULL)
"""
TOLD = """
SELECT e.verb, n.person_id, e.subject_id::bigint
FROM activity_event e
JOIN activity_notification n ON n.event_id = e.id
WHERE e.verb IN (
    'message.refused', 'reminder.told',
    'confirmation.asked', 'confirmation.missed', 'confirmation.passed_on'
)
ORDER BY 1, 2, 3
"""
ROOMS = "SELECT 1 FROM messaging_conversation WHERE id = ANY(%s) FOR UPDATE"
MIDDLE = "SELECT 1 FROM messaging_scheduledmessage WHERE id = %s FOR UPDATE"
HELD_UP = """
SELECT
    count(*) FILTER (WHERE query LIKE 'SELECT "messaging_scheduledmessage"."id"%'),
    count(*) FILTER (WHERE query LIKE 'INSERT INTO "activity_event"%')
FROM pg_stat_activity WHERE wait_event_type = 'Lock'
"""


@dataclass(frozen=True)
class Round:
    """Conversations by their keys; of some the client ids that fall due, in order."""

    keys: list[int]
    orders: dict[str, list[str]]
    middle: int
    told: list[list[Any]]


@dataclass
class Chores:
    site: Site
    token: str
    reader: str
    rounds: list[Round]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def tend(self) -> None:
        """Starts what has ended, as is done wherever they run: a worker that has tasks
        in its hands may end when the queue goes.
        """
        schedule = str(self.site.place.directory / "chores-schedule")
        commands = {
            "first": [*WORKER, "first@%h"],
            "second": [*WORKER, "second@%h"],
            "beat": [*CELERY, "beat", "--schedule", schedule, "--pidfile", ""],
        }
        for name, command in commands.items():
            if (before := self.processes.get(name)) and before.poll() is None:
                continue
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env=self.site.environment,
                stdout=self.log(name).open("ab"),
                stderr=subprocess.STDOUT,
            )

    def log(self, name: str) -> Path:
        return self.site.place.log(f"chores-{name}")

    def kill(self) -> None:
        for process in self.processes.values():
            kill(psutil.Process(process.pid))
            process.wait()

    def end(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(60)

    def call(self) -> None:
        """Each of them twice, at once: the clock alone would take a while."""
        broker = self.site.place.valkey_url.replace("unix://", "redis+socket://")
        with Celery(broker=broker, set_as_current=False) as app:
            for task in TASKS * 2:
                app.send_task(f"messaging.tasks.{task}", ignore_result=True)

    def fall_due(self, what: Round) -> None:
        with self._line() as line:
            for moving in FALL:
                line.execute(moving, {"keys": what.keys})

    @contextmanager
    def held_up(self, what: Round) -> Iterator[None]:
        """Half of the messages are sent, and whatever is to be told of is about to be:
        none of it is committed. The database may be gone at the end.
        """
        with suppress(psycopg.OperationalError), self._line() as holding:
            holding.execute("LOCK TABLE activity_event IN SHARE MODE")
            with self._line() as gate:
                gate.execute(ROOMS, [what.keys])
                self.fall_due(what)
                holding.execute(MIDDLE, [what.middle])
            self.call()
            wait_until(self._are_held_up, patience=180)
            yield

    def _are_held_up(self) -> bool:
        """Whoever tells: of a reminder, and of what is to be confirmed."""
        [(sending, telling)] = self._asked(HELD_UP)
        return bool(sending >= 1 and telling >= 2)

    def are_over(self, what: Round) -> bool:
        try:
            return self._asked(TO_COME, keys=what.keys) == [(0, 0, 0)]
        except psycopg.OperationalError:
            return False

    def told(self, rounds: Sequence[Round]) -> Counter[tuple[Any, ...]]:
        mine = {(verb, key) for one in rounds for verb, _, key in one.told}
        told = self._asked(TOLD)
        return Counter(row for row in told if (row[0], row[2]) in mine)

    def _asked(self, sql: str, **about: Any) -> list[tuple[Any, ...]]:
        with self._line() as line:
            return line.execute(sql, about or None).fetchall()

    def _line(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.site.place.database_url(SUPERUSER))
