"""What a page says in one click and the machine takes in several steps, all or none."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from django.db import transaction

from network.clients.actions.clients import Draft as ClientDraft
from network.clients.actions.clients import add_client
from network.clients.models import Client
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions.drafting import (
    Attestation,
    Draft,
    Guest,
    create_referral,
    edit_referral,
    shortlist,
    submit_referral,
)
from referrals.actions.sending import check_conflicts, send_referral, widen_referral
from referrals.actions.stepping import Click
from referrals.machine.words import O, S
from referrals.models import Conflict, Referral


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
    referral: Referral, attestation: Attestation, *, by: By, click: Click
) -> None:
    """Said to be ready, looked through for conflicts as far as names were given, sent.

    No name was: so each check says that it was not made, and to ask the colleague.
    """
    if referral.state == S.DRAFT:
        submit_referral(referral, attestation, by=by, click=click)
        click = _next(click, referral)
    send_referral(referral, by=by, click=_checked(referral, by, click))


@transaction.atomic
def ask_more(
    referral: Referral, people: Sequence[Clinician], *, by: By, click: Click
) -> None:
    """While others think it over."""
    shortlist(referral, people, by=by, click=click)
    click = _checked(referral, by, _next(click, referral))
    widen_referral(referral, by=by, click=click)


def _checked(referral: Referral, by: By, click: Click) -> Click:
    queued = referral.offers.filter(state=O.QUEUED, conflict=Conflict.UNCHECKED)
    answers = dict.fromkeys(queued.values_list("pk", flat=True), Conflict.UNNAMED)
    if not answers:
        return click
    check_conflicts(referral, answers, by=by, click=click)
    return _next(click, referral)


def _next(click: Click, referral: Referral) -> Click:
    """Of the same press: a key told from the last one, and the version it left."""
    referral.refresh_from_db(fields=["version"])
    return Click(uuid5(click.key, "next"), referral.version)
