"""How quickly a text is guarded, and how much of what identifies is found.

Speed: ten times to text and back, by Python's own JSON, the answer to the text of 60
words. Both are measured in turn, and the best of many counts. Sentences: our own, and
those handed to us beside the project where they are there.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from benches.goals import Goal, report
from config.servers import ROOT
from network.privacy.guard import DIRECT, LONGEST, guard, prepare

ROUNDS, TRIPS = 300, 10
HANDED = ROOT.parent / "shared" / "data" / "pii_sentences.dev.jsonl"
OWN = ROOT / "tests" / "privacy" / "guard"
APART = ("DATE", "LOCATION")
CASE = (
    "My client Maria Gonzalez is a 43-year-old teacher in Rye, NY, who lost her son in "
    "a boating accident on March 3rd. Her husband Kevin called me at 914-555-0133 and "
    "wrote to me at kevin.g@mail.example about the insurance, member ID W123456789. "
    "Dr. Patel at Lakeside Hospital put her on Lexapro. She scores 38 on the PCL-5 and "
    "wants EMDR in the evenings."
)
STORY = (
    "How do I stop worrying about everything? I have been anxious since I was little, "
    "but since I moved in with my boyfriend it is so much worse. I check my phone all "
    "day, I can't sleep, and when he is late I am sure that he had an accident. He "
    "says that I need help and I don't know what kind."
)
Row = dict[str, Any]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/bench guard")
    parser.add_argument("--size", type=int, default=ROUNDS, metavar="ROUNDS")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    prepare()
    goals = [
        speed("G1", "a case of 60 words, to ten JSON trips", CASE, options.size),
        speed("G2", "a story of 60 words, to ten JSON trips", STORY, options.size),
        longest(),
        *quality("own", rows(OWN / "identified.jsonl")),
        *(quality("dev", rows(HANDED)) if HANDED.exists() else ()),
        clean(rows(OWN / "clean.jsonl")),
    ]
    return report("guard", options.size, goals, as_json=options.json)


def speed(name: str, what: str, text: str, rounds: int) -> Goal:
    answer = {"spans": [one._asdict() for one in guard(CASE)]}
    guarding, trip = [], []
    for _ in range(rounds):
        guarding.append(seconds(lambda: guard(text)))
        trip.append(seconds(lambda: json.loads(json.dumps(answer))))
    ratio = min(guarding) / (min(trip) * TRIPS)
    return Goal(name, what, ratio, 1.0, "x", ratio <= 1.0)


def longest() -> Goal:
    """The longest text there may be, to as many short ones: nothing grows with length,
    save what collecting garbage takes.
    """
    text = (CASE + " ") * (LONGEST // len(CASE) + 1)
    short = min(seconds(lambda: guard(CASE)) for _ in range(20))
    long = min(seconds(lambda: guard(text)) for _ in range(5))
    ratio = long / (short * LONGEST / len(CASE))
    return Goal(
        "G3", "8,000 characters, to as many in short", ratio, 5, "x", ratio <= 5
    )


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def quality(name: str, asked: list[Row]) -> Iterator[Goal]:
    """Found is what half the characters overlap, under whatever label."""
    there, found, right = measured(asked)
    for label, count in sorted(there.items()):
        share = found[label] / count
        apart = label in APART
        yield Goal(
            name, f"recall, {label} ({count})", share, 0 if apart else 0.95, "share",
            apart or share >= 0.95 or count < 20,
        )  # fmt: skip
    recall = of(found, DIRECT) / of(there, DIRECT)
    precision = right[True] / right.total()
    yield Goal(name, "recall, direct", recall, 0.95, "share", recall >= 0.95)
    yield Goal(name, "precision, direct", precision, 0.85, "share", precision >= 0.85)


def measured(asked: Iterable[Row]) -> tuple[Counter[str], Counter[str], Counter[bool]]:
    there, found, right = Counter[str](), Counter[str](), Counter[bool]()
    for row in asked:
        said = [(one.start, one.end, one.label) for one in guard(row["text"])]
        true = [
            (one["start"], one["end"], one["label"])
            for one in row["spans"]
            if one.get("phi", True)
        ]
        for one in true:
            there[one[2]] += 1
            found[one[2]] += covered(one, said)
        right.update(covered(one, true) for one in said if one[2] in DIRECT)
    return there, found, right


def covered(one: tuple[int, int, str], by: list[tuple[int, int, str]]) -> bool:
    start, end, _ = one
    shared = sum(max(0, min(end, b) - max(start, a)) for a, b, _ in by)
    return 2 * shared >= end - start


def of(counted: Counter[str], labels: Iterable[str]) -> int:
    return sum(counted[label] for label in labels)


def clean(asked: list[Row]) -> Goal:
    alarms = sum(bool(guard(row["text"])) for row in asked)
    what = f"alarms in {len(asked)} clean sentences"
    return Goal("clean", what, alarms, 0, "sentences", alarms == 0)
