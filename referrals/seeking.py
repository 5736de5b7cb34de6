"""Who is looked up for a client: hashes, sealed with the words of the case."""

import json
from dataclasses import dataclass, field

from referrals.models import Referral, Sought
from referrals.sealed import key_of, opened, seal


@dataclass
class Known:
    """People by what they are known again by, each with what is compared; and with
    whom the sender has talked since the last of them was named.
    """

    people: dict[int, list[int]] = field(default_factory=dict)
    talked: set[int] = field(default_factory=set)

    def add(self, people: dict[int, list[int]]) -> None:
        """Of somebody new nobody has talked yet."""
        if people.keys() - self.people.keys():
            self.talked.clear()
        self.people.update(people)


def known_of(referral: Referral) -> Known:
    sought = Sought.objects.filter(referral=referral).first()
    text = opened([sought])[0] if sought else ""
    if not text:
        return Known()
    said = json.loads(text)
    people = {int(one): hashes for one, hashes in said["people"].items()}
    return Known(people, set(said["talked"]))


def sealed_known(referral: Referral, known: Known) -> Sought:
    """Not saved yet."""
    row = Sought.objects.filter(referral=referral).first()
    sought = row or Sought(referral=referral)
    sought.people = len(known.people)
    said = {"people": known.people, "talked": sorted(known.talked)}
    seal(sought, json.dumps(said), key_of(referral))
    return sought
