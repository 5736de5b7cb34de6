"""Who a client is: kept, opened to a colleague, and read, each with its line in the
trail. Where the network runs without identities, none of it is allowed.
"""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record
from network.clients.actions.disclosures import note
from network.clients.actions.lock import locked
from network.clients.actions.telling import owner_of, receiving
from network.clients.consents import today
from network.clients.events import IdentityEvent
from network.clients.models import Client, Consent, Party, Release, Secret
from network.clients.permissions import allowed, release_to, require
from network.clients.receiver import Receiver, ReceiverKind, receiver_of
from network.clients.sealed import Content, opened, seal
from network.clients.wording import DataClass, Purpose, Why
from network.clinicians.models import Clinician

IDENTITY, CUSTODY = Secret.Kind.IDENTITY, Secret.Kind.CUSTODY
WHO_IT_IS = (DataClass.IDENTITY, DataClass.CONTACT)


@dataclass(frozen=True)
class Identity:
    """As she is called, and how to reach her."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True)
class Revealed:
    party: Party
    identity: Identity


@transaction.atomic
def keep_identity(party: Party, identity: Identity, *, by: User) -> None:
    _keep(party, IDENTITY, asdict(identity), "keep the identity", by)


@transaction.atomic
def keep_custody(party: Party, words: str, *, by: User) -> None:
    """What a court said of who decides: a note, and no reading of it here."""
    _keep(party, CUSTODY, {"words": words} if words else {}, "change", by)


@transaction.atomic
def reveal_identity(client: Client, *, by: User, why: Why) -> list[Revealed]:
    """Every reading is a line of the trail; a colleague's one of the log as well, and
    she reads what the consent names, no more.
    """
    client = locked(client)
    require("reveal the identity", allowed(by, client))
    reader = Clinician.objects.get(user=by)
    is_owner = reader.pk == client.owner_id
    shown = WHO_IT_IS if is_owner else _told_to(reader, client)

    record(
        Actor.of(by),
        IdentityEvent.REVEALED,
        client,
        audience=owner_of(client),
        why=why,
    )
    return list(_revealed(client, shown))


@transaction.atomic
def release_identity(consent: Consent, *, by: User) -> Release:
    """For advice or cover. For a referral its own step does it, which knows whether
    the colleague is the chosen one.
    """
    require("release the identity", _apart(consent))
    return release_to_chosen(consent, by=by)


@transaction.atomic
def release_to_chosen(consent: Consent, *, by: User) -> Release:
    """To the colleague whom it names, from now on and while it is in force: a verified
    member, so that her licence was seen.
    """
    client = locked(consent.client)
    require("release the identity", allowed(by, client))
    require("release the identity", _by(consent))
    if known := consent.releases.filter(ended_at__isnull=True).first():
        return known

    release = Release.objects.create(consent=consent)
    _noted(client, consent.receiver, consent, _of_it(consent), "release")

    _told(client, consent, IdentityEvent.RELEASED, by)
    return release


@transaction.atomic
def end_release(
    client: Client, receiver: Clinician | Receiver, *, by: User | None
) -> int:
    """How many were open. By nobody: a timer of whoever had it released."""
    client = locked(client)
    named = receiver_of(receiver)
    open_ones = Release.objects.filter(
        consent__client=client,
        consent__receiver_kind=named.kind,
        consent__receiver_id=named.id,
        ended_at__isnull=True,
    ).select_related("consent")
    ended = list(open_ones)
    for release in ended:
        release.ended_at = timezone.now()
        release.save(update_fields=["ended_at"])
        _told(client, release.consent, IdentityEvent.RELEASE_ENDED, by)
    return len(ended)


def custody_of(party: Party) -> str:
    """The owner's own note, for whoever has fetched the party on her behalf."""
    kept = party.secrets.filter(kind=CUSTODY).first()
    return opened(_beside(kept, party)).get("words", "") if kept else ""


def _keep(
    party: Party, kind: Secret.Kind, content: Content, verb: str, by: User
) -> None:
    """Nothing to keep means that nothing is kept any more."""
    client = locked(party.client)
    require(verb, allowed(by, client))
    party.client = client
    known = party.secrets.filter(kind=kind).first()

    if any(content.values()):
        secret = _beside(known, party) if known else Secret(party=party, kind=kind)
        seal(secret, content)
        secret.changed_at = timezone.now()
        secret.save()
    elif known:
        known.delete()

    record(
        Actor.of(by),
        IdentityEvent.KEPT,
        client,
        audience=owner_of(client),
        detail={"party": str(party.public_id), "kind": kind},
    )


def _apart(consent: Consent) -> frozenset[str]:
    is_apart = consent.purpose != Purpose.REFERRAL
    return frozenset({"release the identity"}) if is_apart else frozenset()


def _by(consent: Consent) -> frozenset[str]:
    is_colleague = consent.receiver_kind == ReceiverKind.CLINICIAN
    named = Clinician.objects.verified().filter(public_id=consent.receiver_id)
    in_force = Consent.objects.in_force(today()).filter(
        pk=consent.pk, data_classes__contains=[DataClass.IDENTITY]
    )
    is_so = is_colleague and named.exists() and in_force.exists()
    return frozenset({"release the identity"}) if is_so else frozenset()


def _revealed(client: Client, shown: tuple[DataClass, ...]) -> list[Revealed]:
    secrets = Secret.objects.filter(party__client=client, kind=IDENTITY)
    found = []
    for secret in secrets.select_related("party").order_by("party__role", "party"):
        secret.party.client = client
        whole = Identity(**opened(secret))
        contact = whole if DataClass.CONTACT in shown else Identity(whole.name)
        found.append(Revealed(secret.party, contact))
    return found


def _told_to(reader: Clinician, client: Client) -> tuple[DataClass, ...]:
    """Noted, and nothing but what the consent names."""
    if (consent := release_to(reader, client)) is None:
        return ()
    shown = _of_it(consent)
    _noted(client, Receiver.of(reader), consent, shown, "identity")
    return shown


def _of_it(consent: Consent) -> tuple[DataClass, ...]:
    """What of who it is the consent names."""
    return tuple(one for one in WHO_IT_IS if one in consent.data_classes)


def _noted(
    client: Client,
    to: Receiver,
    consent: Consent,
    shown: tuple[DataClass, ...],
    how: str,
) -> None:
    giver, thing = consent.giver, f"{how}:{consent.public_id}"
    purpose = Purpose(consent.purpose)
    note(giver, to, client, shown, consent, purpose=purpose, thing=thing)


def _told(
    client: Client, consent: Consent, verb: IdentityEvent, by: User | None
) -> None:
    told = [*owner_of(client), *receiving(consent.receiver)]
    actor = Actor.of(by) if by else Actor.system()
    detail: dict[str, str | int] = {"consent": str(consent.public_id)}
    record(actor, verb, client, audience=told, detail=detail)


def _beside(secret: Secret, party: Party) -> Secret:
    """With the party in hand, so that opening it asks for nothing."""
    secret.party = party
    return secret
