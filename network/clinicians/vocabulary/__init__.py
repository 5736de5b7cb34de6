"""The controlled lists of the network, and the one way from typed words to terms."""

from network.clinicians.vocabulary.ambiguities import (
    Ambiguity,
    AmbiguousChoice,
    ambiguities,
)
from network.clinicians.vocabulary.index import Meaning, needs_capitals, phrases
from network.clinicians.vocabulary.loading import LISTS
from network.clinicians.vocabulary.normalise import Token, normalise, tokens
from network.clinicians.vocabulary.resolve import Choice, Resolution, resolve
from network.clinicians.vocabulary.terms import (
    Term,
    groups,
    label,
    slugs,
    term,
    terms,
)

__all__ = [
    "LISTS",
    "Ambiguity",
    "AmbiguousChoice",
    "Choice",
    "Meaning",
    "Resolution",
    "Term",
    "Token",
    "ambiguities",
    "groups",
    "label",
    "needs_capitals",
    "normalise",
    "phrases",
    "resolve",
    "slugs",
    "term",
    "terms",
    "tokens",
]
