"""The sentences in `sentences.txt`, spelt out and mixed into texts to learn from."""

import hashlib
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

SOURCE = Path(__file__).parent / "sentences.txt"
CHOICE = re.compile(r"\{([^}]*)\}")
OFTEN: Mapping[str, float] = {
    "relationships": 9, "depression": 8, "anxiety-general": 8, "family-conflict": 7,
    "couples": 6, "self-esteem": 4, "parenting": 4, "impulse-control": 1.5,
    "peer-social": 3, "divorce-coparenting": 3, "sexual-function": 3, "anger": 2.5,
    "lgbtq": 2.5, "ptsd": 2, "stress": 2, "sud": 2, "grief": 2, "career": 2, "ipv": 2,
    "spirituality": 1.5,
}  # fmt: skip
"""How often people write about it, roughly; what is not named here is rarer still."""
RARE = 0.5
TEXTS = 6000
SENTENCES, ASIDES = (1, 2, 3, 5), (0, 2, 4, 6)


def texts(seed: int = 3) -> Iterator[tuple[str, str]]:
    """(text, specialty): each sentence alone, and mixtures with asides."""
    chance = random.Random(seed)  # noqa: S311  (nothing secret: it must be repeatable)
    slots, classes, asides = read()
    total = sum(commonness(slug) for slug in classes)
    for slug, lines in classes.items():
        for _ in range(int(TEXTS * commonness(slug) / total)):
            said = some(lines, SENTENCES, chance) + some(asides, ASIDES, chance)
            chance.shuffle(said)
            yield ". ".join(spelt_out(line, slots, chance) for line in said), slug
        for line in lines:
            yield spelt_out(line, slots, chance), slug


def fingerprint() -> str:
    """Of the sentences: a model says by it what it was learnt from."""
    return hashlib.sha256(SOURCE.read_bytes()).hexdigest()


def commonness(slug: str) -> float:
    """Softened, so that what is rare is learnt as well."""
    return float(OFTEN.get(slug, RARE) ** 0.5)


def some(
    lines: list[str], numbers: tuple[int, ...], chance: random.Random
) -> list[str]:
    return [chance.choice(lines) for _ in range(chance.choice(numbers))]


def spelt_out(line: str, slots: Mapping[str, list[str]], chance: random.Random) -> str:
    def choose(match: re.Match[str]) -> str:
        chosen = chance.choice(match[1].split("|"))
        return chance.choice(slots[chosen]) if chosen in slots else chosen

    return CHOICE.sub(choose, line)


def read() -> tuple[dict[str, list[str]], dict[str, list[str]], list[str]]:
    """Slots, sentences by specialty, and asides that say nothing."""
    parts: defaultdict[str, list[str]] = defaultdict(list)
    heading = ""
    for line in SOURCE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        elif line and not line.startswith("#"):
            parts[heading].append(line)
    slots = {
        name: options.split("|")
        for name, _, options in (line.partition(" = ") for line in parts.pop("slots"))
    }
    asides = parts.pop("noise")
    return slots, dict(parts), asides
