"""Where somebody works, studies or is treated."""

from collections.abc import Iterator

from network.privacy.guard.answer import ORG, Span
from network.privacy.guard.lists import (
    ANY_GIVEN,
    ANY_SURNAME,
    DOING,
    HEAD,
    PLACE,
    ROLE,
    TERM,
    TITLE,
    Lists,
)
from network.privacy.guard.marks import span
from network.privacy.guard.spelling import words_in
from network.privacy.guard.words import Words

LONGEST = 6
LINKS = frozenset({"and", "of", "the", "for", "de"})
SCHOOLS = words_in(
    """school elementary academy college university preschool kindergarten yeshiva
    prep"""
)
CARE = words_in("hospital clinic hospice infirmary medical pediatrics")
FAITH = words_in("church synagogue temple mosque parish seminary")
SMALL_HEADS = words_in("elementary hospital university school college academy")


def orgs(words: Words, known: Lists) -> list[Span]:
    """The longest first, where they overlap."""
    return sorted(found_orgs(words, known), key=lambda one: one.start - one.end)


def found_orgs(words: Words, known: Lists) -> Iterator[Span]:
    for index, kind in enumerate(words.kinds):
        if words.large[index]:
            if kind & HEAD:
                yield from headed(words, known, index)
            if index and words.low[index - 1] in WORK_LASTS:
                yield from worked_at(words, known, index)
        elif kind & HEAD and words.low[index] in SMALL_HEADS:
            yield from headed_small(words, known, index)
        if words.low[index] in known.orgs:
            yield from named_org(words, known, index)


WORK_LASTS = frozenset(
    {"at", "for", "by", "in", "to", "from", "attends", "attended", "en"}
)


def headed(words: Words, known: Lists, index: int) -> Iterator[Span]:
    """ "Denver Neurology Clinic", but not "High School" or "the Clinic"."""
    if (
        words.is_large(index + 1)
        and words.kind(index + 1) & HEAD
        and words.joined(index + 1)
    ):
        return
    first = first_of(words, index)
    while (
        first < index and words.low[first] in known.org_generic and words.begins(first)
    ):
        first += 1
    before = range(first, index)
    specific = [
        each for each in before
        if words.low[each] not in known.org_generic
        and words.low[each] not in LINKS
        and not words.kinds[each] & (DOING | ROLE)
        and (not words.kinds[each] & TERM or words.kinds[each] & PLACE)
    ]  # fmt: skip
    if specific and not (
        words.begins(first) and first == index - 1 and is_plain(words, known, first)
    ):
        yield org(words, first, index + 1)


def is_plain(words: Words, known: Lists, index: int) -> bool:
    return known.is_word(words.low[index]) and not words.kinds[index] & PLACE


def first_of(words: Words, index: int) -> int:
    """Back over what is written large, and the small words between."""
    first = index
    while first > 0 and index - first < LONGEST:
        gap = words.gap(first)
        if gap not in {" ", "-", ". ", "'s ", "’s ", " & "}:
            break
        if gap == ". " and words.low[first - 1] not in {"st", "mt", "ft", "dr"}:
            break
        if words.is_large(first - 1) and not words.kinds[first - 1] & TITLE:
            first -= 1
        elif words.low[first - 1] in LINKS and words.is_large(first - 2):
            first -= 2
        else:
            break
    return first


def headed_small(words: Words, known: Lists, index: int) -> Iterator[Span]:
    """ "at lincoln elementary"."""
    first = index - 1
    while (
        first > 0
        and words.low[first] in known.org_generic
        and words.low[first] not in known.leads
    ):
        first -= 1
    kind = words.kind(first)
    if (
        first >= 0
        and kind & (ANY_SURNAME | ANY_GIVEN | PLACE)
        and not kind & (TERM | ROLE | DOING)
        and not known.is_word(words.at(first))
        and words.at(first - 1) in known.leads
    ):
        yield org(words, first, index + 1)


def worked_at(words: Words, known: Lists, index: int) -> Iterator[Span]:
    """ "works for Okafor": where nothing else says that it is a place of work."""
    if not {words.phrase(index - 2, index), words.phrase(index - 1, index),
            words.phrase(index - 3, index)} & known.work_leads:  # fmt: skip
        return
    last = index
    while last < len(words) and words.is_large(last) and not words.kinds[last] & TERM:
        if last > index and words.gap(last) not in {" ", "-", "'s ", "’s ", " & "}:
            break
        last += 1
    if last > index and not words.kinds[index] & ANY_GIVEN:
        yield org(words, index, last)


def named_org(words: Words, known: Lists, index: int) -> Iterator[Span]:
    for rest, _ in known.orgs[words.low[index]]:
        last = index + 1 + len(rest)
        if tuple(words.low[index + 1 : last]) != rest:
            continue
        if words.is_large(index) and (
            rest
            or words.raw[index].isupper()
            or words.at(index - 1) in {"at", "from", "for", "to"}
        ):
            yield org(words, index, last)
            return


def org(words: Words, first: int, last: int) -> Span:
    return span(
        words.starts[first], words.ends[last - 1], ORG, kind_of(words, first, last)
    )


def kind_of(words: Words, first: int, last: int) -> str:
    said = set(words.low[first:last])
    for heads, rewrite in (
        (SCHOOLS, "a school"),
        (CARE, "a hospital or clinic"),
        (FAITH, "a place of worship"),
    ):
        if said & heads:
            return rewrite
    return "an organisation"
