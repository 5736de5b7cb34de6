"""From typed words to criteria: what is clear is added, what is not is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from network.clinicians import vocabulary
from network.clinicians.forms.find_chips import with_term
from network.clinicians.forms.find_criteria import CRITERIA, MANY, Criterion
from network.clinicians.reading import Reading
from network.clinicians.reading.answer import Identifier, Question, Span

Need = Mapping[str, Any]
Asked = dict[str, Any]

# Below it a term is asked for, not searched with.
SURE = 0.5
LONGEST_NAME = 60
IDENTIFIER_WORDS = {
    "NAME": "a name",
    "DATE": "a date",
    "PHONE": "a phone number",
    "EMAIL": "an e-mail address",
    "SSN": "a social security number",
    "ID": "a number that identifies",
    "ADDRESS": "an address",
    "URL": "a web address",
}


@dataclass
class Typed:
    """What the boxes “add a …” of the form came to."""

    need: dict[str, Any]
    questions: list[Asked] = field(default_factory=list)
    errors: dict[str, list[str]] = field(default_factory=dict)


def with_typed_terms(need: Need, data: QueryDict) -> Typed:
    typed = Typed(dict(need))
    for criterion in MANY:
        if words := data.get(f"{criterion.name}-add", "").strip():
            _add(typed, criterion, words)
    return typed


def _add(typed: Typed, criterion: Criterion, words: str) -> None:
    found = vocabulary.resolve(words, (criterion.vocabulary,))
    if not found.choices:
        message = f"Nothing in the list is called “{words[:40]}”."
        typed.errors.setdefault(criterion.name, []).append(message)
    elif found.ask and len(found.choices) > 1:
        typed.questions.append(_which(criterion, words, found))
    else:
        term = found.choices[0].term.slug
        typed.need = with_term(typed.need, criterion.name, term)


def _which(criterion: Criterion, words: str, found: vocabulary.Resolution) -> Asked:
    choices = [
        {"field": criterion.name, "term": one.term.slug, "label": one.term.label}
        for one in found.choices
    ]
    return {"words": words[:40], "wish": "prefer", "choices": choices}


def sure_need(reading: Reading) -> dict[str, Any]:
    """The need without those terms that are no more than a guess."""
    guessed = {(one.field, one.term) for one in _guesses(reading)}
    return {
        name: [one for one in value if (name, _key(one)) not in guessed]
        if isinstance(value, (list, tuple))
        else value
        for name, value in reading.need.items()
    }


def _guesses(reading: Reading) -> list[Span]:
    return [
        span
        for span in reading.spans
        if span.certainty < SURE and span.field in CRITERIA
    ]


def questions_of(text: str, reading: Reading) -> list[Asked]:
    """What the text leaves open; a guess is asked without its words."""
    guesses = [
        {"field": one.field, "term": one.term, "label": one.label}
        for one in _guesses(reading)
    ]
    maybe = {"words": "", "wish": "prefer", "choices": guesses}
    return [
        *(_asked(text, each) for each in reading.ask),
        *([maybe] if guesses else []),
    ]


def _asked(text: str, question: Question) -> Asked:
    span = question.span
    return {
        "words": text[span.start : span.end],
        "wish": span.wish or "prefer",
        "choices": [
            {"field": one.field, "term": one.term, "label": one.label}
            for one in question.choices
            if one.term is None or one.field in CRITERIA
        ],
    }


def answered(need: Need, question: Asked, choice: int) -> dict[str, Any]:
    """The need with the chosen meaning; “none of these” changes nothing."""
    meant = question["choices"][choice]
    if meant["term"] is None:
        return dict(need)
    return with_term(need, meant["field"], meant["term"], question["wish"])


def notes_of(text: str, reading: Reading) -> list[str]:
    """Where what was understood reads otherwise than what was written."""
    return list(dict.fromkeys(_notes(text, reading)))


def _notes(text: str, reading: Reading) -> Iterator[str]:
    for span in reading.spans:
        written = text[span.start : span.end]
        if span.field == "age_group" or _is_respelt(span, written):
            yield f"“{written}” became {span.label}"
        elif SURE <= span.certainty < 1 and not _names(span, written):
            yield f"{span.label} is a guess from what was described"


def _is_respelt(span: Span, written: str) -> bool:
    return (
        SURE <= span.certainty < 1 and _names(span, written) and not _is(span, written)
    )


def _names(span: Span, written: str) -> bool:
    """Whether the words, perhaps misspelt, are a name of the term."""
    criterion = CRITERIA.get(span.field)
    if criterion is None or len(written) > LONGEST_NAME:
        return False
    found = vocabulary.resolve(written, (criterion.vocabulary,)).best
    return found is not None and found.term.slug == span.term


def _is(span: Span, written: str) -> bool:
    """Whether they are written just as the vocabulary has them."""
    term = vocabulary.term(CRITERIA[span.field].vocabulary, span.term)
    names = (term.label, *term.synonyms, *term.abbreviations)
    return written.lower() in {name.lower() for name in names}


def identifier_kinds(reading: Reading) -> list[str]:
    """“a name”, “a phone number”: what stood in the text, without its words."""
    return list(dict.fromkeys(_kind(found) for found in reading.identifiers))


def identifier_words(text: str, reading: Reading) -> list[str]:
    """The words themselves: for the answer to the one who wrote them, never kept."""
    found = (text[one.start : one.end] for one in reading.identifiers)
    return list(dict.fromkeys(found))


def _kind(found: Identifier) -> str:
    return IDENTIFIER_WORDS.get(found.label, "something that identifies")


def merged(need: Need, more: Need) -> dict[str, Any]:
    """Lists grow term by term, groups of fields fill up, all else is said anew."""
    result = dict(need)
    for name, value in more.items():
        result[name] = _joined(result.get(name), value)
    return result


def _joined(old: Any, new: Any) -> Any:
    if isinstance(old, list) and isinstance(new, list):
        told = {_key(one) for one in new}
        return [*(one for one in old if _key(one) not in told), *new]
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **new}
    return new


def _key(given: Any) -> Any:
    if isinstance(given, dict):
        return given.get("term") or given.get("axis")
    return given
