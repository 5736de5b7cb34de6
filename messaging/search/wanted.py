"""What somebody looks for: words, phrases, and where and when they were written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from messaging.search.words import Word, telling, words_in

MOST_WORDS = 20
# Nothing was written before.
EARLIEST = date(2000, 1, 1)
_QUOTED = re.compile(r'["\u201c\u201d]([^"\u201c\u201d]*)["\u201c\u201d]')


class NothingToFindError(ValueError):
    """No word that tells anything, or too many."""


@dataclass(frozen=True)
class Words:
    """All of them are wanted; those of a phrase as they stand, one after the other."""

    single: tuple[Word, ...]
    phrases: tuple[tuple[Word, ...], ...]

    @classmethod
    def read(cls, typed: str) -> "Words":
        phrases = tuple(tuple(words_in(part)) for part in _QUOTED.findall(typed))
        single = tuple(words_in(_QUOTED.sub(" ", typed)))
        read = cls(single, tuple(filter(None, phrases)))
        if not read.stems or len(read.every) > MOST_WORDS:
            raise NothingToFindError
        return read

    @cached_property
    def every(self) -> tuple[Word, ...]:
        return (*self.single, *(word for phrase in self.phrases for word in phrase))

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """By which it is looked up: the longest first, few messages have those."""
        return tuple(sorted(telling(self.every), key=len, reverse=True))

    def fit(self, text: str) -> bool:
        there = words_in(text)
        if not {word.stem for word in self.every} <= {word.stem for word in there}:
            return False
        plain = [word.plain for word in there]
        return all(_stands_in(phrase, plain) for phrase in self.phrases)


@dataclass(frozen=True)
class Wanted:
    """`person` wrote it, a clinician's public id; `until` is the first moment after."""

    words: Words
    person: UUID | None = None
    conversation: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


def moments(
    since: date | None, until: date | None
) -> tuple[datetime | None, datetime | None]:
    """From the first day's beginning to the last one's end, for whoever asks."""
    after = until + timedelta(days=1) if until and until < date.max else None
    return _midnight(since), _midnight(after)


def _midnight(day: date | None) -> datetime | None:
    """No zone can tell what time it was on the very first days that there are."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(max(day, EARLIEST), time.min))


def _stands_in(phrase: Sequence[Word], plain: Sequence[str]) -> bool:
    said = [word.plain for word in phrase]
    starts = range(len(plain) - len(said) + 1)
    return any(list(plain[at : at + len(said)]) == said for at in starts)
