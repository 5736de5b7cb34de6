"""What is wanted, and what was tried or refused: how far each such word reaches.

Forward words ("no", "tried", "needs") hold until their clause ends; backward ones
("didn't help", "preferred") for what was said just before, in the same clause.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from network.clinicians.reading.lexicon import LISTS, grammar
from network.clinicians.reading.marks import Mark
from network.clinicians.reading.words import SIGNS, Words
from network.clinicians.vocabulary.normalise import fold

CRITERIA = LISTS | {
    "ambiguous", "age_group", "participants", "gender", "mode", "format", "day",
    "part", "weeks", "payment", "acuity", "kind", "style", "digits", "own", "place",
}  # fmt: skip
FORWARD = frozenset({
    "not", "without", "avoid", "tried", "liked", "absent", "unsure", "prefer", "must",
    "need",
})  # fmt: skip
BACKWARD = {"failed": "tried", "helped": "liked", "prefer": "prefer", "must": "must"}
LONGEST_LIST = 16
"""So many marks ahead or back are looked at, however long the text is."""
REACH = {"not": 5, "without": 3, "absent": 5, "unsure": 4, "avoid": 7}
FARTHEST, BACK = 9, 6
COMMAS = frozenset({"comma", "close"})
HOLD = frozenset({"must", "prefer", "tried"})
"""These hold for their whole clause; a refusal only for more of the same."""
REFUSABLE = frozenset({"want", "need", "prefer", "tried", "liked"})
""" "does not want", "doesn't need": the refusal goes on."""
JOINTS = {"tried": {"and", "or", "close"}, "avoid": {"and", "or"}}
"""What shows that a list went on: its last joint, or the end of the bracket."""


def wishes_of(words: Words, marks: list[Mark]) -> list[str]:
    """For each mark what was said of it: "not", "tried", "must", … or nothing."""
    sweep = Sweep(words, marks, [""] * len(marks))
    for index, mark in enumerate(marks):
        sweep.step(index, mark)
    return sweep.wishes


@dataclass(slots=True)
class Sweep:
    words: Words
    marks: list[Mark]
    wishes: list[str]
    cue: str = ""
    anchor: int = 0
    """The word from which the cue still has to reach its next criterion."""
    reached: frozenset[str] = frozenset()
    """The kinds of the first criterion that the cue reached."""

    def step(self, index: int, mark: Mark) -> None:
        if cue := mark.says("cue"):
            self.hear(index, mark, cue)
        elif pause := mark.says("pause"):
            ends = pause in COMMAS and not self.runs_on(index)
            if pause == "stop" or ends:
                self.cue = ""
        elif self.cue and criterion(mark):
            self.reach(index, mark)

    def hear(self, index: int, mark: Mark, cue: str) -> None:
        cues = {meaning.value for meaning in mark.meanings if meaning.kind == "cue"}
        backward, forward = cues & BACKWARD.keys(), cues & FORWARD
        if cue in REFUSABLE and self.cue == "not" and self.anchor == mark.first:
            self.anchor = mark.last
        elif cue == "only":
            self.only(index, mark)
        elif backward and not (forward and self.leads_on(index)):
            self.reach_back(index, BACKWARD[min(backward)])
            self.cue = ""
        else:
            self.start(mark, min(forward, default=""))

    def start(self, mark: Mark, cue: str) -> None:
        self.cue, self.anchor, self.reached = cue, mark.last, frozenset()

    def only(self, index: int, mark: Mark) -> None:
        """Behind "evenings only", ahead in "only evenings"."""
        before = self.marks[index - 1] if index else mark
        if before.last == mark.first and criterion(before):
            self.wishes[index - 1] = "must"
            self.cue = ""
        else:
            self.start(mark, "must")

    def reach(self, index: int, mark: Mark) -> None:
        more = not self.reached or self.cue in HOLD or self.is_more(mark)
        if not more or not self.in_reach(mark):
            self.cue = ""
            return
        self.wishes[index] = self.cue
        self.anchor = mark.last
        self.reached = self.reached or frozenset(kinds_of(mark))

    def in_reach(self, mark: Mark) -> bool:
        between = self.words.plain[self.anchor : mark.first]
        gap = [word for word in between if word not in SIGNS]
        if self.cue in {"not", "without"} and not FILLERS.issuperset(gap):
            return False
        return len(gap) <= REACH.get(self.cue, FARTHEST)

    def runs_on(self, index: int) -> bool:
        """Whether the comma stands in a list that goes on: "no CBT, DBT or EMDR"."""
        if not self.reached or self.cue in {"must", "prefer", "need"}:
            return False
        end = self.marks[index].first
        for at, mark in enumerate(self.marks[index : index + LONGEST_LIST], index):
            pause = mark.says("pause")
            other = criterion(mark) and not self.is_more(mark)
            if mark.first != end or pause == "stop" or other:
                return False
            if pause in JOINTS.get(self.cue, {"or"}):
                return pause == "close" or self.follows(at)
            end = mark.last
        return False

    def follows(self, joint: int) -> bool:
        after = self.marks[joint + 1 : joint + 2]
        return any(map(self.is_more, after))

    def is_more(self, mark: Mark) -> bool:
        """More of the kind that the cue reached first."""
        return not self.reached.isdisjoint(kinds_of(mark))

    def leads_on(self, index: int) -> bool:
        """Whether a criterion follows in the same clause, near enough to be meant."""
        end = self.marks[index].last
        for mark in self.marks[index + 1 : index + LONGEST_LIST]:
            if mark.says("pause") or mark.says("cue"):
                return False
            if criterion(mark):
                return mark.first - end <= BACK
        return False

    def reach_back(self, index: int, wish: str) -> None:
        end, far, oxford = self.marks[index].first, BACK, False
        for at in range(index - 1, max(index - LONGEST_LIST, -1), -1):
            mark = self.marks[at]
            pause = mark.says("pause")
            if self.stops(mark, end - far) or (
                pause == "comma" and not (far or oxford)
            ):
                return
            if criterion(mark):
                self.wishes[at], far = wish, 0
            oxford = oxford or (bool(pause) and self.is_comma(at - 1, mark.first))
            end = mark.first

    @staticmethod
    def stops(mark: Mark, nearest: int) -> bool:
        ends = mark.says("pause") == "stop" or mark.says("cue") in {"but", "want"}
        return ends or mark.last < nearest

    def is_comma(self, at: int, end: int) -> bool:
        return (
            at >= 0
            and self.marks[at].last == end
            and self.marks[at].says("pause") in COMMAS
        )


def criterion(mark: Mark) -> str:
    """The kind of criterion that a mark may be; empty for the words between."""
    return next(kinds_of(mark), "")


def kinds_of(mark: Mark) -> Iterator[str]:
    for kind, value in mark.meanings:
        if kind == "alone":
            yield value.partition("/")[0]
        elif kind == "ambiguous":
            yield from ("approaches", "specialties")
        elif kind in CRITERIA:
            yield kind


FILLERS = frozenset(map(fold, grammar()["filler"]["small"]))
