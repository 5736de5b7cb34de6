"""Who pays, and how much."""

from collections.abc import Iterator
from dataclasses import dataclass

from network.clinicians import vocabulary
from network.clinicians.matching.asked import FULL, Asked, Found, Scene
from network.clinicians.matching.criteria.criterion import Criterion
from network.clinicians.matching.layout import REGIONS, SLIDING_SCALE, SUPERBILL, tag
from network.clinicians.matching.need import PaymentWish, Wished

_FLAGS = REGIONS["flags"]
_SLIDES = f"{_FLAGS.sql(SLIDING_SCALE)} > 0"


@dataclass(frozen=True)
class Payment(Criterion):
    """Every field that is given must hold; the worst of them is the value.

    A sliding scale meets any highest fee, and nothing else.
    """

    def says_something(self, wished: Wished) -> bool:
        given = (getattr(wished, field) for field in _FIELDS)
        return any(one is not None and one is not False for one in given)

    def term(self, wished: Wished) -> str | None:
        return getattr(wished, "payer", None)

    def tags(self, asked: Asked, scene: Scene) -> list[int]:
        pay = asked.wished
        flags = [SUPERBILL] if pay.superbill else []
        if pay.sliding_scale and pay.max_fee is None:
            flags.append(SLIDING_SCALE)
        listed = [tag(name, number) for name, number in _listed(pay)]
        return [*listed, *(tag("flags", number) for number in flags)]

    def must(self, asked: Asked, scene: Scene) -> str:
        return f"{self.value(asked, scene)} = {FULL}"

    def holds(self, asked: Asked, scene: Scene, found: Found) -> bool:
        return self.worth(asked, scene, found) == FULL

    def value(self, asked: Asked, scene: Scene) -> str:
        pay = asked.wished
        terms = [f"{REGIONS[n].sql(number)} * {FULL}" for n, number in _listed(pay)]
        if pay.superbill:
            terms.append(f"{_FLAGS.sql(SUPERBILL)} * {FULL}")
        if pay.max_fee is not None or pay.sliding_scale:
            terms.append(_fee_sql(pay))
        return f"least({', '.join(terms)})"

    def worth(self, asked: Asked, scene: Scene, found: Found) -> int:
        pay, traits = asked.wished, found.row.traits
        values = [REGIONS[n].get(traits, number) * FULL for n, number in _listed(pay)]
        if pay.superbill:
            values.append(_FLAGS.get(traits, SUPERBILL) * FULL)
        if pay.max_fee is not None or pay.sliding_scale:
            values.append(_fee_worth(pay, found))
        return min(values)

    def why(self, asked: Asked, scene: Scene, found: Found) -> str:
        said = ", ".join(_words(asked.wished, found))
        return said[:1].upper() + said[1:]


_FIELDS = ("payer", "plan", "network", "max_fee", "sliding_scale", "superbill")


def _listed(pay: PaymentWish) -> Iterator[tuple[str, int]]:
    for name, slug in (
        ("payers", pay.payer),
        ("payers", pay.plan),
        ("networks", pay.network),
    ):
        if slug:
            yield name, REGIONS[name].number(slug)


def _fee_sql(pay: PaymentWish) -> str:
    if pay.max_fee is None:
        return f"{_FLAGS.sql(SLIDING_SCALE)} * {FULL}"
    most = pay.max_fee
    above = f"{FULL} * greatest(0, {2 * most} - fee) / {max(most, 1)}"
    slides = f"WHEN {_SLIDES} THEN {FULL} " if pay.sliding_scale else ""
    return (
        f"CASE {slides}WHEN fee IS NULL THEN 0 WHEN fee <= {most} THEN {FULL} "
        f"ELSE {above} END"
    )


def _fee_worth(pay: PaymentWish, found: Found) -> int:
    slides = bool(_FLAGS.get(found.row.traits, SLIDING_SCALE))
    if pay.max_fee is None or (pay.sliding_scale and slides):
        return FULL if slides else 0
    fee, most = found.row.fee, pay.max_fee
    if fee is None:
        return 0
    return FULL if fee <= most else FULL * max(0, 2 * most - fee) // max(most, 1)


def _words(pay: PaymentWish, found: Found) -> Iterator[str]:
    traits = found.row.traits
    for name, number, slug in (
        (*pair, slug)
        for pair, slug in zip(
            _listed(pay), filter(None, (pay.payer, pay.plan, pay.network)), strict=True
        )
    ):
        takes = REGIONS[name].get(traits, number)
        verb = "takes" if takes else "does not take"
        yield f"{verb} {vocabulary.label(name, slug)}"
    if pay.superbill:
        gives = _FLAGS.get(traits, SUPERBILL)
        yield "gives superbills" if gives else "superbills not stated"
    if pay.max_fee is not None or pay.sliding_scale:
        yield from _fee_words(pay, found)


def _fee_words(pay: PaymentWish, found: Found) -> Iterator[str]:
    fee = found.row.fee
    if pay.max_fee is not None:
        yield f"fee from ${fee}" if fee is not None else "fee not stated"
    if pay.sliding_scale:
        slides = _FLAGS.get(found.row.traits, SLIDING_SCALE)
        yield "sliding scale" if slides else "no sliding scale"
