"""Two at once, on a real database."""

from collections.abc import Callable
from functools import partial

import pytest

from network.activity.models import Event
from network.clients.models import Disclosure
from network.clinicians.models import Clinician
from referrals.actions.packing import (
    Sending,
    Summary,
    revoke_packet,
    send_packet,
    write_packet,
)
from referrals.actions.stepping import LostRaceError
from referrals.actions.unpacking import open_version
from referrals.models import PacketVersion
from tests.messaging.test_log_at_once import together
from tests.referrals.packets.packing import (
    PARTS,
    a_packet,
    agreed,
    in_days,
    placed,
    seen,
    wrote,
)
from tests.referrals.story import by

pytestmark = pytest.mark.django_db(transaction=True)


def said(act: Callable[[], object]) -> str:
    try:
        act()
    except LostRaceError:
        return "meanwhile"
    return "done"


def test_of_two_who_send_at_once_one_is_first(ana: Clinician, rosa: Clinician) -> None:
    one = placed(ana, rosa)
    agreed(one, rosa)
    wrote(one)
    sends = [
        partial(send_packet, one, Sending(in_days(days)), by=by(ana), click=seen(one))
        for days in (7, 8)
    ]

    assert sorted(together(partial(said, act) for act in sends)) == [
        "done",
        "meanwhile",
    ]
    assert PacketVersion.objects.sent().count() == 1
    assert Event.objects.filter(verb="packet.sent").count() == 1


def test_of_two_first_words_one_begins_the_packet(
    ana: Clinician, rosa: Clinician
) -> None:
    one = placed(ana, rosa)
    summary = Summary(PARTS, no_notes=True)
    writes = [
        partial(write_packet, one, summary, by=by(ana), click=seen(one))
        for _ in range(2)
    ]

    assert sorted(together(partial(said, act) for act in writes)) == [
        "done",
        "meanwhile",
    ]
    assert PacketVersion.objects.count() == 1


def test_whoever_opens_while_it_is_taken_back_has_a_line_or_nothing(
    ana: Clinician, rosa: Clinician
) -> None:
    version = a_packet(placed(ana, rosa), rosa)
    one = version.packet.referral
    click = seen(one)

    def read() -> str:
        return "read" if open_version(version, by=by(rosa), way="pdf") else "closed"

    def revoke() -> str:
        revoke_packet(version, by=by(ana), click=click)
        return "revoked"

    answers = together([read, revoke, read, read])

    assert answers.count("revoked") == 1
    noted = Event.objects.filter(verb="packet.opened").count()
    assert noted == answers.count("read") == Disclosure.objects.count()
    assert read() == "closed"
