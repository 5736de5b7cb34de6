"""The blind check: before asking, and once more before the client is handed over."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.models import Event, Notification
from network.clinicians.actions.conflicts import MOST_NAMES_A_DAY, TooManyNamesError
from network.clinicians.conflicts.people import Named
from network.clinicians.models import Clinician, Look, NameAsked
from network.privacy import data_keys
from network.privacy.actions import complete_destructions
from referrals.actions.arriving import release_identity
from referrals.actions.asking import ask_colleagues, ask_more
from referrals.actions.conflicts import check_names, hand_over, talk_over
from referrals.actions.drafting import Attestation, Guest, shortlist
from referrals.actions.passages import forget
from referrals.actions.stepping import ReusedKeyError
from referrals.export import portion
from referrals.models import Conflict, Referral, Sought
from referrals.permissions import LackingError, allowed
from referrals.seeking import known_of
from tests.clients.people import a_consent, signed, with_identities
from tests.conflicts.people import noted
from tests.conftest import signed_in
from tests.messaging.programs import codes
from tests.messaging.saying import her
from tests.referrals.story import accepted, begun, by, click, offer_to, ready, sent
from tests.referrals.test_api import program_of
from tests.referrals.test_pages import hidden, html

pytestmark = pytest.mark.django_db
EDA, ZOE = Named("Eda Larkspur", 1980), Named("Zoe Quillfeather")
ATTESTED = Attestation(no_fee=True)
CALL_FIRST = "A possible overlap: call first."


@pytest.fixture(autouse=True)
def _keys() -> None:
    """What the test before remembered went with its keystore."""
    data_keys.forget_all()


def prepared(sender: Clinician, *people: Clinician | Guest, **more: Any) -> Referral:
    one = begun(sender, **more)
    shortlist(one, people, by=by(sender), click=click(one))
    return one


def ask(one: Referral, *names: Named) -> bool:
    me = by(one.sender)
    is_sent = ask_colleagues(one, ATTESTED, names, by=me, click=click(one))
    one.refresh_from_db()
    return is_sent


def found(one: Referral) -> list[str]:
    return list(one.offers.in_order().values_list("conflict", flat=True))


def test_without_a_name_nobody_is_looked_up(ana: Clinician, rosa: Clinician) -> None:
    noted(rosa, "Eda Larkspur")
    one = prepared(ana, rosa)

    assert ask(one)

    assert (one.state, found(one)) == ("open", [Conflict.UNNAMED])
    assert not Sought.objects.exists()
    assert not Look.objects.exists()


def test_what_may_overlap_waits_for_a_call(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    noted(omar, "Eda Larkspur", 1980)
    one = prepared(ana, rosa, omar, Guest("Wendy Finch", by_link=False))

    assert not ask(one, Named("larkspur, EDA"), ZOE)

    assert one.state == "ready"
    assert found(one) == [Conflict.NONE_FOUND, Conflict.POSSIBLE, Conflict.OUTSIDE]
    assert "send" not in allowed(by(ana), one)
    event = Event.objects.get(verb="referral.checked")
    told = {"people": 2, "none_found": 1, "outside": 1, "possible": 1}
    assert event.detail == told
    assert event.audience == [her(ana).public_id]
    assert not ask(one)

    offer = offer_to(omar, one)
    talk_over(offer, by=by(ana), click=click(one))

    assert ask(one)
    assert one.state == "open"
    assert offer_to(omar, one).conflict == Conflict.TALKED_OVER


def test_a_call_holds_for_whom_it_was_about(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    """Also when the list is written anew; with another name it has to be made again."""
    noted(omar, "Eda Larkspur")
    noted(omar, "Quillfeather", kind="family")
    one = prepared(ana, omar)
    assert not ask(one, EDA)
    talk_over(offer_to(omar, one), by=by(ana), click=click(one))

    shortlist(one, [rosa, omar], by=by(ana), click=click(one))
    check_names(one, by=by(ana), click=click(one))
    assert found(one) == [Conflict.NONE_FOUND, Conflict.TALKED_OVER]
    check_names(one, [EDA, ZOE], by=by(ana), click=click(one))

    assert found(one) == [Conflict.NONE_FOUND, Conflict.POSSIBLE]


def test_other_names_under_the_key_of_before_are_no_check(
    ana: Clinician, rosa: Clinician
) -> None:
    noted(rosa, "Eda Larkspur")
    one = ready(ana, rosa)
    press = click(one)
    for _ in range(2):
        check_names(one, [ZOE], by=by(ana), click=press)

    with pytest.raises(ReusedKeyError):
        check_names(one, [EDA], by=by(ana), click=press)
    assert found(one) == [Conflict.NONE_FOUND]


def test_more_are_asked_only_when_nothing_may_overlap(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    noted(omar, "Eda Larkspur")
    one = prepared(ana, rosa)
    assert ask(one, EDA)

    assert not ask_more(one, [omar], by=by(ana), click=click(one))

    assert offer_to(omar, one).state == "queued"
    assert "widen" not in allowed(by(ana), one)
    talk_over(offer_to(omar, one), by=by(ana), click=click(one))
    assert "widen" in allowed(by(ana), one)


@pytest.fixture
def placed(ana: Clinician, rosa: Clinician, staff: User) -> Referral:
    """Rosa is chosen, and a consent names her."""
    with_identities(staff)
    one = prepared(ana, rosa)
    assert ask(one, EDA)
    accepted(rosa, one)
    signed(a_consent(one.client, rosa))
    one.refresh_from_db()
    return one


def test_before_the_handing_over_it_is_looked_again(
    ana: Clinician, rosa: Clinician, placed: Referral
) -> None:
    noted(rosa, "Larkspur", kind="family")
    before = Notification.objects.filter(person=her(rosa)).count()

    with pytest.raises(LackingError, match="conflicts"):
        hand_over(placed, by=by(ana), click=click(placed))

    assert offer_to(rosa, placed).conflict == Conflict.POSSIBLE
    assert Look.objects.filter(owner=rosa, is_overlap=True).exists()
    told = Event.objects.filter(verb="referral.checked")
    assert {tuple(one.audience) for one in told} == {(her(ana).public_id,)}
    assert Notification.objects.filter(person=her(rosa)).count() == before
    talk_over(offer_to(rosa, placed), by=by(ana), click=click(placed))
    press = click(placed)
    hand_over(placed, by=by(ana), click=press)
    hand_over(placed, by=by(ana), click=press)
    placed.refresh_from_db()
    assert placed.state == "handed_over"


def test_by_no_other_door_she_is_handed_over_past_an_overlap(
    ana: Clinician, rosa: Clinician, placed: Referral
) -> None:
    """What came up since the asking stops the release itself, and leaves no row."""
    noted(rosa, "Larkspur", kind="family")
    before = Look.objects.count()
    assert "release_identity" in allowed(by(ana), placed)

    with pytest.raises(LackingError, match="conflicts"):
        release_identity(placed, by=by(ana), click=click(placed))

    placed.refresh_from_db()
    assert (placed.state, placed.released_at) == ("placed", None)
    assert Look.objects.count() == before
    with pytest.raises(LackingError):
        hand_over(placed, by=by(ana), click=click(placed))
    talk_over(offer_to(rosa, placed), by=by(ana), click=click(placed))
    release_identity(placed, by=by(ana), click=click(placed))


def test_a_name_may_be_given_as_late_as_that(
    ana: Clinician, rosa: Clinician, placed: Referral
) -> None:
    noted(rosa, "Zoe Quillfeather")

    with pytest.raises(LackingError, match="conflicts"):
        hand_over(placed, [ZOE], by=by(ana), click=click(placed))

    assert known_of(placed).people.keys() == set(
        NameAsked.objects.values_list("name", flat=True)
    )


def test_where_nothing_overlaps_she_is_handed_over(
    ana: Clinician, placed: Referral
) -> None:
    hand_over(placed, by=by(ana), click=click(placed))

    placed.refresh_from_db()
    assert placed.state == "handed_over"


def test_no_row_no_log_and_no_copy_has_the_name(
    ana: Clinician, rosa: Clinician, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    noted(rosa, "Eda Larkspur")
    one, anas = prepared(ana, rosa), signed_in(ana)
    page = html(anas, one.get_absolute_url())
    said = {**hidden(page), "no_fee": "on", "names": "Eda Larkspur, 1980\n\nZoe Quill"}

    answer = anas.post(f"{one.get_absolute_url()}sending/", said, follow=True)

    assert CALL_FIRST in answer.content.decode()
    assert Sought.objects.get().people == 2
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            kept = str([[_readable(cell) for cell in row] for row in cursor.fetchall()])
            assert "larkspur" not in kept.casefold(), table
    assert "larkspur" not in caplog.text.casefold()
    assert "arkspur" not in str(portion(her(ana).pk))


def _readable(cell: object) -> str:
    return str(bytes(cell) if isinstance(cell, memoryview) else cell)


def test_the_hashes_go_with_the_words(ana: Clinician, rosa: Clinician) -> None:
    one = prepared(ana, rosa)
    ask(one, EDA)
    assert known_of(one).people

    forget(one, by=Actor.system(), why="over")
    complete_destructions()

    assert not known_of(one).people


def test_eleven_names_are_too_many_and_nothing_is_done(
    ana: Clinician, rosa: Clinician
) -> None:
    one, anas = prepared(ana, rosa), signed_in(ana)
    lines = "\n".join(f"Person Number{n}" for n in range(MOST_NAMES_A_DAY + 1))
    said = {**hidden(html(anas, one.get_absolute_url())), "no_fee": "on"}

    answer = anas.post(f"{one.get_absolute_url()}sending/", {**said, "names": lines})

    assert answer.status_code == 422
    assert "more than ten people within a day" in answer.content.decode()
    one.refresh_from_db()
    assert one.state == "draft"
    assert not NameAsked.objects.exists()
    with pytest.raises(TooManyNamesError):
        ask(one, *(Named(line) for line in lines.splitlines()))


def test_of_a_guest_nothing_could_be_compared(ana: Clinician, rosa: Clinician) -> None:
    one = ready(ana, rosa, Guest("Wendy Finch", by_link=False))
    check_names(one, [ZOE], by=by(ana), click=click(one))

    page = html(signed_in(ana), one.get_absolute_url())

    assert page.count("No overlap found") == 1
    assert page.count("Nothing could be compared") == 1


@pytest.mark.parametrize("line", ["Eda", "Eda Larkspur 2090"])
def test_half_a_name_is_asked_for_again(
    line: str, ana: Clinician, rosa: Clinician
) -> None:
    one, anas = prepared(ana, rosa), signed_in(ana)
    said = {**hidden(html(anas, one.get_absolute_url())), "no_fee": "on"}

    answer = anas.post(f"{one.get_absolute_url()}sending/", {**said, "names": line})

    assert answer.status_code == 422
    assert line in answer.content.decode()
    assert not Sought.objects.exists()


def test_on_the_page_ana_talks_it_over_or_leaves_her_out(
    ana: Clinician, rosa: Clinician, omar: Clinician, cleo: Clinician
) -> None:
    for person in (rosa, omar):
        noted(person, "Eda Larkspur")
    one, anas = prepared(ana, rosa, omar), signed_in(ana)
    assert not ask(one, EDA)
    page = html(anas, one.get_absolute_url())
    assert page.count(CALL_FIRST) == 2
    talk = f"/referrals/offers/{offer_to(rosa, one).public_id}/talk/"
    removal = f"/referrals/offers/{offer_to(omar, one).public_id}/removal/"
    for outsider in (rosa, cleo):
        assert signed_in(outsider).post(talk, hidden(page)).status_code == 404
    assert anas.get(talk).status_code == 405

    page = anas.post(talk, hidden(page), follow=True).content.decode()
    assert page.count(CALL_FIRST) == 1
    page = anas.post(removal, hidden(page), follow=True).content.decode()

    assert CALL_FIRST not in page
    assert "You have talked it over." in page
    assert list(one.offers.values_list("receiver__name", flat=True)) == [rosa.name]
    assert ask(one)
    talk = f"/referrals/offers/{offer_to(rosa, one).public_id}/talk/"
    page = anas.post(talk, hidden(page), follow=True).content.decode()
    assert "It has changed meanwhile" in page


def test_who_is_asked_never_reads_what_was_found(
    ana: Clinician, rosa: Clinician
) -> None:
    one = prepared(ana, rosa)
    ask(one, EDA)
    rosas = program_of(rosa)

    page = html(signed_in(rosa), offer_to(rosa, one).get_absolute_url())
    part = rosas.get(f"/offers/{offer_to(rosa, one).public_id}").json()
    whole = rosas.get(f"/referrals/{one.public_id}").json()

    assert "overlap" not in page
    assert "conflict" not in part
    assert [offer["conflict"] for offer in whole["offers"]] == [None]
    [line] = portion(her(rosa).pk)["offers_received"]
    assert "conflict" not in line


def test_the_same_over_the_api(ana: Clinician, rosa: Clinician) -> None:
    noted(rosa, "Eda Larkspur", 1980)
    one, anas = ready(ana, rosa), program_of(ana)
    path = f"/referrals/{one.public_id}"
    names = [{"name": "Edda Larkspur", "born": 1981}, {"name": "Zoe Quill"}]

    [offer] = anas.step(path, "check", names=names)["offers"]

    assert offer["conflict"] == "possible"
    steps = f"{path}/steps"
    version = anas.get(path).json()["version"]
    refused = anas.post(steps, {"step": "send", "version": version, "said": {}})
    assert (refused.status_code, codes(refused)) == (422, [("", "checked")])
    half = {"step": "check", "version": version, "said": {"names": [{"name": "Eda"}]}}
    refused = anas.post(steps, half)
    assert refused.status_code == 422
    assert codes(refused)[0][1] == "half_name"
    many = [{"name": f"Person Number{n}"} for n in range(9)]
    half["said"] = {"names": many}
    refused = anas.post(steps, half)
    assert (refused.status_code, codes(refused)) == (
        429,
        [("/said/names", "too_many_names")],
    )
    assert anas.step(path, "check", talked_over=offer["id"])["offers"][0][
        "conflict"
    ] == ("talked_over")
    assert anas.step(path, "send")["state"] == "open"


def test_a_name_that_was_asked_yesterday_is_still_known_to_the_referral(
    ana: Clinician, rosa: Clinician
) -> None:
    """The second check costs nothing of the day."""
    one = sent(ana, rosa)
    check_names(one, [EDA], by=by(ana), click=click(one))
    NameAsked.objects.update(asked_at=timezone.now() - timedelta(hours=30))

    check_names(one, by=by(ana), click=click(one))

    assert Sought.objects.get().people == 1
