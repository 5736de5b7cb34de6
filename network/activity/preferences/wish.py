"""What the link of a mail may change, without a sign-in, and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from network.activity.models import Preferences
from network.activity.preferences.timing import SECURITY, cadence_of

SALT = "a wish about mail"
NEVER = Preferences.Cadence.NEVER


@dataclass(frozen=True)
class Wish:
    """Of one person, by her public id: how often about which kinds of events."""

    person: UUID
    cadences: Mapping[str, str]

    @property
    def token(self) -> str:
        return signing.dumps([str(self.person), dict(self.cadences)], salt=SALT)

    @property
    def is_to_end(self) -> bool:
        return set(self.cadences.values()) == {NEVER}

    def undone(self, preferences: Preferences) -> "Wish":
        """What leads back to how it is now."""
        before = {kind: cadence_of(preferences, kind).value for kind in self.cadences}
        return Wish(self.person, before)


def to_end(person: UUID, kinds: Iterable[str]) -> Wish | None:
    """No mail of these kinds any more; nothing ends what concerns the way in."""
    ending = dict.fromkeys(sorted(set(kinds) - SECURITY), NEVER.value)
    return Wish(person, ending) if ending else None


def read_wish(token: str) -> Wish | None:
    try:
        person, cadences = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Wish(UUID(person), cadences)
