"""Days and parts of the day as they stand beside each other, as weekly slots."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from network.clinicians.reading.page import Finding

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("morning", "midday", "afternoon", "evening")
WEEK = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)
TOGETHER = 1
"""How many words may stand between "evenings" and the days it is said of."""


@dataclass(slots=True)
class Block:
    """ "Tue & Thu evenings": days and parts that belong together."""

    days: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    last: int = 0

    def takes(self, finding: Finding) -> bool:
        if finding.value["days"] and self.parts:
            near = finding.first - self.last <= TOGETHER and not finding.value["apart"]
            return near and not self.days
        return True

    def add(self, finding: Finding) -> None:
        self.days += finding.value["days"]
        self.parts += finding.value["parts"]
        self.last = finding.last

    def slots(self) -> Iterable[str]:
        for day in self.days or DAYS:
            for part in self.parts or PARTS:
                yield f"{day}-{part}"


def openings_of(found: list[Finding]) -> dict[str, Any]:
    part: dict[str, Any] = {}
    weeks = [
        each.value["within_weeks"] for each in found if "within_weeks" in each.value
    ]
    if weeks:
        part["within_weeks"] = min(weeks)
    if slots := slots_of(found):
        part["slots"] = slots
    must = any(each.wish == "must" for each in found)
    return {**part, "wish": "must" if must else "prefer"} if part else {}


def slots_of(found: list[Finding]) -> list[str]:
    timed = [each for each in found if "days" in each.value]
    wanted = asked([each for each in timed if not each.value["refused"]])
    refused = asked([each for each in timed if each.value["refused"]])
    if not refused:
        return [slot for slot in WEEK if slot in wanted]
    return [
        slot for slot in WEEK if slot in (wanted or {*WEEK}) and slot not in refused
    ]


def asked(found: Iterable[Finding]) -> set[str]:
    blocks: list[Block] = []
    for each in found:
        if not blocks or not blocks[-1].takes(each):
            blocks.append(Block())
        blocks[-1].add(each)
    return {slot for block in blocks for slot in block.slots()}
