"""A referral begins: what is asked for, of whom, and that nobody is paid for it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from network.activity.actors import Actor
from network.activity.recorder import record
from network.clients.models import Client
from network.clinicians.actions.lock import lock
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions.guest_letters import keep_link
from referrals.actions.passages import Kind, forget, in_words, say, tells
from referrals.actions.stepping import (
    Click,
    Move,
    begin,
    fingerprint,
    finish,
    note_step,
    taken_before,
)
from referrals.actions.timers import wind
from referrals.events import ReferralEvent
from referrals.models import GuestLink, Offer, Referral
from referrals.models.guest import LASTS


@dataclass(frozen=True)
class Draft:
    """All of it may be missing, until it is submitted."""

    kind: str
    need: str = ""
    reason: str = ""
    sub_reason: str = ""
    urgency: str = "routine"
    planned_on: date | None = None
    mode: str = "sender_choice"
    jurisdiction: str = ""
    acuity: int | None = None
    # The need of the search, as the search takes it.
    criteria: Mapping[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, Any]:
        said = asdict(self)
        return {name: said[name] for name in said if name not in {"need", "criteria"}}


@dataclass(frozen=True)
class Guest:
    """Who is no member: asked by a link, or by the sender herself."""

    name: str
    email: str = ""
    by_link: bool = True
    # The public id of the entry, of the registry or a member list, that was found.
    listed: UUID | None = None

    @classmethod
    def of(cls, offer: Offer) -> "Guest":
        """As she was put in line."""
        link = GuestLink.objects.filter(offer=offer).first()
        listed = link.listed if link else None
        named = (offer.guest_name, offer.guest_email)
        return cls(*named, by_link=offer.has_link, listed=listed)


@dataclass(frozen=True)
class Attestation:
    """That nobody pays or is paid for it, and what the client knows of it."""

    no_fee: bool
    client_agreed: bool = False
    guard_reason: str = ""


@transaction.atomic
def create_referral(
    client: Client, draft: Draft, *, by: Clinician, key: UUID | None = None
) -> Referral:
    """Of a client of hers; sent twice under one key it is one referral."""
    lock(by)
    rows = Client.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    if rows.filter(pk=client.pk).first() is None:
        raise PermissionDenied("may not create")
    me, said = By.member(by), fingerprint("create", client.pk, in_words(asdict(draft)))
    if key and (known := taken_before(me, key, said)):
        return known.referral

    referral = Referral.objects.create(sender=by, client=client, **draft.columns)
    _write(referral, draft)
    if key:
        note_step(referral, "create", me, key, said)

    record(me.actor, ReferralEvent.BEGUN, referral)
    wind(referral, [])
    return referral


@transaction.atomic
def edit_referral(referral: Referral, draft: Draft, *, by: By, click: Click) -> None:
    """Every save is one; what was ready is a draft again."""
    move = begin("edit", referral, by, click, words=in_words(asdict(draft)))
    if move is None:
        return

    for name, value in draft.columns.items():
        setattr(move.referral, name, value)
    move.referral.attested_at = None
    _write(move.referral, draft)

    finish(move, ReferralEvent.EDITED)


@transaction.atomic
def discard_referral(referral: Referral, *, by: By, click: Click) -> None:
    """A draft only, by mistake or not: it goes with its words, the trail keeps that."""
    if move := begin("discard", referral, by, click):
        _remove(move.referral, by.actor, ReferralEvent.DISCARDED)


@transaction.atomic
def purge_referral(referral: Referral) -> None:
    """By its clock: nobody has touched it for a fortnight."""
    by = By.system()
    if move := begin("purge", referral, by, None):
        _remove(move.referral, by.actor, ReferralEvent.PURGED)


@transaction.atomic
def submit_referral(
    referral: Referral, attestation: Attestation, *, by: By, click: Click
) -> None:
    """The guard has looked; where its words tell who it is, there is a reason."""
    attested = {"attested"} if attestation.no_fee else set()
    reasoned = {"guarded"} if attestation.guard_reason else set()
    said, words = frozenset(attested | reasoned), in_words(asdict(attestation))
    move = begin("submit", referral, by, click, said=said, words=words)
    if move is None:
        return

    now = timezone.now()
    move.referral.guard_reason = attestation.guard_reason
    move.referral.attested_at = now
    move.referral.client_agreed_at = now if attestation.client_agreed else None

    finish(move, ReferralEvent.SUBMITTED)


@transaction.atomic
def shortlist(
    referral: Referral,
    people: Sequence[Clinician | Guest],
    *,
    by: By,
    click: Click,
) -> None:
    """Whoever is to be asked, in this order; who was on it before is not any more."""
    words = in_words({str(place): one for place, one in enumerate(people)})
    move = begin("shortlist", referral, by, click, words=words)
    if move is None:
        return

    queued = [one for one in move.offers if one.state == "queued"]
    Offer.objects.filter(pk__in=[one.pk for one in queued]).delete()
    move.offers = [one for one in move.offers if one not in queued]
    add_offers(move, people)

    finish(move, ReferralEvent.SHORTLISTED, detail={"people": len(people)})


def add_offers(move: Move, people: Sequence[Clinician | Guest]) -> list[Offer]:
    """Whom the sender may see, once each."""
    me = move.referral.sender
    members = [one.pk for one in people if isinstance(one, Clinician)]
    seen = Clinician.objects.visible_to(me).verified().exclude(pk=me.pk)
    if seen.filter(pk__in=members).count() != len(set(members)):
        raise PermissionDenied("may not ask somebody who is not there")
    asked = {one.receiver_id for one in move.offers if one.is_readable}
    if asked.intersection(members) or len(members) != len(set(members)):
        raise PermissionDenied("is asked already")

    first = len(move.offers)
    added = [_offer(move, one, first + n) for n, one in enumerate(people)]
    move.offers += added
    return added


def _offer(move: Move, person: Clinician | Guest, place: int) -> Offer:
    offer = Offer(referral=move.referral, place=place)
    if isinstance(person, Clinician):
        offer.receiver = person
    else:
        offer.guest_name, offer.guest_email = person.name, person.email
        lasts = timezone.now() + LASTS
        offer.link_expires_at = lasts if person.by_link else None
    offer.save(force_insert=True)
    if isinstance(person, Guest) and person.by_link:
        keep_link(offer, person.listed)
    return offer


def _write(referral: Referral, draft: Draft) -> None:
    referral.tells = tells(draft.need, referral.sender)
    referral.guard_reason = ""
    referral.save(update_fields=["tells", "guard_reason"])
    if draft.need:
        say(referral, Kind.NEED, draft.need)
    if draft.criteria:
        say(referral, Kind.CRITERIA, json.dumps(draft.criteria, ensure_ascii=False))


def _remove(referral: Referral, by: Actor, event: ReferralEvent) -> None:
    record(by, event, referral)
    forget(referral, by=by, why="draft discarded")
    referral.delete()
