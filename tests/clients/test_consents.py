"""What is agreed to, by whom, and how soon it is over."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.activity.models import Event, Notification
from network.clients import consents
from network.clients.actions.consents import (
    advance_consents,
    decline_consent,
    revoke_consent,
    sign,
)
from network.clients.actions.links import end_link
from network.clients.actions.parties import say_who_signs
from network.clients.models import Client, Consent, Party, Signature
from network.clients.receiver import Receiver
from network.clients.wording import DataClass, Purpose
from network.clinicians.models import Clinician
from tests.clients.people import a_client, a_consent, a_link, her, signed

pytestmark = pytest.mark.django_db
LINK, VERBAL = Signature.How.LINK, Signature.How.VERBAL
SUMMARY, REFERRAL = DataClass.SUMMARY, Purpose.REFERRAL
State = Consent.State
DAY = timedelta(days=1)


def active(client: Client, to: Clinician | Receiver) -> bool:
    return consents.active_for(client, to, REFERRAL, SUMMARY) is not None


def test_it_lets_nobody_know_anything_before_it_is_signed(
    ana: Clinician, ben: Clinician
) -> None:
    client = a_client(ana)
    consent = a_consent(client, ben)
    assert not active(client, ben)

    consent = signed(consent)

    assert consent.state == State.ACTIVE
    assert active(client, ben)


def test_it_names_one_receiver_one_purpose_and_what_may_be_told(
    ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    client, other = a_client(ana), a_client(ana)
    signed(a_consent(client, ben))

    assert active(client, ben)
    assert not active(client, cleo)
    assert not active(other, ben)
    assert not consents.active_for(client, ben, Purpose.COVER, SUMMARY)
    assert not consents.active_for(client, ben, REFERRAL, DataClass.MEDICATION)
    assert not active(client, Receiver.guest(ben.public_id, "Ben"))


def test_a_guest_may_be_named(ana: Clinician) -> None:
    guest = Receiver.guest(a_client(ana).public_id, "Dr. Outside")
    client = a_client(ana)

    signed(a_consent(client, guest))

    assert active(client, guest)


UNITS = [
    (Client.Unit.INDIVIDUAL, ["Adult"]),
    (Client.Unit.COUPLE, ["Partner", "Partner 2"]),
    (Client.Unit.FAMILY, ["Adult", "Adult 2"]),
    (Client.Unit.MINOR, ["Guardian", "Guardian 2"]),
]


@pytest.mark.parametrize(("unit", "who"), UNITS)
def test_everybody_signs_whom_the_unit_demands(
    unit: Client.Unit, who: list[str], ana: Clinician, ben: Clinician
) -> None:
    client = a_client(ana, unit)
    consent = a_consent(client, ben)
    assert [party.label for party in consents.missing(consent)] == who

    for party in consents.missing(consent):
        assert not active(client, ben)
        consent = sign(consent, party, VERBAL, by=her(ana))

    assert active(client, ben)


@pytest.mark.parametrize("role", [Party.Role.GUARDIAN, Party.Role.MINOR])
def test_whoever_decides_alone_signs_alone(
    role: Party.Role, ana: Clinician, ben: Clinician
) -> None:
    client = a_client(ana, Client.Unit.MINOR)
    decides = client.parties.filter(role=role).order_by("number").first()
    assert decides is not None

    say_who_signs(decides, Party.Signs.ALONE, by=her(ana))

    assert consents.missing(a_consent(client, ben)) == [decides]


def test_nobody_signs_where_nobody_has_to(ana: Clinician, ben: Clinician) -> None:
    client = a_client(ana, Client.Unit.MINOR)
    for guardian in client.parties.filter(role=Party.Role.GUARDIAN):
        say_who_signs(guardian, Party.Signs.NOT, by=her(ana))
    consent = a_consent(client, ben)
    [minor] = client.parties.filter(role=Party.Role.MINOR)

    consent = sign(consent, minor, VERBAL, by=her(ana))

    assert consent.state == State.OFFERED
    assert not active(client, ben)


def test_a_party_signs_for_herself_alone(ana: Clinician, ben: Clinician) -> None:
    client = a_client(ana, Client.Unit.COUPLE)
    one, two = client.parties.in_order()
    link, consent = a_link(one).link, a_consent(client, ben)

    for party, how in ((two, LINK), (one, VERBAL)):
        with pytest.raises(PermissionDenied):
            sign(consent, party, how, by=link)
    with pytest.raises(PermissionDenied):
        sign(consent, one, LINK, by=her(ana))
    sign(consent, one, LINK, by=link)

    assert [one_.how for one_ in consent.signatures.all()] == [LINK]


def test_nobody_acts_by_a_link_that_is_over(ana: Clinician, ben: Clinician) -> None:
    client = a_client(ana)
    consent, link = a_consent(client, ben), a_link(client.parties.get()).link
    end_link(link, by=her(ana))

    with pytest.raises(PermissionDenied):
        sign(consent, link.party, LINK, by=link)


def test_an_outsider_can_do_nothing_with_it(
    ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    consent = a_consent(a_client(ana), ben)
    hers = a_link(a_client(cleo).parties.get()).link

    for who in (her(cleo), her(ben), hers):
        for act in (revoke_consent, decline_consent):
            with pytest.raises(PermissionDenied):
                act(consent, by=who)


def test_any_party_takes_it_back_and_it_is_over_at_once(
    ana: Clinician, ben: Clinician
) -> None:
    client = a_client(ana, Client.Unit.COUPLE)
    consent = signed(a_consent(client, ben))
    link = a_link(client.parties.in_order()[1]).link

    revoke_consent(consent, by=link)

    assert not active(client, ben)
    event = Event.objects.about(client).get(verb="consent.revoked")
    assert event.actor_kind == "client"
    assert set(event.audience) == {her(ana).public_id, her(ben).public_id}
    told = Notification.objects.filter(event=event)
    assert [one.person for one in told] == [her(ana)]


def test_one_no_is_enough(ana: Clinician, ben: Clinician) -> None:
    client = a_client(ana, Client.Unit.COUPLE)
    consent = a_consent(client, ben)
    one, two = client.parties.in_order()
    sign(consent, one, VERBAL, by=her(ana))

    decline_consent(consent, by=a_link(two).link)

    consent.refresh_from_db()
    assert consent.state == State.DECLINED
    with pytest.raises(PermissionDenied):
        sign(consent, two, VERBAL, by=her(ana))


def test_signing_twice_is_signing_once(ana: Clinician, ben: Clinician) -> None:
    client = a_client(ana, Client.Unit.COUPLE)
    consent, party = a_consent(client, ben), client.parties.in_order()[0]

    for _ in range(2):
        consent = sign(consent, party, VERBAL, by=her(ana))

    assert consent.signatures.count() == 1
    assert Event.objects.filter(verb="consent.signed").count() == 1


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> "Calendar":
    return Calendar(monkeypatch)


class Calendar:
    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch, self.today = patch, timezone.localdate()

    def to(self, days: int) -> None:
        day = self.today + days * DAY
        self.patch.setattr(timezone, "localdate", lambda *_: day)


def test_it_begins_nears_its_end_and_is_over(
    ana: Clinician, ben: Clinician, moved: Calendar
) -> None:
    client = a_client(ana)
    begins, ends = moved.today + 3 * DAY, moved.today + 33 * DAY
    consent = signed(a_consent(client, ben, valid_from=begins, expires_on=ends))
    told: list[tuple[int, str, bool]] = []

    for days in (0, 2, 3, 18, 19, 32, 33):
        moved.to(days)
        was = active(client, ben)  # by the rows alone, before the clock has gone by
        advance_consents()
        consent.refresh_from_db()
        assert active(client, ben) == was
        told.append((days, consent.state, was))

    assert told == [
        (0, State.SIGNED, False),
        (2, State.SIGNED, False),
        (3, State.ACTIVE, True),
        (18, State.ACTIVE, True),
        (19, State.EXPIRING, True),
        (32, State.EXPIRING, True),
        (33, State.EXPIRED, False),
    ]
    assert advance_consents() == 0


def test_no_zone_of_a_reader_makes_it_last_longer(
    ana: Clinician, ben: Clinician
) -> None:
    client, house = a_client(ana), timezone.get_default_timezone()
    ends = timezone.localdate(None, house) + 33 * DAY
    signed(a_consent(client, ben, expires_on=ends))
    midnight = datetime.combine(ends, time(0, 1), house)

    with time_machine.travel(midnight), timezone.override("Pacific/Midway"):
        assert not active(client, ben)


def test_a_worker_that_was_down_catches_up_once(
    ana: Clinician, ben: Clinician, moved: Calendar
) -> None:
    client = a_client(ana)
    ends = moved.today + 33 * DAY
    begins = moved.today + DAY
    signed(a_consent(client, ben, valid_from=begins, expires_on=ends))

    moved.to(40)

    assert advance_consents() == 1
    assert advance_consents() == 0
    verbs = Event.objects.about(client).values_list("verb", flat=True)
    assert [verb for verb in verbs if verb == "consent.expired"] == ["consent.expired"]
