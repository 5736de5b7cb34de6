"""Who is in the room, and which clinician the client wishes for.

Gender, community and faith count only as a stated wish about the clinician: that the
client is a woman, or Muslim, says nothing about whom she would like to see.
"""

from collections.abc import Iterator

from network.clinicians import vocabulary
from network.clinicians.reading.page import ENDS, Finding, Page

NEAR = 4
"""How many words may stand between "Black" and "therapist"."""
SPOKEN_BEFORE = frozenset({"in", "speak", "speaking", "fluent", "bilingual", "spoken"})


def participants(page: Page, index: int, slug: str) -> Iterator[Finding]:
    if not page.refused(index):
        label = vocabulary.label("participants", slug)
        yield page.found(index, "participants", slug, label)


def gender(page: Page, index: int, slug: str) -> Iterator[Finding]:
    if not page.refused(index) and of_the_clinician(page, index):
        yield page.found(index, "gender", slug, vocabulary.label("genders", slug))


def community(page: Page, index: int, slug: str) -> Iterator[Finding]:
    if not page.refused(index) and (
        of_the_clinician(page, index) or welcomed(page, index)
    ):
        label = vocabulary.label("communities", slug)
        yield page.found(index, "communities", slug, label)


def faith(page: Page, index: int, slug: str) -> Iterator[Finding]:
    if not page.refused(index) and (
        of_the_clinician(page, index) or welcomed(page, index)
    ):
        yield page.found(index, "faith", slug, vocabulary.label("faiths", slug))


def secular(page: Page, index: int, _: str) -> Iterator[Finding]:
    """ "no religious counselors", "not religious"."""
    if clinician_follows(page, index) or page.alone(index):
        label = vocabulary.label("faiths", "secular")
        yield page.found(index, "faith", "secular", label)


def language(page: Page, index: int, slug: str) -> Iterator[Finding]:
    """A must, unless another will do as well: "Spanish or English"."""
    if page.refused(index) or not is_spoken(page, index):
        return
    mark = page.marks[index]
    label = vocabulary.label("languages", slug)
    found = page.found(index, "languages", slug, label)
    either = "or" in {page.words.at(mark.first - 1), page.words.at(mark.last)}
    yield found.with_wish("prefer", found.certainty) if either else found


def is_spoken(page: Page, index: int) -> bool:
    mark = page.marks[index]
    spoken = page.words.at(mark.last) in {"speaking", "speaker", "language"}
    asked = page.words.at(mark.first - 1) in SPOKEN_BEFORE
    return spoken or asked or page.alone(index) or of_the_clinician(page, index)


def of_the_clinician(page: Page, index: int) -> bool:
    """ "a female therapist", "prefers a woman", "someone who is Black"."""
    if clinician_follows(page, index):
        return True
    if follows_age(page, index):
        return False
    return bool(page.strength(index)) or wanted(page, index) or described(page, index)


def clinician_follows(page: Page, index: int) -> bool:
    mark = page.marks[index]
    for later in page.marks[index + 1 :]:
        if later.first - mark.last > NEAR or later.says("pause") in ENDS:
            return False
        if later.says("noun") == "clinician":
            return True
        if any(
            map(later.says, ("noun", "cue", "participants", "age_group", "age_noun"))
        ):
            return False
    return False


def follows_age(page: Page, index: int) -> bool:
    """ "19-year-old woman", "25yo F"."""
    before = page.before(index, far=1)
    return bool(before and any(map(before.says, ("age_noun", "digits", "age_group"))))


def wanted(page: Page, index: int) -> bool:
    before = page.before(index, far=1)
    return bool(before and before.says("cue") == "want")


def described(page: Page, index: int) -> bool:
    """ "a therapist who is Jewish", "therapist: female"."""
    mark, gap = page.marks[index], page.marks[index]
    for earlier in reversed(page.marks[:index]):
        if mark.first - earlier.last > NEAR or earlier.says("pause") == "stop":
            return False
        if earlier.says("noun") == "clinician":
            between = page.words.plain[earlier.last : gap.first]
            return bool({"is", "who", "whos", ":", "be"}.intersection(between))
    return False


def welcomed(page: Page, index: int) -> bool:
    """ "LGBTQ-affirming", "familiar with Orthodox families"."""
    before, after = page.before(index, far=2), page.after(index)
    return bool(after and after.says("relation") == "affirming") or bool(
        before and before.says("relation") == "experience"
    )
