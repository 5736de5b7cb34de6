"""What members were shown and told, beside what stands in the tables."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, build_opener

import psycopg

from config.servers import OWNER
from tests.faults.colleague import REMOVED, Colleague
from tests.faults.site import Site

LOG = """
SELECT e.seq, e.kind, e.client_id::text, e.ordinal, e.detail, c.last_seq, c.last_ordinal
FROM messaging_message e
JOIN messaging_conversation c ON c.id = e.conversation_id
WHERE c.public_id = %s
ORDER BY e.seq
"""
READ = """
SELECT k.public_id::text, m.read_seq
FROM messaging_membership m
JOIN messaging_conversation c ON c.id = m.conversation_id
JOIN clinicians_clinician k ON k.id = m.clinician_id
WHERE c.public_id = %s AND m.left_at IS NULL
"""


class Row(NamedTuple):
    seq: int
    kind: str
    client_id: str | None
    ordinal: int
    detail: str
    last_seq: int
    last_ordinal: int


class Answer(NamedTuple):
    status: int
    said: Any


@dataclass(frozen=True)
class Room:
    site: Site
    id: str
    people: Sequence[Colleague]

    def log(self) -> list[Row]:
        return [Row(*row) for row in self._asked(LOG)]

    def _asked(self, sql: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.site.place.database_url(OWNER)) as line:
            return line.execute(sql, [self.id]).fetchall()

    def unread(self) -> dict[str, int]:
        """As the log has it: what was written after the place of each member."""
        written = [row.seq for row in self.log() if row.kind == "message"]
        return {
            who: sum(seq > read for seq in written) for who, read in self._asked(READ)
        }

    def audit(self) -> None:
        log = self.log()
        assert [row.seq for row in log] == list(range(1, len(log) + 1))
        written = [row for row in log if row.kind == "message"]
        assert [row.ordinal for row in written] == list(range(1, len(written) + 1))
        assert (log[-1].last_seq, log[-1].last_ordinal) == (len(log), len(written))
        unread = self.unread()
        for one in self.people:
            assert one.doubts == []
            assert_kept(one, {row.client_id: row.seq for row in written})
            if one.id in unread:
                assert_shown(one, log)
                told = ask(one, "GET", f"/{self.id}").said["unread"]
                assert told == unread[one.id]
            else:
                assert_cut(one, log)
                gone = ask(one, "GET", f"/{self.id}").status
                assert gone == HTTPStatus.NOT_FOUND


def assert_kept(one: Colleague, written: dict[str | None, int]) -> None:
    """All that was acknowledged, under its number; nothing that was refused."""
    assert one.unsent == set()
    assert {client_id: written.get(client_id) for client_id in one.acked} == one.acked
    assert one.refused.keys().isdisjoint(written)
    # Her place, of which she says how far she read, is refused without a name.
    answered = one.acked.keys() | (one.refused.keys() - {"subscribe", None})
    odd = answered ^ one.said.keys()
    assert not odd, [(ref, one.refused.get(ref)) for ref in odd]


def assert_shown(one: Colleague, log: Sequence[Row]) -> None:
    assert [(it.seq, it.kind, it.client_id) for it in one.shown] == [
        (row.seq, row.kind, row.client_id) for row in log
    ]


def assert_cut(one: Colleague, log: Sequence[Row]) -> None:
    """She was shown what came before her removal and nothing since."""
    [removed] = [row for row in log if row.kind == "removed" and row.detail == one.id]
    assert_shown(one, log[: removed.seq - 1])
    assert REMOVED in one.codes
    assert one.refused["subscribe"] == "not_found"


def ask(one: Colleague, method: str, path: str, said: object = None) -> Answer:
    """By HTTP, as the same program would."""
    request = Request(
        f"http://localhost:{one.port}/api/v1/conversations{path}",
        None if said is None else json.dumps(said).encode(),
        {
            "Authorization": f"Bearer {one.token}",
            "Content-Type": "application/json",
        },
        method=method,
    )
    try:
        with build_opener().open(request, timeout=120) as response:
            status, body = response.status, response.read()
    except HTTPError as error:
        status, body = error.code, error.read()
    return Answer(status, json.loads(body) if body else None)
