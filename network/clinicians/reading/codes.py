"""Two letters that may be a state: "NY", but not "in", "or", "me"."""

from functools import cache

from network.clinicians import vocabulary
from network.clinicians.reading.gazetteer import towns
from network.clinicians.reading.words import Words

WORDS = frozenset({"in", "or", "me", "hi", "ok", "oh", "pa", "ma", "la", "id", "as"})
ALSO = WORDS | {"al", "ar", "co", "ct", "de", "fm", "md", "mi", "mo", "mp", "ms", "mt",
                "nd", "pr", "sc", "sd", "va", "vi", "wa"}  # fmt: skip
"""Words and short forms of the trade: Motivational Interviewing, Veterans Affairs."""
LEADS = frozenset({
    "in", "near", "county", "telehealth", "teletherapy", "virtual", "video", "online",
    "of", "remote", "for", "to", "across", "around", "anywhere", "licensed", "from",
})  # fmt: skip
LONGEST_TOWN = 3


@cache
def codes() -> frozenset[str]:
    return frozenset(code.lower() for code in vocabulary.slugs("states"))


def names_state(words: Words, index: int, *, shouted: bool) -> bool:
    """Capitals will do, save for words that mean other things as well."""
    word = words.written(index)
    if words.original(index, index + 1).isupper() and not shouted:
        return word not in ALSO or leads(words, index) or follows_town(words, index)
    if word in WORDS:
        return False
    return (word not in ALSO and leads(words, index)) or follows_town(words, index)


def leads(words: Words, index: int) -> bool:
    following = words.at(index + 1)
    return words.at(index - 1) in LEADS or (len(following) == 5 and following.isdigit())


def follows_town(words: Words, index: int) -> bool:
    """ "Scarsdale NY", "White Plains, NY"."""
    end = index - (words.at(index - 1) == ",")
    state = words.written(index).upper()
    return any(
        state in towns().get(words.original(first, end).lower(), ())
        for first in range(max(end - LONGEST_TOWN, 0), end)
    )
