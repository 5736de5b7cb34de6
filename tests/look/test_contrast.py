"""The colours of the tokens, day and night: text at 7 to 1, edges at 3 to 1."""

import re
from math import cos, radians, sin
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = Path(settings.BASE_DIR / "static/css/tokens.css").read_text()
RAW = dict(re.findall(r"--lch-([\w-]+): ([^;]+);", TOKENS))
MEANINGS = {
    name: pair
    for name, *pair in re.findall(
        r"--color-([\w-]+): light-dark\("
        r"oklch\(var\(--lch-([\w-]+)\)\), oklch\(var\(--lch-([\w-]+)\)\)\);",
        TOKENS,
    )
}
GROUNDS = ("ground", "surface", "sunken", "rail")
WORDS = [(ink, ground) for ink in ("text", "quiet", "accent") for ground in GROUNDS]
WORDS += [("accent-ink", "accent"), ("accent-ink", "accent-strong")]
WORDS += [
    (ink, ground)
    for state in ("accent", "good", "wait", "alarm")
    for ink, ground in ((state, f"{state}-wash"), ("text", f"{state}-wash"))
]
WORDS += [("alarm", "surface"), ("alarm", "ground")]


@pytest.mark.parametrize("hour", ["day", "night"])
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_stand_out_from_their_ground(ink: str, ground: str, hour: str) -> None:
    assert contrast(ink, ground, hour) >= 7


@pytest.mark.parametrize("hour", ["day", "night"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_control_can_be_seen(ground: str, hour: str) -> None:
    assert contrast("edge", ground, hour) >= 3


def contrast(one: str, other: str, hour: str) -> float:
    bright, dark = sorted(
        (luminance(RAW[MEANINGS[name][hour == "night"]]) for name in (one, other)),
        reverse=True,
    )
    return (bright + 0.05) / (dark + 0.05)


def luminance(lch: str) -> float:
    """Of an OKLCH colour, by way of linear sRGB (Ottosson's matrices)."""
    lightness, chroma, hue = (float(part.rstrip("%")) for part in lch.split())
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    light = lightness / 100
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    clipped = (min(1, max(0, part)) for part in (red, green, blue))
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), clipped, strict=True))
