"""Keeping words under the key of their case, and losing them with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from messaging.guarding import findings, is_high
from network.activity.actors import Actor
from network.clinicians.models import Clinician
from network.privacy.actions import destroy_keys
from referrals.models import Offer, Packet, Passage, Referral
from referrals.sealed import key_of, seal

LONGEST = 8_000
Kind = Passage.Kind


class TellingWordsError(ValueError):
    """They tell who somebody is, and no reason was given."""


@dataclass(frozen=True)
class Words:
    """With the reason for which they may tell who somebody is, where they do."""

    text: str
    guard_reason: str = ""


def say(
    referral: Referral, kind: Kind, text: str, offer: Offer | None = None
) -> Passage:
    """Belongs to the transaction of a step. What a referral says once is replaced."""
    once = {Kind.NEED, Kind.CRITERIA}
    known = referral.passages.filter(kind=kind).first() if kind in once else None
    passage = known or Passage(referral=referral, kind=kind, offer=offer)
    seal(passage, text, key_of(referral))
    passage.save()
    return passage


def tells(text: str, author: Clinician) -> int:
    """How many things in it tell by themselves who somebody is."""
    found = findings(text, author)
    return sum(is_high([one]) for one in found)


def guarded(words: Words, author: Clinician | None) -> str:
    """The words themselves, if they may go out."""
    if author and not words.guard_reason and tells(words.text, author):
        raise TellingWordsError
    return words.text


def forget(referral: Referral, *, by: Actor, why: str) -> None:
    """No backup tells what was written; the packet goes too, whose files are large."""
    Packet.objects.filter(referral=referral).delete()
    destroy_keys(referral.scope, by=by, why=why)


def in_words(said: Mapping[str, object]) -> str:
    """Of arguments, for the fingerprint of a step."""
    return "\0".join(f"{name}={value}" for name, value in sorted(said.items()))
