"""What a page says in one click and the machine takes in several steps, all or none."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction

from network.clients.actions.clients import Draft as ClientDraft
from network.clients.actions.clients import add_client
from network.clients.models import Client
from network.clinicians.conflicts.people import Named
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions.conflicts import check_names
from referrals.actions.drafting import (
    Attestation,
    Draft,
    Guest,
    create_referral,
    edit_referral,
    shortlist,
    submit_referral,
)
from referrals.actions.sending import send_referral, widen_referral
from referrals.actions.stepping import Click, lock_first
from referrals.machine.words import O, S
from referrals.models import Conflict, Offer, Referral

Names = Sequence[Named]


@transaction.atomic
def begin_referral(
    client: Client | ClientDraft,
    draft: Draft,
    people: Sequence[Clinician],
    *,
    by: Clinician,
    key: UUID,
) -> Referral:
    """For a client who has a handle, or who gets one; with whom to ask."""
    if isinstance(client, ClientDraft):
        if by.user is None:
            raise ValueError("an entry without an account has no clients")
        client = add_client(by, client, by=by.user, key=key)
    referral = create_referral(client, draft, by=by, key=key)
    click = _next(Click(key, referral.version), referral)
    shortlist(referral, people, by=By.member(by), click=click)
    return referral


@transaction.atomic
def rewrite_referral(
    referral: Referral,
    draft: Draft,
    people: Sequence[Clinician | Guest],
    *,
    by: By,
    click: Click,
) -> None:
    edit_referral(referral, draft, by=by, click=click)
    shortlist(referral, people, by=by, click=_next(click, referral))


@transaction.atomic
def ask_colleagues(
    referral: Referral,
    attestation: Attestation,
    names: Names = (),
    *,
    by: By,
    click: Click,
) -> bool:
    """Said to be ready, looked through for conflicts as far as names were given, sent.

    Not sent where something may overlap: then she calls first, and what was found
    stays found.
    """
    lock_first(by)
    if referral.state == S.DRAFT:
        submit_referral(referral, attestation, by=by, click=click)
        click = _next(click, referral)
    click, is_clear = _checked(referral, names, by, click)
    if is_clear:
        send_referral(referral, by=by, click=click)
    return is_clear


@transaction.atomic
def ask_more(
    referral: Referral,
    people: Sequence[Clinician | Guest],
    names: Names = (),
    *,
    by: By,
    click: Click,
) -> bool:
    """While others think it over."""
    lock_first(by)
    shortlist(referral, people, by=by, click=click)
    click, is_clear = _checked(referral, names, by, _next(click, referral))
    if is_clear:
        widen_referral(referral, by=by, click=click)
    return is_clear


@transaction.atomic
def leave_out(offer: Offer, *, by: By, click: Click) -> None:
    """She is not asked, and does not learn that she might have been."""
    lock_first(by)
    referral = offer.referral
    queued = referral.offers.filter(state=O.QUEUED).exclude(pk=offer.pk).in_order()
    if offer.state != O.QUEUED:
        raise PermissionDenied("is asked already")
    people = [one.receiver or Guest.of(one) for one in queued]
    shortlist(referral, people, by=by, click=click)
    check_names(referral, by=by, click=_next(click, referral))


def _checked(
    referral: Referral, names: Names, by: By, click: Click
) -> tuple[Click, bool]:
    """Whether they may be asked now."""
    check_names(referral, names, by=by, click=click)
    queued = referral.offers.filter(state=O.QUEUED)
    is_clear = not queued.filter(conflict=Conflict.POSSIBLE).exists()
    return _next(click, referral), is_clear


def _next(click: Click, referral: Referral) -> Click:
    """Of the same press: a key told from the last one, and the version it left."""
    referral.refresh_from_db(fields=["version"])
    return Click(uuid5(click.key, "next"), referral.version)
