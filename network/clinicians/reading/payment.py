"""Who pays, and how much."""

from collections.abc import Iterator

from network.clinicians import vocabulary
from network.clinicians.reading.page import Finding, Page

FLAGS = {"sliding-scale": "sliding_scale", "pro-bono": "sliding_scale",
         "out-of-network": "superbill"}  # fmt: skip
LABELS = {"sliding_scale": "sliding scale", "superbill": "out of network"}
FEES = range(10, 2001)
RANGES = frozenset({"-", "–", "to"})


def payer(page: Page, index: int, slug: str) -> Iterator[Finding]:
    if page.refused(index):
        return
    if flag := FLAGS.get(slug):
        yield page.found(index, "payment", flag, LABELS[flag], **{flag: True})
    else:
        label = vocabulary.label("payers", slug)
        yield page.found(index, "payment", slug, label, payer=slug)


def network(page: Page, index: int, slug: str) -> Iterator[Finding]:
    if not page.refused(index):
        label = vocabulary.label("networks", slug)
        yield page.found(index, "payment", slug, label, network=slug)


def manner(page: Page, index: int, name: str) -> Iterator[Finding]:
    """ "self-pay", "superbill"; somebody without insurance pays herself."""
    if page.wishes[index] in {"not", "avoid", "tried", "absent"}:
        return
    if name == "self_pay":
        yield page.found(index, "payment", "self-pay", "Self-pay", payer="self-pay")
    else:
        yield page.found(index, "payment", name, LABELS[name], **{name: True})


def fee(page: Page, index: int) -> Finding | None:
    """ "$150", "max 200", "180 per session"; of "$100-150" the higher."""
    word = page.words.plain[page.marks[index].first]
    if not is_money(page, index) or not word.isdigit() or int(word[:6]) not in FEES:
        return None
    most = max(int(word), upper_end(page, index))
    return page.found(index, "payment", str(most), f"≤${most}", max_fee=most)


def is_money(page: Page, index: int) -> bool:
    first, before, after = (
        page.marks[index].first,
        page.before(index, 1),
        page.after(index),
    )
    unit = after.says("unit") if after else ""
    if unit not in {"", "dollar"} or (after and after.says("age_noun")):
        return False
    limited = bool(before and before.says("limit") == "money")
    return limited or unit == "dollar" or page.words.at(first - 1) == "$"


def upper_end(page: Page, index: int) -> int:
    after = page.after(index, far=2)
    if after is None:
        return 0
    number = page.words.plain[after.first]
    between = page.words.text[
        page.words.ends[page.marks[index].first] : page.words.starts[after.first]
    ]
    ranged = between.strip(" $").lower() in RANGES
    return int(number) if ranged and number.isdigit() and int(number[:6]) in FEES else 0
