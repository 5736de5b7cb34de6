"""Names that look like what was typed, for when no profile has the words."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import connection

from network.clinicians.matching.layout import word_tag
from network.clinicians.matching.search import Search
from network.clinicians.matching.words import words

_KNOWN = """
SELECT EXISTS (SELECT FROM clinicians_listing WHERE visible AND tags @> %s)
"""
_ALIKE = """
SELECT clinician_id FROM clinicians_listingcard WHERE %s <%% plain_name
ORDER BY word_similarity(%s, plain_name) DESC, clinician_id LIMIT 200
"""


def forgive(search: Search) -> Search:
    """The same search, by similar names if nobody at all has the words."""
    text = words(search.need.text)
    if not text or _is_known(text):
        return search
    typed = " ".join(text)
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, [typed, typed])
        alike = tuple(row[0] for row in cursor.fetchall())
    return replace(search, alike=alike)


def _is_known(text: Sequence[str]) -> bool:
    """Whether any visible profile has all the words, whatever else is asked."""
    tags = [word_tag(word) for word in text]
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [tags])
        return bool(cursor.fetchone()[0])
