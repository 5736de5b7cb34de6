"""A loaded crowd, the needs of its searcher, and every way of asking for them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.test import Client

from benches import directory, naive
from benches.brute import best
from benches.crowd import SEED, TODAY, Somebody, crowd
from benches.load import load
from benches.wanted import Wanted, needs
from network.accounts.agreements import stamp
from network.accounts.models import User
from network.clinicians.matching import costs
from network.clinicians.matching.cursor import first_cursor
from network.clinicians.matching.facets import counted, marks_sql, named
from network.clinicians.matching.relaxations import FEW, relaxations
from network.clinicians.matching.search import Search, prepare
from network.clinicians.matching.statement import ranking_sql, run
from network.clinicians.models import Clinician

# At a million, everybody is looked at for some of the needs only.
MOST_LOOKS = 20_000_000


@dataclass
class Town:
    people: Sequence[Somebody]
    needs: Sequence[Wanted]
    searcher: Clinician

    def floor(self, wanted: Wanted) -> object:
        """Twenty whole rows by their keys: less than this is not asked of anybody."""
        connection.ensure_connection()
        with connection.connection.cursor() as cursor:
            return cursor.execute(
                "SELECT * FROM clinicians_clinician WHERE id = ANY(%s)", [wanted.floor]
            ).fetchall()

    def rank(self, wanted: Wanted) -> list[tuple[int, int]]:
        """The search alone: who is first, and with what score."""
        search = self._search(wanted)
        with connection.cursor() as cursor:
            cursor.execute(ranking_sql(search, self._cursor(wanted)))
            return [(who, score) for who, score in cursor.fetchall()]

    def count(self, wanted: Wanted) -> Search:
        """The page with its cards, the total, and the facets."""
        search = self._search(wanted)
        tests = named(search)
        page = run(search, self._cursor(wanted), marks_sql(tests))
        counted(page.marks, page.total, tests)
        wanted.total = page.total
        return search

    def hint(self, wanted: Wanted) -> None:
        """The same, and what would find more where few are found."""
        search = self.count(wanted)
        if wanted.total < FEW:
            relaxations(search)

    def naive(self, wanted: Wanted) -> object:
        return list(naive.search(wanted.raw))

    def directory(self, wanted: Wanted) -> object:
        page = directory.directory(wanted.raw, wanted.word)
        return list(page[:20]), page.count()

    def post(self, wanted: Wanted) -> bytes:
        """The whole of the API: who asks, whether it is a need, the engine, JSON."""
        answer = self._client.post(
            "/api/v1/matches",
            wanted.json,
            content_type="application/json",
            secure=True,
        )
        if answer.status_code != 200:
            raise RuntimeError(f"the API said {answer.status_code}")
        return bytes(answer.content)

    def wrong(self) -> int:
        """How many needs are answered otherwise than by looking at everybody."""
        some = max(1, MOST_LOOKS // len(self.people))
        return sum(not self._is_right(wanted) for wanted in self.needs[-some:])

    def _is_right(self, wanted: Wanted) -> bool:
        seed = bytes.fromhex(self._cursor(wanted).seed)
        first, total = best(wanted.raw, self.people, seed)
        self.count(wanted)
        return self.rank(wanted) == first and wanted.total == total

    def _search(self, wanted: Wanted) -> Search:
        return prepare(
            wanted.need, searcher=self.searcher.pk, today=TODAY, scored_on=TODAY
        )

    def _cursor(self, wanted: Wanted) -> Any:
        return first_cursor(wanted.need, self.searcher.pk, TODAY)

    @cached_property
    def _client(self) -> Client:
        client = Client(SERVER_NAME="localhost")
        assert self.searcher.user is not None  # noqa: S101 she was made with one
        client.force_login(self.searcher.user)
        return client


def build(size: int) -> Town:
    people = list(crowd(size))
    load(people)
    costs.forget()
    user = User.objects.create_user(
        "bench@consilium.example", "unused here", agreed_to=stamp()
    )
    searcher = Clinician.objects.create(
        user=user,
        name="The Searcher",
        profession="psychologist",
        verified_at=user.date_joined,
    )
    lot = random.Random(SEED + 3)  # noqa: S311 the same rows again, not a secret
    return Town(people, [Wanted(raw, lot, size) for raw in needs(people)], searcher)
