"""A party's own way in: made, opened by the link, unlocked by the code, ended."""

import secrets
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User, digest
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clients.actions.lock import locked
from network.clients.actions.telling import owner_of
from network.clients.events import ClientEvent, LinkEvent
from network.clients.models import AccessLink, Client, Party
from network.clients.models.link import TRIES, VALID_FOR
from network.clients.permissions import allowed, require
from network.privacy.keys import ring

PURPOSE = "client link code"
DIGITS = 6


@dataclass(frozen=True)
class Made:
    """Shown to the clinician once; neither is kept."""

    link: AccessLink
    token: str = field(repr=False)
    code: str = field(repr=False)


@transaction.atomic
def make_link(party: Party, *, by: User) -> Made:
    """A newer one ends the one before."""
    client = locked(party.client)
    require("make a link", allowed(by, client))
    now = timezone.now()
    AccessLink.objects.filter(party=party, ended_at=None).update(ended_at=now)

    token, code = (
        secrets.token_urlsafe(32),
        f"{secrets.randbelow(10**DIGITS):0{DIGITS}}",
    )
    link = AccessLink(party=party, digest=digest(token), expires_at=now + VALID_FOR)
    link.code_hash = ring().keyed_hash(_bound(link, code), PURPOSE)
    link.save(force_insert=True)

    _record(Actor.of(by), LinkEvent.MADE, client, link)
    return Made(link, token, code)


@transaction.atomic
def end_link(link: AccessLink, *, by: User) -> None:
    client = locked(link.party.client)
    require("make a link", allowed(by, client))
    if AccessLink.objects.filter(pk=link.pk, ended_at=None).update(
        ended_at=timezone.now()
    ):
        _record(Actor.of(by), LinkEvent.ENDED, client, link)


@transaction.atomic
def open_link(token: str) -> AccessLink | None:
    """Whose it is, while it holds; that it was opened stands in the trail."""
    valid = AccessLink.objects.valid(timezone.now())
    if (link := valid.filter(digest=digest(token)).first()) is None:
        return None
    client = locked(link.party.client)
    if link.opened_at is None:
        link.opened_at = timezone.now()
        link.save(update_fields=["opened_at"])
    _record(Actor.of_client(link.public_id), LinkEvent.OPENED, client, link)
    return link


@transaction.atomic
def unlock(link: AccessLink, code: str) -> bool:
    """The fifth wrong code ends the link: then it is asked of the therapist again."""
    client = locked(link.party.client)
    held = AccessLink.objects.valid(timezone.now()).filter(pk=link.pk).first()
    if held is None:
        return False
    if ring().matches(_bound(held, code), PURPOSE, held.code_hash):
        return True

    held.tries += 1
    held.ended_at = timezone.now() if held.tries >= TRIES else None
    held.save(update_fields=["tries", "ended_at"])

    actor, is_over = Actor.of_client(link.public_id), held.ended_at is not None
    _record(actor, LinkEvent.CODE_REFUSED, client, link)
    if is_over:
        _record(actor, LinkEvent.ENDED, client, link, is_news=True)
    return False


@transaction.atomic
def say_wishes(link: AccessLink, wishes: dict[str, str]) -> None:
    """How she wants to be reached: codes of a list, no words."""
    client = locked(link.party.client)
    require("say wishes", allowed(link, client))
    party = link.party
    party.wishes = wishes
    party.save(update_fields=["wishes"])
    _record(Actor.of_client(link.public_id), ClientEvent.WISHES_SAID, client, link)


@transaction.atomic
def take_copy(link: AccessLink) -> None:
    """Before it is made."""
    client = locked(link.party.client)
    require("export", allowed(link, client))
    _record(Actor.of_client(link.public_id), ClientEvent.COPY_TAKEN, client, link)


def _bound(link: AccessLink, code: str) -> str:
    return f"{link.public_id}:{code}"


def _record(
    actor: Actor,
    verb: LinkEvent | ClientEvent,
    client: Client,
    link: AccessLink,
    *,
    is_news: bool = False,
) -> None:
    people = owner_of(client)
    record(
        actor,
        verb,
        client,
        audience=people,
        notify=people if is_news else (),
        detail={"link": str(link.public_id), "party": str(link.party.public_id)},
    )
