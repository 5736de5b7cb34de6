"""Messages with certain words, among those that somebody may read now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

import structlog

from messaging.bodies import keys_of, open_body, scope_of
from messaging.log import Entry, ask
from messaging.models import Membership
from messaging.search.candidates import BEGINNING, Candidate, Place, candidates
from messaging.search.wanted import Wanted
from network.clinicians.models import Clinician
from network.privacy.data_keys import DataKey, keys_of_scopes
from network.privacy.keys import Unreadable

SIZE = 20
BATCH = 100  # messages that are opened at once
MOST_OPENED = 1_000  # for one page, whose words may be there and the phrase not
MOST_KEYS = 12_000  # conversations times months
MOST_LOOKED_UP = 6  # words; the others are seen when a message is open
BEFORE_ALL = date(1970, 1, 1)
A_DAY = timedelta(days=1)
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Hit:
    """A message as it reads today; `entry` is its own, or its last edit."""

    place: Place
    entry: Entry
    text: str

    @property
    def seq(self) -> int:
        return self.place.seq

    @property
    def is_edited(self) -> bool:
        return self.entry.seq != self.seq


@dataclass(frozen=True)
class Found:
    """The newest first. `next` is where to go on, if there may be more; what is older
    than `back_to` was not looked at.
    """

    hits: list[Hit]
    next: Place | None = None
    back_to: date | None = None


def find(
    clinician: Clinician,
    wanted: Wanted,
    *,
    after: Place | None = None,
    size: int = SIZE,
) -> Found:
    keys, back_to = _keys(clinician, wanted)
    if not keys:
        return Found([])
    looked, hits = 0, list[Hit]()
    here: Place | None = after or BEGINNING
    while here and looked < MOST_OPENED and len(hits) < size:
        some = ask(candidates(*_asked(clinician, wanted, keys), here, BATCH))
        fresh = list(islice(_open(some, wanted), size - len(hits)))
        hits += fresh
        looked += len(some)
        here = _end(some, fresh, is_full=len(hits) == size)
    return Found(hits, here, back_to)


def _asked(
    clinician: Clinician, wanted: Wanted, keys: list[DataKey]
) -> tuple[UUID, Wanted, list[list[int]]]:
    stems = wanted.words.stems[:MOST_LOOKED_UP]
    by_key = [key.blind(stems) for key in keys]
    return (
        clinician.public_id,
        wanted,
        [list(word) for word in zip(*by_key, strict=True)],
    )


def _keys(clinician: Clinician, wanted: Wanted) -> tuple[list[DataKey], date | None]:
    """Of her conversations. An edit may be much younger than what it edits, and what
    was sealed at the end of a month may be kept in the next: there is no last month.
    """
    if not clinician.is_verified:
        return [], None
    rooms = Membership.objects.of(clinician)
    if wanted.conversation:
        rooms = rooms.filter(conversation__public_id=wanted.conversation)
    ids = rooms.values_list("conversation__public_id", flat=True)
    first = (wanted.since.date() - A_DAY).replace(day=1) if wanted.since else BEFORE_ALL
    kept = keys_of_scopes(map(scope_of, ids), first, MOST_KEYS + 1)
    keys = [key for _, key in kept[:MOST_KEYS]]
    return keys, kept[-1][0] if len(kept) > MOST_KEYS else None


def _open(some: list[Candidate], wanted: Wanted) -> Iterator[Hit]:
    """Those that have the words today; one that cannot be read hides no other."""
    keys = keys_of(candidate.entry for candidate in some)
    for place, entry in some:
        try:
            text = open_body(entry, keys)
        except Unreadable:
            log.error("body_unreadable", seq=entry.seq)
            continue
        if text is not None and wanted.words.fit(text):
            yield Hit(place, entry, text)


def _end(some: list[Candidate], fresh: list[Hit], *, is_full: bool) -> Place | None:
    if is_full and fresh and (len(some) == BATCH or fresh[-1].place != some[-1].place):
        return fresh[-1].place
    return some[-1].place if len(some) == BATCH else None
