"""A hit in its context: some of the text around what was looked for."""

from dataclasses import dataclass

from messaging.search.wanted import Words
from messaging.search.words import Spot, composed, spots_in

BEFORE, LENGTH = 60, 240  # characters


@dataclass(frozen=True)
class Part:
    text: str
    is_marked: bool = False


def excerpt(text: str, words: Words) -> list[Part]:
    """Its words marked; cut between words, where it is long."""
    text = composed(" ".join(text.split()))
    stems = set(words.stems)
    marked = [spot for spot in spots_in(text) if spot.word.stem in stems]
    start, end = _window(text, marked)
    parts = list(_parts(text, marked, start, end))
    return [*_dots(start > 0), *parts, *_dots(end < len(text))]


def _window(text: str, marked: list[Spot]) -> tuple[int, int]:
    first = marked[0].start if marked else 0
    start = max(0, first - BEFORE)
    if start:
        start = text.find(" ", start, first) + 1 or first
    end = start + LENGTH
    if end >= len(text):
        return start, len(text)
    cut = text.rfind(" ", first + 1, end)
    return start, cut if cut > 0 else end


def _parts(text: str, marked: list[Spot], start: int, end: int) -> list[Part]:
    parts, at = [], start
    for spot in marked:
        if at <= spot.start and spot.end <= end:
            parts += [
                Part(text[at : spot.start]),
                Part(text[spot.start : spot.end], True),
            ]
            at = spot.end
    parts.append(Part(text[at:end]))
    return [part for part in parts if part.text]


def _dots(is_cut: bool) -> list[Part]:
    return [Part(" … ")] if is_cut else []
