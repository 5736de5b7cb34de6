"""Who a client is: kept apart, read by few, and each time on the record."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from network.accounts.models import User
from network.activity.models import Event
from network.clients.actions.consents import revoke_consent
from network.clients.actions.erasure import (
    ACCOUNTED_FOR,
    erase_client,
    erase_clients_of,
    forget_erased_clients,
)
from network.clients.actions.identity import (
    Identity,
    custody_of,
    end_release,
    keep_custody,
    keep_identity,
    release_identity,
    reveal_identity,
)
from network.clients.models import Client, Consent, Disclosure, Party, Secret
from network.clients.sealed import scope_of
from network.clients.wording import DataClass, Purpose, Why
from network.clinicians.models import Clinician
from network.privacy.keystore.models import WrappedKey
from tests.clients.people import (
    a_client,
    a_consent,
    a_link,
    her,
    signed,
    with_identities,
)

pytestmark = pytest.mark.django_db
MIRA = Identity("Mira Testname", phone="914 555 0142")
CARE = Why.CARE


def kept(client: Client) -> Party:
    party = client.parties.get()
    keep_identity(party, MIRA, by=her(client.owner))
    return party


def advice(client: Client, to: Clinician, **changes: Any) -> Consent:
    return a_consent(client, to, purpose=Purpose.CONSULTATION, **changes)


def read_by(person: Clinician, client: Client) -> list[Identity]:
    found = reveal_identity(client, by=her(person), why=CARE)
    return [one.identity for one in found]


def test_without_identity_mode_there_is_no_place_for_a_name(
    ana: Clinician, ben: Clinician
) -> None:
    client = a_client(ana)
    consent = signed(advice(client, ben))

    with pytest.raises(PermissionDenied):
        keep_identity(client.parties.get(), MIRA, by=her(ana))
    with pytest.raises(PermissionDenied):
        release_identity(consent, by=her(ana))
    with pytest.raises(PermissionDenied):
        reveal_identity(client, by=her(ana), why=CARE)
    assert not Secret.objects.exists()


def test_when_the_mode_ends_nobody_reads_what_was_kept(
    ana: Clinician, staff: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from home.actions.mode import switch_mode
    from network.privacy.models import Mode

    with_identities(staff)
    client = a_client(ana)
    kept(client)
    assert read_by(ana, client) == [MIRA]

    switch_mode(Mode.NO_IDENTITY, agreement=None, by=staff)

    with pytest.raises(PermissionDenied):
        read_by(ana, client)


def test_every_reading_is_on_the_record(ana: Clinician, staff: User) -> None:
    with_identities(staff)
    client = a_client(ana)
    kept(client)

    assert read_by(ana, client) == [MIRA]

    event = Event.objects.about(client).get(verb="client.identity_revealed")
    assert (event.actor_id, event.why) == (str(her(ana).public_id), "care")
    assert not Disclosure.objects.exists()


def test_a_colleague_reads_it_once_it_is_released_and_while_consent_holds(
    ana: Clinician, ben: Clinician, cleo: Clinician, staff: User
) -> None:
    with_identities(staff)
    client = a_client(ana)
    kept(client)
    consent = advice(client, ben)
    for early in (consent, signed(consent)):
        early.refresh_from_db()
        with pytest.raises(PermissionDenied):
            read_by(ben, client)

    release_identity(consent, by=her(ana))

    assert read_by(ben, client) == [MIRA]
    opened, read = Disclosure.objects.order_by("pk")
    for line in (opened, read):
        assert line.receiver_name == ben.display_name
        assert line.consent == consent
    with pytest.raises(PermissionDenied):
        read_by(cleo, client)

    revoke_consent(consent, by=a_link(client.parties.get()).link)

    with pytest.raises(PermissionDenied):
        read_by(ben, client)


def test_she_reads_what_the_consent_names_and_no_more(
    ana: Clinician, ben: Clinician, staff: User
) -> None:
    with_identities(staff)
    client = a_client(ana)
    kept(client)
    consent = signed(advice(client, ben, data_classes=[DataClass.IDENTITY]))
    release_identity(consent, by=her(ana))

    assert read_by(ben, client) == [Identity("Mira Testname")]
    lines = Disclosure.objects.values_list("data_classes", flat=True)
    assert list(lines) == [["identity"]] * 2


def test_a_release_that_has_ended_opens_nothing(
    ana: Clinician, ben: Clinician, staff: User
) -> None:
    with_identities(staff)
    client = a_client(ana)
    kept(client)
    consent = signed(advice(client, ben))
    release_identity(consent, by=her(ana))

    assert end_release(client, ben, by=her(ana)) == 1
    assert end_release(client, ben, by=None) == 0

    with pytest.raises(PermissionDenied):
        read_by(ben, client)


@pytest.mark.parametrize("lacking", ["signature", "identity", "licence"])
def test_it_is_not_released_without(
    lacking: str, ana: Clinician, ben: Clinician, staff: User
) -> None:
    with_identities(staff)
    client = a_client(ana)
    what = [DataClass.SUMMARY if lacking == "identity" else DataClass.IDENTITY]
    consent = advice(client, ben, data_classes=what)
    if lacking != "signature":
        consent = signed(consent)
    if lacking == "licence":
        ben.verified_at = None
        ben.save(update_fields=["verified_at"])

    with pytest.raises(PermissionDenied):
        release_identity(consent, by=her(ana))


def test_for_a_referral_it_is_not_released_here(
    ana: Clinician, ben: Clinician, staff: User
) -> None:
    """Its own step does it, to whoever is chosen."""
    with_identities(staff)
    client = a_client(ana)
    kept(client)
    consent = signed(a_consent(client, ben, purpose=Purpose.REFERRAL))

    with pytest.raises(PermissionDenied):
        release_identity(consent, by=her(ana))
    with pytest.raises(PermissionDenied):
        read_by(ben, client)


def test_a_colleague_held_back_reads_nothing_more(
    ana: Clinician, ben: Clinician, staff: User
) -> None:
    with_identities(staff)
    client = a_client(ana)
    kept(client)
    release_identity(signed(advice(client, ben)), by=her(ana))
    ben.verified_at = None
    ben.save(update_fields=["verified_at"])

    with pytest.raises(PermissionDenied):
        read_by(ben, client)


def test_nothing_to_keep_is_nothing_kept(ana: Clinician, staff: User) -> None:
    with_identities(staff)
    party = kept(a_client(ana))

    keep_identity(party, Identity(), by=her(ana))

    assert not Secret.objects.exists()


def test_a_note_on_custody_needs_no_identity_mode(ana: Clinician) -> None:
    client = a_client(ana, Client.Unit.MINOR)
    guardian = client.parties.filter(role=Party.Role.GUARDIAN)[0]

    keep_custody(guardian, "Joint by the order of 2024.", by=her(ana))

    assert custody_of(guardian) == "Joint by the order of 2024."
    assert b"Joint" not in bytes(Secret.objects.get().body)


def test_what_is_erased_nobody_reads_any_more(
    ana: Clinician, ben: Clinician, staff: User
) -> None:
    with_identities(staff)
    client = a_client(ana, note="a line of hers")
    kept(client)
    consent = signed(advice(client, ben))
    release_identity(consent, by=her(ana))
    read_by(ben, client)
    link = a_link(client.parties.get()).link

    with transaction.atomic():
        erase_client(client, by=her(ana))

    client.refresh_from_db()
    link.refresh_from_db()
    consent.refresh_from_db()
    assert (client.age_band, client.region, client.year, client.note) == ("",) * 2 + (
        None,
        "",
    )
    assert link.ended_at
    assert consent.state == "revoked"
    assert not Secret.objects.exists()
    assert not Client.objects.visible_to(ana).exists()
    assert Disclosure.objects.latest("pk").receiver_name == ben.display_name
    for person in (ana, ben):
        with pytest.raises(PermissionDenied):
            read_by(person, client)


@pytest.mark.django_db(transaction=True)
def test_its_key_goes_with_it(ana: Clinician, staff: User) -> None:
    with_identities(staff)
    client = a_client(ana)
    kept(client)
    keys = WrappedKey.objects.filter(scope=scope_of(client))
    assert keys.exists()

    erase_client(client, by=her(ana))

    assert not keys.exists()


def test_when_her_account_is_erased_her_clients_go_with_it(
    ana: Clinician, ben: Clinician
) -> None:
    client, other = a_client(ana), a_client(ben)
    signed(advice(client, ben))
    signed(advice(other, ana))

    erase_clients_of(ana)

    assert [one.handle for one in Client.objects.all()] == [other.handle]
    assert Event.objects.about(client).filter(verb="client.forgotten").exists()


def test_the_log_stays_for_six_years(ana: Clinician) -> None:
    client = a_client(ana)
    erase_client(client, by=her(ana))
    assert forget_erased_clients() == 0

    Client.objects.update(erased_at=client.added_at - ACCOUNTED_FOR)

    assert forget_erased_clients() == 1
    assert not Client.objects.exists()
    assert Event.objects.filter(verb="client.forgotten").exists()
