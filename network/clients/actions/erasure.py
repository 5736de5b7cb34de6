"""Forgetting who a client was; what was agreed to and shared stays its six years."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.module_loading import import_string

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.activity.sweeping import one_by_one
from network.clients.actions.lock import locked
from network.clients.actions.telling import owner_of, receiving
from network.clients.events import ClientEvent, ConsentEvent
from network.clients.models import AccessLink, Client, Consent, Release, Secret
from network.clients.permissions import allowed, require
from network.clients.sealed import scope_of
from network.clinicians.models import Clinician
from network.privacy.actions import destroy_keys

# 45 CFR 164.528: an accounting of disclosures goes back six years.
ACCOUNTED_FOR = timedelta(days=6 * 366)


@transaction.atomic
def erase_client(client: Client, *, by: User) -> None:
    """From the commit on nobody reads who it was, from no backup either; nothing that
    was allowed is allowed any more.
    """
    end_what_hangs_on(client)  # its locks come first; a refusal takes it back
    client = locked(client)
    require("erase", allowed(by, client))
    actor, now = Actor.of(by), timezone.now()
    people = owner_of(client)
    for consent in client.consents.filter(
        state__in=[Consent.State.OFFERED, *Consent.SIGNED_BY_ALL]
    ):
        consent.state, consent.ended_at = Consent.State.REVOKED, now
        consent.save(update_fields=["state", "ended_at"])
        detail = {"consent": str(consent.public_id)}
        told = [*people, *receiving(consent.receiver)]
        record(actor, ConsentEvent.REVOKED, client, audience=told, detail=detail)

    _close(client)
    client.erased_at = now
    client.save()
    record(actor, ClientEvent.ERASED, client, audience=people)
    destroy_keys(scope_of(client), by=actor, why="erasure")


@transaction.atomic
def erase_clients_of(clinician: Clinician) -> None:
    """Her account is erased, and with it all that she kept of them."""
    for client in Client.objects.filter(owner=clinician).order_by("pk"):
        record(Actor.system(), ClientEvent.FORGOTTEN, locked(client))
        destroy_keys(scope_of(client), by=Actor.system(), why="erasure")
        client.delete()


def forget_erased_clients() -> int:
    """Whose last line of the log is older than the law asks for."""
    last = Greatest("erased_at", Coalesce(Max("disclosures__at"), "erased_at"))
    erased = Client.objects.filter(erased_at__isnull=False).annotate(last=last)
    old = erased.filter(last__lt=timezone.now() - ACCOUNTED_FOR).order_by("pk")
    return one_by_one(list(old.values_list("pk", flat=True)), _forget)


@transaction.atomic
def _forget(pk: int) -> bool:
    if (client := Client.objects.filter(pk=pk).first()) is None:
        return False
    end_what_hangs_on(client)
    client = locked(client)
    record(Actor.system(), ClientEvent.FORGOTTEN, client)
    client.delete()
    return True


def end_what_hangs_on(client: Client) -> None:
    """What goes on above this app for a client ends with it."""
    end: Callable[[Client], None] = import_string(settings.ENDS_WITH_A_CLIENT)
    end(client)


def _close(client: Client) -> None:
    now = timezone.now()
    parties = client.parties.all()
    Secret.objects.filter(party__in=parties).delete()
    AccessLink.objects.filter(party__in=parties, ended_at=None).update(ended_at=now)
    Release.objects.filter(consent__client=client, ended_at=None).update(ended_at=now)
    for party in parties:
        party.wishes = None
        party.save(update_fields=["wishes"])
    client.age_band = client.state = client.zip3 = client.note = ""
    client.year = None
