"""A worker is killed while it gives notice that messages wait: one is given, once."""

import json
import subprocess
import sys

import psycopg
import pytest

from config.servers import ROOT, SUPERUSER
from tests.faults.site import Site, wait_until
from tests.faults.test_live import run

pytestmark = pytest.mark.fault
WAITS = """
import json
from uuid import uuid4
from messaging.actions.conversations import start_conversation
from messaging.log import Submission
from messaging.sending import send
from tests import factories
staff = factories.a_user(f"staff-{uuid4()}@consilium.example", is_staff=True)
ana, ben, dana = [
    factories.a_member(name, email=f"{uuid4()}@consilium.example", verified_by=staff)
    for name in ("Ana Heron", "Ben Sparrow", "Dana Finch")
]
room = start_conversation(ana, [ben, dana], title="Waiting", by=ana.user)
send(Submission(room.public_id, ana.user.public_id, "message", uuid4()), "A question")
room.log.update(at="2026-01-01T12:00Z")
print(json.dumps([room.pk, sorted([ben.user.pk, dana.user.pk])]))
"""
TELL = "from messaging.tasks import tell_waiting; tell_waiting()"
NOTICES = """
SELECT e.id, n.person_id
FROM activity_event e
JOIN activity_notification n ON n.event_id = e.id
WHERE e.verb = 'conversation.waiting' AND e.subject_id = %s
ORDER BY n.person_id
"""
HELD_UP = """
SELECT count(*) FROM pg_stat_activity
WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT INTO "activity_notification"%'
"""


def a_worker(site: Site) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", TELL],
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_a_worker_killed_in_the_middle_of_a_notice_neither_loses_nor_doubles_it(
    site: Site,
) -> None:
    room, people = json.loads(run(site, WAITS).splitlines()[-1])
    # Nobody else sees what others are about.
    address = site.place.database_url(SUPERUSER)
    with psycopg.connect(address, autocommit=True) as line:
        with psycopg.connect(address) as holding:
            # The event is written by then, and nobody is told of it yet.
            holding.execute("LOCK TABLE activity_notification IN SHARE MODE")
            worker = a_worker(site)
            wait_until(lambda: line.execute(HELD_UP).fetchone() == (1,))
            worker.kill()
            worker.wait()
        wait_until(lambda: line.execute(HELD_UP).fetchone() == (0,))
        assert line.execute(NOTICES, [str(room)]).fetchall() == []

        for worker in [a_worker(site), a_worker(site)]:
            assert worker.wait(180) == 0
        told = line.execute(NOTICES, [str(room)]).fetchall()

    assert [person for _, person in told] == people
    assert len({event for event, _ in told}) == 1
