"""A packet is written, sent in versions, read by whoever may, and taken back."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.activity.models import Event
from network.clients.actions.consents import revoke_consent
from network.clients.actions.erasure import erase_client
from network.clients.actions.links import make_link
from network.clients.models import Disclosure
from network.clients.wording import DataClass
from network.clinicians.actions.places import ProgrammeClaim, list_programmes
from network.clinicians.models import Clinician
from referrals.acting import By
from referrals.actions.answering import recuse
from referrals.actions.enclosing import enclose, take_out
from referrals.actions.packing import (
    NotesError,
    Sending,
    Summary,
    UnfitPacketError,
    revoke_packet,
    send_packet,
    write_packet,
)
from referrals.actions.passages import TellingWordsError, forget
from referrals.actions.stepping import Click, LostRaceError, ReusedKeyError
from referrals.actions.unpacking import open_file, open_version
from referrals.models import Packet, PacketFile, PacketVersion, Referral
from referrals.packets.parts import NOTICE
from referrals.packets.reading import readable, whole
from tests.conftest import signed_in
from tests.messaging.saying import her
from tests.referrals.packets.packing import (
    ALL,
    CONSENTED,
    COURSE,
    LETTER,
    PARTS,
    PILLS,
    REASON,
    a_packet,
    agreed,
    enclosed,
    in_days,
    packed,
    placed,
    seen,
    wrote,
)
from tests.referrals.story import accepted, by, click, offer_to, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(ana: Clinician, rosa: Clinician) -> Referral:
    return placed(ana, rosa)


def texts(who: By, version: PacketVersion) -> list[str]:
    content = readable(who, PacketVersion.objects.of(version.packet).get(pk=version.pk))
    return [text for _, text in content.parts] if content else []


# -- Who may ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "does"),
    [
        ("ana", "writes"),  # her own she reads otherwise
        ("rosa", "reads"),
        ("omar", "nothing"),  # was asked, and was not chosen
        ("cleo", "nothing"),
        ("finn", "nothing"),
    ],
)
def test_who_reads_and_who_writes(
    who: str,
    does: str,
    ana: Clinician,
    rosa: Clinician,
    omar: Clinician,
    request: pytest.FixtureRequest,
) -> None:
    one = sent(ana, rosa, omar)
    accepted(rosa, one)
    version = a_packet(one, rosa)
    agreed(one, omar)
    person: Clinician = request.getfixturevalue(who)

    assert (texts(by(person), version) != []) is (does == "reads")
    summary = Summary(PARTS, no_notes=True)
    if does == "writes":
        write_packet(one, summary, by=by(person), click=seen(one))
    else:
        with pytest.raises(PermissionDenied):
            write_packet(one, summary, by=by(person), click=seen(one))
        with pytest.raises(PermissionDenied):
            send_packet(one, Sending(in_days(9)), by=by(person), click=seen(one))
        with pytest.raises(PermissionDenied):
            revoke_packet(version, by=by(person), click=seen(one))


def test_no_link_opens_it(one: Referral, ana: Clinician, rosa: Clinician) -> None:
    version = a_packet(one, rosa)
    link = make_link(one.client.parties.get(), by=her(ana)).link

    assert texts(By.client(link), version) == []
    assert texts(By.guest(offer_to(rosa, one)), version) == []
    with pytest.raises(PermissionDenied):
        write_packet(
            one, Summary(PARTS, no_notes=True), by=By.client(link), click=seen(one)
        )


def test_each_part_needs_its_own_permission(one: Referral, rosa: Clinician) -> None:
    version = a_packet(one, rosa)
    assert texts(by(rosa), version) == [REASON, COURSE, PILLS]
    for consent in one.client.consents.all():
        revoke_consent(consent, by=her(one.sender))
    assert texts(by(rosa), version) == []

    agreed(one, rosa, DataClass.HISTORY)

    assert texts(by(rosa), version) == [COURSE]
    content = open_version(version, by=by(rosa))
    assert content is not None
    assert content.files == []
    newest = Disclosure.objects.latest("pk")
    assert newest.data_classes == ["history"]


def test_over_it_is_closed_and_so_it_is_without_its_consent(
    one: Referral, rosa: Clinician
) -> None:
    version = a_packet(one, rosa)

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert texts(by(rosa), version) == []
    assert texts(by(rosa), version) != []
    revoke_consent(one.client.consents.get(), by=her(one.sender))
    assert open_version(version, by=by(rosa)) is None


def test_who_is_not_the_chosen_one_any_more_reads_nothing(
    one: Referral, rosa: Clinician
) -> None:
    version = a_packet(one, rosa)
    offer = offer_to(rosa, one)

    recuse(offer, by=by(rosa), click=click(offer))

    assert texts(by(rosa), version) == []


# -- Versions -----------------------------------------------------------------------


def test_what_was_sent_stays_as_it_is(one: Referral, rosa: Clinician) -> None:
    first = a_packet(one, rosa)
    box = bytes(first.box)

    wrote(one, {"reason": "Otherwise."})
    [file] = PacketFile.objects.all()
    take_out(one, file.public_id, by=by(one.sender), click=seen(one))

    first.refresh_from_db()
    assert bytes(first.box) == box
    assert texts(by(rosa), first) == [REASON, COURSE, PILLS]
    assert list(first.files.all()) == [file]
    second = packed(one)
    assert (second.number, texts(by(rosa), second)) == (2, ["Otherwise."])
    assert list(second.files.all()) == []


def test_a_draft_is_its_senders_alone(one: Referral, rosa: Clinician) -> None:
    agreed(one, rosa)
    wrote(one)
    draft = PacketVersion.objects.of(one.packet).get()

    assert texts(by(rosa), draft) == []
    assert open_version(draft, by=by(rosa)) is None
    assert Packet.objects.visible_to(rosa).count() == 0
    mine = open_version(draft, by=by(one.sender))
    assert mine is not None
    assert mine.words.parts == PARTS


def test_a_file_that_no_version_has_any_more_is_gone(one: Referral) -> None:
    enclosed(one)
    [file] = PacketFile.objects.all()

    take_out(one, file.public_id, by=by(one.sender), click=seen(one))

    assert not PacketFile.objects.exists()


def test_the_database_holds_it_too(one: Referral, rosa: Clinician) -> None:
    version = a_packet(one, rosa)
    draft: dict[str, Any] = {"packet": version.packet, "box": b"", "number": 7}
    draft |= {"key_id": uuid4(), "client_key_id": uuid4()}

    for wrong in (
        {"number": 1},
        {"sent_at": timezone.now()},
        {"revoked_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PacketVersion.objects.create(**{**draft, **wrong})


def test_pressed_twice_it_is_sent_once(one: Referral, rosa: Clinician) -> None:
    agreed(one, rosa)
    wrote(one)
    click, sending = seen(one), Sending(in_days(9))

    for _ in range(2):
        send_packet(one, sending, by=by(one.sender), click=click)
    assert Event.objects.filter(verb="packet.sent").count() == 1
    with pytest.raises(ReusedKeyError):
        send_packet(one, Sending(in_days(10)), by=by(one.sender), click=click)
    with pytest.raises(LostRaceError):
        send_packet(one, sending, by=by(one.sender), click=Click(uuid4(), click.seen))


# -- What keeps it from leaving -------------------------------------------------------


def lacking(one: Referral, days: int = 9) -> list[str]:
    with pytest.raises(UnfitPacketError) as refusal:
        send_packet(one, Sending(in_days(days)), by=by(one.sender), click=seen(one))
    return refusal.value.sentences


def test_it_leaves_only_with_all_the_permissions_that_it_needs(
    one: Referral, rosa: Clinician
) -> None:
    wrote(one)
    agreed(one, rosa, DataClass.SUMMARY, DataClass.HISTORY)
    assert lacking(one) == ["the client has agreed that Rosa Wren reads: medicines"]

    agreed(one, rosa, DataClass.MEDICATION)

    assert packed(one).number == 1


def test_it_leaves_only_to_somebody_and_with_something(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa)
    wrote(one)
    assert lacking(one) == ["a colleague who is a member is chosen"]
    accepted(rosa, one)
    agreed(one, rosa)
    wrote(one, {"reason": " "})
    assert lacking(one) == ["something is written, or enclosed"]


@pytest.mark.parametrize("days", [0, -1, 400])
def test_it_ends_within_a_year(one: Referral, rosa: Clinician, days: int) -> None:
    agreed(one, rosa)
    wrote(one)

    assert lacking(one, days) == ["it ends on a day within the next twelve months"]


def test_words_that_tell_who_it_is_need_a_reason(
    one: Referral, rosa: Clinician
) -> None:
    agreed(one, rosa)
    wrote(one, {"reason": "Mary Ellen Johnson, 555-201-3344, is afraid of mice."})

    with pytest.raises(TellingWordsError):
        packed(one)
    assert packed(one, reason=CONSENTED).guard_reason == CONSENTED


def test_psychotherapy_notes_are_refused_where_nobody_says_otherwise(
    one: Referral,
) -> None:
    with pytest.raises(NotesError):
        write_packet(one, Summary(PARTS), by=by(one.sender), click=seen(one))
    with pytest.raises(NotesError):
        enclose(
            one,
            "a.txt",
            None,  # type: ignore[arg-type]
            no_notes=False,
            by=by(one.sender),
            click=seen(one),
        )
    assert not Packet.objects.exists()


def test_what_is_over_gets_no_more_words(one: Referral) -> None:
    wrote(one)
    Referral.objects.filter(pk=one.pk).update(
        state="withdrawn", turn="nobody", closed_at=timezone.now()
    )

    with pytest.raises(PermissionDenied):
        wrote(one)


# -- Part 2 ---------------------------------------------------------------------------


def test_from_a_part_2_programme_it_leaves_with_both_or_not_at_all(
    one: Referral, rosa: Clinician
) -> None:
    agreed(one, rosa, *ALL)
    wrote(one, is_part2=True)
    [said] = lacking(one)
    assert said.endswith("care for alcohol or drug use")

    agreed(one, rosa, DataClass.SUBSTANCE_USE)
    version = packed(one)

    content = readable(by(rosa), version)
    assert content is not None
    assert content.words.notice == NOTICE
    copies = "\n".join(line for copy in content.words.consents for line in copy)
    for element in (
        "Ana Heron may tell Rosa Wren",
        "to find care with this person",
        "care for alcohol or drug use",
        "until",
        "signed on paper",
        "may take it back at any time",
    ):
        assert element in copies


def test_whoever_leads_such_a_programme_has_the_flag_from_the_start(
    one: Referral, ana: Clinician, rosa: Clinician
) -> None:
    """By a file alone, too; and she takes it off where it is from elsewhere."""
    claim = ProgrammeClaim("Harbour IOP", ("iop",), is_part2=True)
    list_programmes(ana, [claim], by=her(ana))
    agreed(one, rosa)
    page = signed_in(ana).get(f"{one.get_absolute_url()}packet/").content.decode()
    assert re.search(r'name="is_part2"[^>]* checked', page)

    enclosed(one)
    assert lacking(one)[0].endswith("care for alcohol or drug use")
    wrote(one)
    assert lacking(one)[0].endswith("care for alcohol or drug use")
    wrote(one, is_part2=False)
    assert not packed(one).is_part2


def test_without_either_nobody_reads_it(one: Referral, rosa: Clinician) -> None:
    """Whatever has sent it: reading looks again."""
    version = a_packet(one, rosa)
    agreed(one, rosa, DataClass.SUBSTANCE_USE)
    assert texts(by(rosa), version) != []

    PacketVersion.objects.filter(pk=version.pk).update(is_part2=True)

    assert texts(by(rosa), version) == []


def test_it_closes_when_the_permission_for_drug_care_ends(
    one: Referral, rosa: Clinician
) -> None:
    agreed(one, rosa, *ALL)
    drugs = agreed(one, rosa, DataClass.SUBSTANCE_USE)
    wrote(one, is_part2=True)
    version = packed(one)
    assert texts(by(rosa), version) != []

    revoke_consent(drugs, by=her(one.sender))

    assert texts(by(rosa), version) == []


# -- The trail ------------------------------------------------------------------------


def test_every_opening_is_in_the_trail_and_in_the_clients_account(
    one: Referral, rosa: Clinician
) -> None:
    version = a_packet(one, rosa)
    [file] = PacketFile.objects.all()

    for _ in range(2):  # a page that is drawn anew counts once a day
        open_version(version, by=by(rosa))
    open_version(version, by=by(rosa), way="pdf")
    found = open_file(version, file.public_id, by=by(rosa))
    assert found is not None
    assert found[2] == LETTER
    open_version(version, by=by(one.sender))  # her own is not noted

    told = Event.objects.about(version.packet).filter(verb="packet.opened")
    assert [(e.detail["as"], e.detail["version"]) for e in told] == [
        ("page", 1),
        ("pdf", 1),
        ("file", 1),
    ]
    lines = Disclosure.objects.filter(client=one.client).order_by("pk")
    assert [line.data_classes for line in lines] == [
        ["summary", "history", "medication", "records"],
        ["summary", "history", "medication", "records"],
        ["records"],
    ]
    assert {line.thing for line in lines} == {f"packet:{version.packet.public_id} v1"}
    assert all(line.consent for line in lines)


def test_what_the_client_allows_later_that_day_has_its_own_line(
    one: Referral, rosa: Clinician
) -> None:
    consent = agreed(one, rosa)
    wrote(one)
    version = packed(one)
    revoke_consent(consent, by=her(one.sender))
    agreed(one, rosa, DataClass.SUMMARY)
    open_version(version, by=by(rosa))
    agreed(one, rosa, DataClass.MEDICATION)
    for _ in range(2):
        open_version(version, by=by(rosa))

    lines = Disclosure.objects.filter(client=one.client).order_by("pk")
    assert [line.data_classes for line in lines] == [
        ["summary"],
        ["medication"],
    ]


def test_taken_back_it_is_closed_at_once_and_both_pages_hear_it(
    one: Referral, rosa: Clinician
) -> None:
    version = a_packet(one, rosa)

    revoke_packet(version, by=by(one.sender), click=seen(one))

    assert open_version(version, by=by(rosa)) is None
    event = Event.objects.get(verb="packet.revoked")
    assert set(event.audience) == {her(one.sender).public_id, her(rosa).public_id}
    assert not event.notifications.exists()
    with pytest.raises(LostRaceError):
        revoke_packet(version, by=by(one.sender), click=seen(one))


def test_sent_the_colleague_is_told_without_a_word_of_the_case(
    one: Referral, rosa: Clinician
) -> None:
    a_packet(one, rosa)

    event = Event.objects.get(verb="packet.sent")
    assert [note.person for note in event.notifications.all()] == [her(rosa)]
    assert set(event.detail) == {"version", "to"}


# -- Forgotten -----------------------------------------------------------------------


def test_it_goes_with_the_words_of_its_referral(one: Referral, rosa: Clinician) -> None:
    a_packet(one, rosa)

    with transaction.atomic():
        forget(one, by=by(one.sender).actor, why="retention")

    assert not Packet.objects.exists()
    assert not PacketFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_with_its_client_it_is_lost_for_good(one: Referral, rosa: Clinician) -> None:
    version = a_packet(one, rosa)

    erase_client(one.client, by=her(one.sender))

    assert not PacketVersion.objects.exists()
    assert open_version(version, by=by(rosa)) is None
    assert open_version(version, by=by(one.sender)) is None
    assert whole(version) is None  # as from a backup
