"""A consent from its offer to its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.activity.sweeping import one_by_one
from network.clients.actions.lock import locked
from network.clients.actions.telling import owner_of, receiving
from network.clients.consents import today
from network.clients.consents.machine import after, due
from network.clients.events import ConsentEvent
from network.clients.models import AccessLink, Client, Consent, Party, Signature
from network.clients.permissions import (
    Who,
    actor_of,
    allowed,
    allowed_on_consent,
    require,
)
from network.clients.receiver import Receiver, receiver_of
from network.clients.wording import WORDING, DataClass, Purpose
from network.clinicians.models import Clinician

BY_CLOCK = {
    "begin": ConsentEvent.BEGUN,
    "near the end": ConsentEvent.END_NEARED,
    "lapse": ConsentEvent.EXPIRED,
}
State = Consent.State


@dataclass(frozen=True)
class Terms:
    """What a client is asked to allow."""

    receiver: Clinician | Receiver
    purpose: Purpose
    data_classes: Iterable[DataClass]
    expires_on: date
    valid_from: date | None = None
    giver: Clinician | None = None


@transaction.atomic
def record_consent(client: Client, terms: Terms, *, by: Who) -> Consent:
    """Written down and offered: it lets nobody do anything until all have signed. A
    party has one laid before her by what she does behind her link.
    """
    client = locked(client)
    require("ask for consent", allowed(by, client))

    receiver = receiver_of(terms.receiver)
    consent = Consent.objects.create(
        client=client,
        giver=terms.giver or client.owner,
        **receiver.columns,
        purpose=terms.purpose,
        data_classes=list(terms.data_classes),
        wording=WORDING,
        valid_from=terms.valid_from or today(),
        expires_on=terms.expires_on,
    )
    _move(consent, "offer")
    consent.offered_at = timezone.now()
    consent.save(update_fields=["state", "offered_at"])

    _record(consent, ConsentEvent.OFFERED, actor_of(by))
    return consent


@transaction.atomic
def sign(consent: Consent, party: Party, how: Signature.How, *, by: Who) -> Consent:
    """One party's yes: her own by her link, or what she said or signed elsewhere."""
    consent = _locked(consent)
    if consent.signatures.filter(party=party).exists():
        return consent
    require("sign", _ways(consent, party, how, by))

    Signature.objects.create(consent=consent, party=party, how=how)
    _move(consent, "sign")
    consent.save(update_fields=["state"])

    detail: dict[str, str | int] = {"party": str(party.public_id), "how": how}
    is_news = isinstance(by, AccessLink)
    _record(consent, ConsentEvent.SIGNED, actor_of(by), is_news=is_news, detail=detail)
    _settle(consent)
    return consent


@transaction.atomic
def decline_consent(consent: Consent, *, by: Who) -> None:
    """One no is enough."""
    consent = _locked(consent)
    require("decline", allowed_on_consent(by, consent))

    _end(consent, "decline", by)

    _record(consent, ConsentEvent.DECLINED, actor_of(by), is_news=_is_link(by))


@transaction.atomic
def revoke_consent(consent: Consent, *, by: Who) -> None:
    """Any one of the parties may, and then nobody reads by it any more: with the commit
    every answer is no, and open pages are told to ask again.
    """
    consent = _locked(consent)
    require("revoke", allowed_on_consent(by, consent))
    was_in_force = consent.state in Consent.SIGNED_BY_ALL

    _end(consent, "revoke", by)

    told = receiving(consent.receiver) if was_in_force else []
    _record(
        consent,
        ConsentEvent.REVOKED,
        actor_of(by),
        is_news=_is_link(by),
        also=told,
    )


def advance_consents() -> int:
    """What begins, nears its end or is over today; each in a transaction of its own."""
    open_ones = Consent.objects.filter(
        state__in=[State.OFFERED, *Consent.SIGNED_BY_ALL]
    )
    return one_by_one(open_ones.order_by("pk").values_list("pk", flat=True), _advance)


@transaction.atomic
def _advance(pk: int) -> bool:
    """Somebody may have ended it, or deleted its client, since the list was made."""
    if (consent := Consent.objects.filter(pk=pk).first()) is None:
        return False
    return _settle(_locked(consent))


def _settle(consent: Consent) -> bool:
    """By the clock, as far as it goes today."""
    before = consent.state
    while step := due(consent, today()):
        consent.state = step.leads_to
        consent.save(update_fields=["state"])
        is_news = step.verb != "begin"
        _record(consent, BY_CLOCK[step.verb], Actor.system(), is_news=is_news)
    return consent.state != before


def _end(consent: Consent, verb: str, by: Who) -> None:
    _move(consent, verb)
    consent.ended_at = timezone.now()
    consent.ended_by = by.party if isinstance(by, AccessLink) else None
    consent.save(update_fields=["state", "ended_at", "ended_by"])


def _move(consent: Consent, verb: str) -> None:
    consent.state = after(verb, consent, today())


def _ways(
    consent: Consent, party: Party, how: Signature.How, by: Who
) -> frozenset[str]:
    """Nobody signs for somebody else by link, nor says for herself that she did."""
    own = isinstance(by, AccessLink)
    if party.client_id != consent.client_id or own != (how == Signature.How.LINK):
        return frozenset()
    if isinstance(by, AccessLink) and by.party_id != party.pk:
        return frozenset()
    return allowed_on_consent(by, consent)


def _is_link(by: Who) -> bool:
    return isinstance(by, AccessLink)


def _locked(consent: Consent) -> Consent:
    client = locked(consent.client)
    consent = Consent.objects.get(pk=consent.pk)
    consent.client = client
    return consent


def _record(
    consent: Consent,
    verb: ConsentEvent,
    actor: Actor,
    *,
    is_news: bool = False,
    also: Iterable[User] = (),
    detail: dict[str, str | int] | None = None,
) -> None:
    """The owner is told by mail of what she has not done herself."""
    client = consent.client
    people = owner_of(client)
    record(
        actor,
        verb,
        client,
        audience=[*people, *also],
        notify=people if is_news else (),
        detail={"consent": str(consent.public_id), **(detail or {})},
    )
