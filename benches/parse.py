"""How quickly free text is read, and how often a story finds its specialty.

The measure of speed is Python's own JSON: ten times to text and back the answer to a
need of 60 words. Both are measured in turn, and the best of many counts.
"""

import argparse
import dataclasses
import json
import time
from collections.abc import Callable

from benches.goals import Goal, report
from benches.questions import Shares, shares, unseen
from network.clinicians.reading import read
from network.clinicians.reading.reader import page_of
from network.clinicians.reading.readers import findings_of
from network.clinicians.reading.words import words_of

ROUNDS = 300
TRIPS = 10
NEED = (
    "My client is a 19-year-old college student with OCD and tics who lives in 10583 "
    "and wants ERP in the evenings, or telehealth in New York. CBT with her last "
    "therapist did not help at all. She has Aetna, would prefer a woman, and cannot do "
    "Mondays. She has mild depression but no substance use, and her family supports it."
)
STORY = (
    "How do I stop worrying about everything? I have been anxious since I was little, "
    "but since I moved in with my boyfriend it is so much worse. I check my phone all "
    "day, I can't sleep, and when he is late I am sure that he had an accident. He "
    "says that I need help and I don't know what kind."
)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/bench parse")
    parser.add_argument("--size", type=int, default=ROUNDS, metavar="ROUNDS")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    goals = [
        speed("P1", "a need of 60 words, to ten JSON trips", NEED, options.size),
        speed("P2", "a story of 60 words, to ten JSON trips", STORY, options.size),
        *accuracy(),
    ]
    return report("parse", options.size, goals, as_json=options.json)


def speed(name: str, what: str, text: str, rounds: int) -> Goal:
    answer = dataclasses.asdict(read(NEED))
    reading, trip = [], []
    for _ in range(rounds):
        reading.append(seconds(lambda: read(text)))
        trip.append(seconds(lambda: json.loads(json.dumps(answer))))
    ratio = min(reading) / (min(trip) * TRIPS)
    return Goal(name, what, ratio, 1.0, "x", ratio <= 1.0)


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def accuracy() -> list[Goal]:
    """The suggestions beside the rules alone: they have to earn their place."""
    asked = unseen()
    if not asked:
        return []
    rules, whole = shares(asked, named), shares(asked, suggested)
    return [
        beats("P3", "right specialty first, to naming rules alone", whole, rules, 0),
        beats("P4", "among the first three, to naming rules alone", whole, rules, 1),
    ]


def beats(name: str, what: str, whole: Shares, rules: Shares, at: int) -> Goal:
    return Goal(name, what, whole[at], rules[at], "share", whole[at] > rules[at])


def named(text: str) -> list[str]:
    """What the text names outright."""
    found = findings_of(page_of(words_of(text)))
    return [each.term for each in found if each.field == "specialties"]


def suggested(text: str) -> list[str]:
    return [each["term"] for each in read(text).need.get("specialties", [])]
