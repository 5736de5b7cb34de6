"""Real questions to therapists, when their file is there, and who would be right."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
FILE = HERE.parents[1] / "shared" / "data" / "counselchat_topics.dev.jsonl"


class Question(NamedTuple):
    text: str
    right: frozenset[str]


class Shares(NamedTuple):
    """How often the right specialty comes first, and among the first three."""

    first: float
    three: float


def unseen() -> list[Question]:
    """The half that nobody looked at while the sentences were written."""
    return list(questions(half=1)) if FILE.exists() else []


def questions(*, half: int) -> Iterator[Question]:
    topics = json.loads((HERE / "topics.json").read_text("utf-8"))
    for line in FILE.read_text("utf-8").splitlines():
        entry = json.loads(line)
        right = {
            ours for theirs in entry["specialties_primary"] for ours in topics[theirs]
        }
        if right and half_of(entry["id"]) == half:
            yield Question(f"{entry['title']} {entry['text']}", frozenset(right))


def half_of(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2


def shares(asked: list[Question], answer: Callable[[str], list[str]]) -> Shares:
    answers = [(answer(each.text)[:3], each.right) for each in asked]
    first = sum(not right.isdisjoint(terms[:1]) for terms, right in answers)
    three = sum(not right.isdisjoint(terms) for terms, right in answers)
    return Shares(first / len(asked), three / len(asked))
