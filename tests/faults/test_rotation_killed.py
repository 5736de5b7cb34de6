"""A rotation is killed again and again, and all is sealed by the new key at the end."""

from collections.abc import Iterator

import psycopg
import pytest

from config.servers import SUPERUSER
from network.privacy.keys import new_key
from tests.faults.installation import Installation, installed

pytestmark = pytest.mark.fault
TEXTS, KEYS = 400, 120
HALF = 100  # sealed anew by the time that it is killed
MANY = f"""
import uuid
from datetime import date
from network.privacy.data_keys import key_for
from network.privacy.models import ReasonWords
ReasonWords.objects.bulk_create(
    ReasonWords(event_id=uuid.uuid4(), words=str(n)) for n in range({TEXTS})
)
for n in range({KEYS}):
    key_for(f"conversation:{{n}}", date(2026, 11, 1))
"""
ALL_WORDS = """
from network.privacy.models import ReasonWords
words = [row.words for row in ReasonWords.objects.order_by("pk")]
print(words == [str(n) for n in range(len(words))], len(words))
"""


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("rotation")) as running:
        running.does(MANY)
        yield running


NEXT = """
SELECT id FROM privacy_reasonwords
WHERE id = (SELECT id FROM privacy_reasonwords ORDER BY id OFFSET %s LIMIT 1)
FOR UPDATE
"""


def killed_before(there: Installation, row: int) -> list[str]:
    """However quick it is: somebody else holds that row until then."""
    with psycopg.connect(there.place.database_url(SUPERUSER)) as holding:
        holding.execute(NEXT, [row])
        process = there.start("-u", "manage.py", "keys", "rotate")
        assert process.stdout
        said = [process.stdout.readline().strip() for _ in range(HALF // 50)]
        process.kill()
        process.communicate()
    return said


def test_killed_in_the_middle_it_goes_on_where_it_was(there: Installation) -> None:
    new, old = new_key("second"), there.ring
    both, only_new = there.with_ring(new, old), there.with_ring(new)

    for time in range(3):
        said = killed_before(both, HALF * (time + 1))
        assert said[0] == "50 sealed anew, now in privacy_reasonwords.words"
        # Half moved, and nothing is lost meanwhile.
        assert both.does(ALL_WORDS) == f"True {TEXTS}"
        assert "ring first:" in both.manage("keys", "list")
    assert "does not open" in only_new.manage("keys", "verify", code=1)

    last = both.manage("keys", "rotate").splitlines()[-1]

    done = int(last.removesuffix(" were not").rpartition(" ")[2])
    assert last.startswith("all is sealed by second; ")
    assert done == TEXTS + KEYS - 3 * HALF
    assert (
        both.manage("keys", "rotate").strip() == "all is sealed by second; 0 were not"
    )
    listed = only_new.manage("keys", "list")
    assert "MISSING" not in listed
    assert f"privacy_reasonwords.words {TEXTS}" in listed
    assert f"keystore_wrappedkey.wrapped {KEYS}" in listed
    verified = only_new.manage("keys", "verify")
    assert f"privacy_reasonwords.words: {TEXTS} open, 0 do not" in verified
    assert f"keystore_wrappedkey.wrapped: {KEYS} open, 0 do not" in verified
    assert only_new.does(ALL_WORDS) == f"True {TEXTS}"

    # The old key is useless: it opens nothing that is there.
    alone = there.with_ring(old).manage("keys", "verify", code=1)
    assert "privacy_reasonwords.words: 0 open" in alone
    assert "keystore_wrappedkey.wrapped: 0 open" in alone
