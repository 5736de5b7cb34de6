"""Who pays, and how much."""

from collections.abc import Iterator

from network.clinicians import vocabulary
from network.clinicians.reading.page import Finding, Page

FLAGS = {"sliding-scale": "sliding_scale", "pro-bono": "sliding_scale",
         "out-of-network": "superbill"}  # fmt: skip
LABELS = {"sliding_scale": "sliding scale", "superbill": "out of network"}
FEES = range(10, 2001)


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
    """ "$150", "max 200", "180 per session"."""
    mark, before, after = page.marks[index], page.before(index, 1), page.after(index)
    word = page.words.plain[mark.first]
    if after and (after.says("age_noun") or after.says("unit") not in {"", "dollar"}):
        return None
    money = any((
        page.words.at(mark.first - 1) == "$",
        before and before.says("limit") == "money",
        after and after.says("unit") == "dollar",
    ))  # fmt: skip
    if not money or not word.isdigit() or int(word[:6]) not in FEES:
        return None
    return page.found(index, "payment", word, f"≤${int(word)}", max_fee=int(word))
