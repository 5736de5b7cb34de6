"""The check for conflicts: blind, on names that are not kept."""

from collections.abc import Mapping, Sequence
from uuid import uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.clinicians.actions.conflicts import ask_names, look_for_overlaps
from network.clinicians.conflicts.hashes import hash_said
from network.clinicians.conflicts.people import Named
from referrals.acting import By
from referrals.actions.arriving import release_identity
from referrals.actions.stepping import (
    Click,
    Move,
    ReusedKeyError,
    begin,
    finish,
    lock_first,
)
from referrals.events import ReferralEvent
from referrals.machine.words import O
from referrals.models import Conflict, Offer, Referral, Sought
from referrals.permissions import allowed
from referrals.seeking import Known, known_of, sealed_known

Answers = Mapping[int, Conflict]
# The others have been asked: whoever is chosen is looked at once more.
LOOKED_AT = frozenset({O.QUEUED, O.SELECTED})


@transaction.atomic
def check_names(
    referral: Referral, names: Sequence[Named] = (), *, by: By, click: Click
) -> None:
    """Those that are given now, and those of before. Without any, nobody is looked up;
    what was talked over stays so.
    """
    lock_first(by)
    move = begin("check", referral, by, click, words=f"names={len(names)}")
    if move is None:
        _were_asked(referral, names)
        return

    known = _known(move.referral, names)
    answers = _answers(move.offers, known)
    _keep(move.offers, answers)

    _finish(move, answers, len(known.people))


@transaction.atomic
def talk_over(offer: Offer, *, by: By, click: Click) -> None:
    """She has called, and nothing stands against it."""
    move = begin("check", offer.referral, by, click, words=f"talked={offer.pk}")
    if move is None:
        return
    if offer.pk not in {one.pk for one in move.offers if _is_open(one)}:
        raise PermissionDenied("there is nothing to talk over")

    known = known_of(move.referral)
    known.talked.add(offer.receiver_id or 0)
    sealed_known(move.referral, known).save()
    answers = {offer.pk: Conflict.TALKED_OVER}
    _keep(move.offers, answers)

    _finish(move, answers, len(known.people))


def hand_over(
    referral: Referral, names: Sequence[Named] = (), *, by: By, click: Click
) -> None:
    """Looked through once more, in a transaction of its own: what is found stays found
    when the release is refused on its account.
    """
    is_sought = bool(names) or Sought.objects.filter(referral=referral).exists()
    if is_sought and "release_identity" in allowed(by, referral):
        before = Click(uuid5(click.key, "check"), click.seen)
        check_names(referral, names, by=by, click=before)
        referral.refresh_from_db(fields=["version"])
        click = Click(click.key, referral.version)
    release_identity(referral, by=by, click=click)


def _were_asked(referral: Referral, names: Sequence[Named]) -> None:
    """The step keeps no name, so those who are known say whether it was this one."""
    known = known_of(referral).people if names else {}
    if any(hash_said(one) not in known for one in names):
        raise ReusedKeyError


def _known(referral: Referral, names: Sequence[Named]) -> Known:
    known = known_of(referral)
    if names:
        known.add(ask_names(referral.sender, names))
        sought = sealed_known(referral, known)
        sought.changed_at = timezone.now()
        sought.save()
    return known


def _answers(offers: Sequence[Offer], known: Known) -> dict[int, Conflict]:
    looked_at = [one for one in offers if one.state in LOOKED_AT]
    if not known.people:
        unchecked = [one for one in looked_at if one.conflict == Conflict.UNCHECKED]
        return dict.fromkeys((one.pk for one in unchecked), Conflict.UNNAMED)
    owners = {one.receiver_id for one in looked_at if one.receiver_id}
    overlaps = look_for_overlaps(known.people, owners)
    return {one.pk: _answer(one.receiver_id, overlaps, known) for one in looked_at}


def _answer(receiver: int | None, overlaps: set[int], known: Known) -> Conflict:
    if receiver is None:
        return Conflict.OUTSIDE
    if receiver not in overlaps:
        return Conflict.NONE_FOUND
    return Conflict.TALKED_OVER if receiver in known.talked else Conflict.POSSIBLE


def _keep(offers: Sequence[Offer], answers: Answers) -> None:
    for offer in offers:
        if offer.pk in answers:
            offer.conflict = answers[offer.pk]
            offer.save(update_fields=["conflict"])


def _is_open(offer: Offer) -> bool:
    return offer.conflict == Conflict.POSSIBLE


def _finish(move: Move, answers: Answers, people: int) -> None:
    said = list(answers.values())
    counts = {str(one): said.count(one) for one in Conflict if one in said}
    finish(move, ReferralEvent.CHECKED, detail={"people": people, **counts})
