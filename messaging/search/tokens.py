"""What stands for the words of a body in the database: numbers that its key makes."""

from itertools import islice

from messaging.search.words import telling, words_in
from network.privacy.data_keys import DataKey

MOST = 600  # of one body; more different words than an essay of its length has
Tokens = tuple[int, ...]


def tokens_of(text: str, key: DataKey) -> Tokens:
    """In no order that tells anything of the text."""
    stems = islice(telling(words_in(text)), MOST)
    return tuple(sorted(key.blind(stems)))
