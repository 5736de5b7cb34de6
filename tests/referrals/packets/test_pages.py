"""The pages of a packet: as its sender writes it, as she reads it, and nobody else."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.accounts import pace
from network.activity.models import Event
from network.clients.actions.consents import revoke_consent
from network.clients.wording import DataClass
from network.clinicians.models import Clinician
from referrals.actions import leaving
from referrals.models import PacketFile, PacketVersion, Referral
from tests.conftest import signed_in
from tests.messaging.saying import her
from tests.privacy.files.made import AN_SVG
from tests.referrals.packets.packing import (
    COURSE,
    LETTER,
    REASON,
    a_packet,
    agreed,
    in_days,
    packed,
    placed,
    wrote,
)
from tests.referrals.story import sent
from tests.referrals.test_api import program_of

pytestmark = pytest.mark.django_db
SCRIPT: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}
TICKED = {"no_notes": "on"}


@pytest.fixture
def one(ana: Clinician, rosa: Clinician) -> Referral:
    return placed(ana, rosa)


def html(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(key|seen)" value="([^"]+)"', page)
    return dict(found)


def desk(one: Referral) -> str:
    return f"{one.get_absolute_url()}packet/"


def post(browser: Client, page: str, to: str = "", **said: Any) -> Any:
    """As a form of that page does."""
    return browser.post(to or page, {**hidden(html(browser, page)), **said})


def test_from_an_empty_page_to_the_last_look(
    one: Referral, ana: Clinician, rosa: Clinician
) -> None:
    anas, page = signed_in(ana), desk(one)
    assert "Psychotherapy notes are never taken" in html(anas, page)
    refused = post(anas, page, reason=REASON)
    assert refused.status_code == 422
    assert REASON in refused.content.decode()

    assert post(anas, page, reason=REASON, course=COURSE, **TICKED).status_code == 302
    file = SimpleUploadedFile("plan.txt", LETTER)
    post(anas, page, f"{page}files/", file=file, **TICKED)
    look = f"{page}preview/"
    assert "the client has agreed that Rosa Wren reads" in html(anas, look)
    agreed(one, rosa)
    shown = html(anas, look)
    for words in (REASON, COURSE, "plan.txt", "Exactly this Rosa Wren will read"):
        assert words in shown
    assert post(anas, look, expires_on=in_days(30)).status_code == 302

    assert PacketVersion.objects.get().sent_at


def test_it_is_read_and_its_sender_sees_who_did(
    one: Referral, ana: Clinician, rosa: Clinician
) -> None:
    at, rosas = a_packet(one, rosa).packet.get_absolute_url(), signed_in(rosa)
    assert rosas.get(at)["Location"] == f"{at}1/"

    answer = rosas.get(f"{at}1/")

    assert "no-store" in answer["Cache-Control"]
    read = answer.content.decode()
    for words in (REASON, COURSE, "plan.txt", "Read by Rosa Wren, version 1"):
        assert words in read
    kept = rosas.get(f"{at}1/files/{PacketFile.objects.get().public_id}/")
    assert kept.content == LETTER
    assert "no-store" in kept["Cache-Control"]
    log = html(signed_in(ana), desk(one))
    assert "Rosa Wren</span><span>read it, version 1" in log
    assert "Rosa Wren</span><span>took a file, version 1" in log


def test_to_everybody_else_it_is_missing(
    one: Referral, omar: Clinician, cleo: Clinician, rosa: Clinician
) -> None:
    version = a_packet(one, rosa)
    at, page = version.packet.get_absolute_url(), desk(one)
    file = PacketFile.objects.get().public_id
    reading = (at, f"{at}1/", f"{at}1/pdf/", f"{at}1/files/{file}/")
    writing = (page, f"{page}preview/")

    for person in (omar, cleo):
        for address in (*reading, *writing):
            assert signed_in(person).get(address).status_code == 404
        piece = signed_in(person).get(f"{at}1/", **SCRIPT).content.decode()
        assert "This version is closed." in piece
        assert REASON not in piece
    for address in writing:
        assert signed_in(rosa).get(address).status_code == 404
    for address in (f"{page}files/", f"{page}1/revocation/"):
        assert signed_in(rosa).post(address).status_code == 404


def test_taken_back_the_page_is_missing_and_an_open_one_is_emptied(
    one: Referral, ana: Clinician, rosa: Clinician
) -> None:
    version = a_packet(one, rosa)
    at, page, anas = version.packet.get_absolute_url(), desk(one), signed_in(ana)
    rosas = signed_in(rosa)
    assert REASON in html(rosas, f"{at}1/")

    assert post(anas, page, f"{page}1/revocation/").status_code == 302

    assert rosas.get(f"{at}1/").status_code == 404
    assert rosas.get(at).status_code == 404
    piece = rosas.get(f"{at}1/", **SCRIPT)
    assert "This version is closed." in piece.content.decode()
    assert REASON not in piece.content.decode()
    assert "Taken back on" in html(anas, page)


def test_an_open_page_listens_for_the_consent_and_is_emptied_with_it(
    one: Referral, rosa: Clinician
) -> None:
    version = a_packet(one, rosa)
    at, rosas = f"{version.packet.get_absolute_url()}1/", signed_in(rosa)
    assert f"live:consent:{one.client.public_id} from:body" in html(rosas, at)

    revoke_consent(one.client.consents.get(), by=her(one.sender))

    assert REASON not in rosas.get(at, **SCRIPT).content.decode()
    assert rosas.get(at).status_code == 404
    assert rosas.get(f"{at}pdf/").status_code == 404


def test_an_open_page_asks_again_every_few_seconds_and_is_drawn_only_for_news(
    one: Referral, rosa: Clinician
) -> None:
    version = a_packet(one, rosa)
    at, rosas = f"{version.packet.get_absolute_url()}1/", signed_in(rosa)
    page = html(rosas, at)
    assert "every 3s" in page
    [mark] = re.findall(r'"X-Shown": "(\w+)"', page)
    still = {**SCRIPT, "HTTP_X_SHOWN": mark}
    opened = Event.objects.filter(verb="packet.opened")
    assert opened.count() == 1

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert signed_in(rosa).get(at, **still).status_code == 204
    assert opened.count() == 1
    revoke_consent(one.client.consents.get(), by=her(one.sender))
    agreed(one, rosa, DataClass.SUMMARY)

    fewer = rosas.get(at, **still).content.decode()
    assert REASON in fewer
    assert COURSE not in fewer


def test_what_is_on_the_screen_is_of_one_version_alone(
    one: Referral, rosa: Clinician
) -> None:
    version, rosas = a_packet(one, rosa), signed_in(rosa)
    at = version.packet.get_absolute_url()
    [mark] = re.findall(r'"X-Shown": "(\w+)"', html(rosas, f"{at}1/"))
    wrote(one)
    packed(one)

    answer = rosas.get(f"{at}2/", **SCRIPT, HTTP_X_SHOWN=mark)

    assert answer.status_code == 200
    assert Event.objects.filter(verb="packet.opened").count() == 2


def test_an_open_page_is_emptied_whatever_shut_it(
    one: Referral, ana: Clinician, rosa: Clinician
) -> None:
    """Also where there is nothing to find any more, and for whom no page opens."""
    version = a_packet(one, rosa)
    at, rosas = f"{version.packet.get_absolute_url()}1/", signed_in(rosa)
    closed = rosas.get(f"{at[:-2]}7/", **SCRIPT)
    assert (closed.status_code, "no-store" in closed["Cache-Control"]) == (200, True)

    Clinician.objects.filter(pk=rosa.pk).update(suspended_at=timezone.now())
    suspended = rosas.get(at, **SCRIPT)
    Clinician.objects.filter(pk=rosa.pk).update(suspended_at=None)
    leaving.leave_every_referral(ana)

    for answer in (suspended, rosas.get(at, **SCRIPT)):
        assert answer.content == closed.content
    assert b"This version is closed." in closed.content


def test_what_is_no_fit_file_is_refused_with_a_reason(
    one: Referral, ana: Clinician
) -> None:
    anas, page = signed_in(ana), desk(one)
    drawing = SimpleUploadedFile("a.svg", AN_SVG)

    answer = post(anas, page, f"{page}files/", file=drawing, **TICKED)

    assert answer.status_code == 422
    assert "which can run" in answer.content.decode()
    assert not PacketFile.objects.exists()


def test_what_was_never_sent_cannot_be_taken_back(
    one: Referral, ana: Clinician
) -> None:
    assert signed_in(ana).post(f"{desk(one)}1/revocation/").status_code == 404


def test_what_the_guard_finds_in_a_file_goes_into_no_cookie(
    one: Referral, ana: Clinician
) -> None:
    anas, page = signed_in(ana), desk(one)
    telling = SimpleUploadedFile("a.txt", b"Mary Ellen Johnson, 555-201-3344.")
    answer = post(anas, page, f"{page}files/", file=telling, **TICKED)

    said = "".join(one.value for one in answer.cookies.values())
    assert [word for word in ("Johnson", "3344") if word in said] == []
    assert "The guard found something in it" in html(anas, page)


def test_a_file_needs_the_tick_too(one: Referral, ana: Clinician) -> None:
    anas, page = signed_in(ana), desk(one)

    answer = post(anas, page, f"{page}files/", file=SimpleUploadedFile("a.txt", LETTER))

    assert answer.status_code == 422
    assert "psychotherapy notes are never taken" in answer.content.decode()


def test_what_the_guard_stops_asks_why_on_the_last_page(
    one: Referral, ana: Clinician, rosa: Clinician
) -> None:
    agreed(one, rosa)
    wrote(one, {"reason": "Mary Ellen Johnson, 555-201-3344, is afraid of mice."})
    anas, look = signed_in(ana), f"{desk(one)}preview/"
    assert "Why does it stay?" in html(anas, look)

    assert post(anas, look, expires_on=in_days(3)).status_code == 422
    post(anas, look, expires_on=in_days(3), guard_reason="consented")

    assert PacketVersion.objects.get().sent_at


def test_an_older_page_changes_nothing(one: Referral, ana: Clinician) -> None:
    anas, page = signed_in(ana), desk(one)
    old = hidden(html(anas, page))
    wrote(one)

    anas.post(page, {**old, "reason": "Late.", **TICKED})

    assert "Late." not in html(anas, page)
    assert REASON in html(anas, page)


def test_the_referral_and_the_offer_lead_to_it(
    one: Referral, ana: Clinician, rosa: Clinician
) -> None:
    version = a_packet(one, rosa)

    assert desk(one) in html(signed_in(ana), one.get_absolute_url())
    offer = one.offers.get().get_absolute_url()
    assert version.packet.get_absolute_url() in html(signed_in(rosa), offer)
    other = sent(ana, rosa).offers.get().get_absolute_url()
    assert "/packets/" not in html(signed_in(rosa), other)


def test_what_is_heavy_is_handed_out_at_a_pace(
    one: Referral, ana: Clinician, rosa: Clinician, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "BURST", 2.0)
    monkeypatch.setattr(pace, "A_SECOND", 0.001)
    pace.PACE.forget()
    version, rosas = a_packet(one, rosa), signed_in(rosa)
    at = f"/referrals/packets/{version.packet.public_id}/1/"
    file = f"{at}files/{version.files.get().public_id}/"
    paths = f"/offers/{one.offers.get().public_id}/packet/files/"

    assert [rosas.get(file).status_code for _ in range(3)] == [200, 200, 429]
    assert rosas.get(f"{at}pdf/").status_code == 429
    assert rosas.get(at).status_code == 200
    program = program_of(rosa)
    assert program.get(f"{paths}{version.files.get().public_id}").status_code == 429
    assert program.get(paths.removesuffix("/files/")).status_code == 200


def test_reading_by_the_sender_leaves_no_line(
    one: Referral, ana: Clinician, rosa: Clinician
) -> None:
    version = a_packet(one, rosa)

    assert REASON in html(signed_in(ana), f"{version.packet.get_absolute_url()}1/")

    assert not Event.objects.filter(verb="packet.opened").exists()


def test_more_versions_and_openings_take_no_more_questions(
    one: Referral, ana: Clinician, rosa: Clinician
) -> None:
    a_packet(one, rosa)
    anas, page, rosas = signed_in(ana), desk(one), signed_in(rosa)
    html(anas, page)
    rosas.get(f"{one.packet.get_absolute_url()}1/")
    before = questions(anas, page)

    for number in (2, 3):
        wrote(one)
        packed(one)
        rosas.get(f"{one.packet.get_absolute_url()}{number}/")

    assert questions(anas, page) <= before


def questions(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        html(browser, address)
    return len(asked)
