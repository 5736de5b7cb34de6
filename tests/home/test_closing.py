"""Closing an account: gone at once, undone within a week, erased after it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.db import connection, connections, router
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from home import tasks
from home.actions.closing import close_account, erase, reopen_account
from network.accounts.actions.staffing import LastAdministratorError, give_roles
from network.accounts.actions.tokens import make_token
from network.accounts.models import User
from network.activity.actions import anchor_trail
from network.activity.models import Event
from network.activity.preferences.actions import choose_time_zone
from network.activity.trail import faults
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.actions.decisions import Finding, decide
from network.clinicians.actions.evidence import attach_evidence
from network.clinicians.actions.list_entries import (
    Words,
    list_colleague,
    write_on_entry,
)
from network.clinicians.actions.needs import save_need
from network.clinicians.actions.reports import move_inquiry, report_profile
from network.clinicians.models import (
    Clinician,
    Evidence,
    EvidenceFile,
    Inquiry,
    Invitation,
    Listing,
    Practice,
    Report,
    Review,
)
from network.clinicians.verification.files import read_file
from network.privacy.models import ReasonWords
from tests import factories
from tests.among.people import an_associate, guided
from tests.conftest import signed_in
from tests.home.again import post_again
from tests.verification.people import a_png, say_licence

WEEK = timedelta(days=7, minutes=1)
# The trail is only added to; what has no path to a person holds nothing of hers.
KEPT = {"activity.event", "activity.chainhead"}


@pytest.fixture
def wren(db: None) -> Clinician:
    """A colleague who can be found, and who has a bit of everything."""
    wren = factories.a_colleague("Wren Warbler")
    her, other = user_of(wren), factories.a_member("Otto Owl")
    save_need({"need": {"kind": "canary"}}, owner=wren, by=her)
    entry = list_colleague(factories.shortlist(wren), other, by=her)
    write_on_entry(entry, Words("canary", ("canary",)), by=her)
    block_colleague(wren, factories.a_member("Mag Pie"), by=her)
    make_token(her, name="canary", days=30)
    choose_time_zone(her, "Asia/Tokyo")
    return wren


def user_of(clinician: Clinician) -> User:
    assert clinician.user is not None
    return User.objects.get(pk=clinician.user.pk)


def is_found(clinician: Clinician) -> bool:
    return Listing.objects.get(clinician=clinician).visible


def test_the_page_says_before_what_goes_and_what_stays(ana: Clinician) -> None:
    page = signed_in(ana).get("/settings/closing/").content.decode()

    assert "After seven days, for good" in page
    assert "What stays" in page
    assert "audit trail" in page


def test_closing_asks_for_the_password_again(ana: Clinician) -> None:
    browser = Client()
    browser.force_login(user_of(ana))

    answer = browser.post("/settings/closing/", {"word": "close"})

    assert answer["Location"].startswith("/account/")
    assert not user_of(ana).is_closing


@pytest.mark.parametrize("word", ["", "no", "closed"])
def test_closing_asks_for_its_word(ana: Clinician, word: str) -> None:
    answer = post_again(signed_in(ana), "/settings/closing/", word=word)
    page = answer.content.decode()

    assert "Type the word “close”" in page
    assert not user_of(ana).is_closing


def test_whoever_closes_is_gone_at_once_everywhere(wren: Clinician) -> None:
    here, there = signed_in(wren), signed_in(wren)
    assert is_found(wren)

    answer = post_again(here, "/settings/closing/", word=" Close ")

    assert "The account is closed" in answer.content.decode()
    assert not is_found(wren)
    assert not Clinician.objects.verified().filter(pk=wren.pk).exists()
    for browser in (here, there):
        assert browser.get("/settings/")["Location"].startswith("/account/login/")
    assert not user_of(wren).tokens.filter(revoked_at__isnull=True).exists()
    verbs = set(Event.objects.values_list("verb", flat=True))
    told = {"account.closed", "clinician.left", "token.revoked", "sessions.ended"}
    assert told <= verbs


def test_with_a_supervisor_go_her_associates(wren: Clinician) -> None:
    fay = an_associate("Fay Linnet")
    guided(fay, wren)
    assert is_found(fay)

    close_account(user_of(wren))
    assert not is_found(fay)

    reopen_account(user_of(wren))
    assert is_found(fay)


def test_a_colleague_no_longer_sees_her(wren: Clinician, ana: Clinician) -> None:
    browser = signed_in(ana)
    assert browser.get(f"/clinicians/{wren.public_id}/").status_code == 200

    close_account(user_of(wren))

    assert browser.get(f"/clinicians/{wren.public_id}/").status_code == 404


def test_signing_in_again_offers_to_undo_it(wren: Clinician) -> None:
    close_account(user_of(wren))
    browser = signed_in(user_of(wren))

    assert browser.get("/find/")["Location"] == "/settings/closing/"
    page = browser.get("/settings/closing/").content.decode()
    assert "It is erased on" in page

    browser.post("/settings/closing/undo/")

    assert is_found(wren)
    assert browser.get("/").status_code == 200
    assert Event.objects.filter(verb="account.reopened").exists()


def test_nothing_is_erased_before_the_week_is_over(wren: Clinician) -> None:
    close_account(user_of(wren))

    assert tasks.erase_closed_accounts() == 0
    with time_machine.travel(timezone.now() + WEEK):
        assert tasks.erase_closed_accounts() == 1
        assert tasks.erase_closed_accounts() == 0


def test_after_the_week_nothing_in_the_database_is_hers(wren: Clinician) -> None:
    her, practice = user_of(wren), Practice.objects.get(places__clinician=wren)
    hers = {str(her.public_id), her.email, "Wren Warbler", str(wren.public_id)}
    close_account(her)

    with time_machine.travel(timezone.now() + WEEK):
        tasks.erase_closed_accounts()

    assert not Practice.objects.filter(pk=practice.pk).exists()
    assert said_of(hers) == set()
    assert Event.objects.filter(actor_id=str(her.public_id)).exists()
    assert not Event.objects.filter(detail__icontains="Warbler").exists()


def test_what_staff_held_of_her_goes_and_what_she_reported_stays(
    wren: Clinician, staff: User
) -> None:
    her, otto = user_of(wren), Clinician.objects.get(name="Otto Owl")
    waiting = say_licence(wren, "CT", "77")
    key = f"licence:{waiting.pk}"
    attach_evidence(wren, key, "", read_file(a_png()), by=her)
    decide(wren, [key], Finding("ask", ground="number", words="canary"), by=staff)
    said = {"ground": "conduct", "words": "canary"}
    of_her = report_profile(wren, reporter=otto, by=user_of(otto), **said).inquiry
    for verb in ("triage", "ask for a remedy"):
        move_inquiry(of_her, verb, by=staff, words="canary")
    hers = report_profile(otto, reporter=wren, by=her, **said)
    Invitation.objects.create(email=her.email.upper(), accepted_at=timezone.now())
    assert ReasonWords.objects.count() == 3
    close_account(her)

    with time_machine.travel(timezone.now() + WEEK):
        tasks.erase_closed_accounts()

    for model in (ReasonWords, Evidence, EvidenceFile, Invitation, Review):
        assert not model._default_manager.exists(), model
    assert Inquiry.objects.get() == hers.inquiry
    hers = Report.objects.get()
    assert (hers.reporter, hers.words) == (None, "canary")
    assert said_of({str(her.public_id), her.email, "Wren Warbler"}) == set()


def said_of(words: set[str]) -> set[str]:
    """Every table with one of the words in any of its columns."""
    found = set()
    for model in apps.get_models():
        if model._meta.label_lower in KEPT:
            continue
        table = model._meta.db_table
        with connections[router.db_for_read(model)].cursor() as cursor:
            for word in words:
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s',
                    [f"%{word}%"],
                )
                if cursor.fetchone()[0]:
                    found.add(model._meta.label_lower)
    return found


def test_the_trail_is_whole_afterwards(
    wren: Clinician, settings: Settings, tmp_path: Path
) -> None:
    settings.AUDIT_ANCHOR_PATH = tmp_path
    anchor_trail()
    close_account(user_of(wren))
    with time_machine.travel(timezone.now() + WEEK):
        tasks.erase_closed_accounts()
        anchor_trail()

    assert list(faults(tmp_path)) == []


def test_somebody_without_a_profile_can_close_too(db: None) -> None:
    user = factories.a_user()
    assert close_account(user)
    with time_machine.travel(timezone.now() + WEEK):
        assert erase(user.pk)


def test_the_last_administrator_makes_another_first(staff: User) -> None:
    answer = post_again(signed_in(staff), "/settings/closing/", word="close")

    assert "You are the last administrator" in answer.content.decode()
    assert not User.objects.get(pk=staff.pk).is_closing


def test_whoever_closes_leaves_an_administrator_who_stays(staff: User) -> None:
    other = factories.a_staff_member()
    assert close_account(User.objects.get(pk=other.pk))

    with pytest.raises(LastAdministratorError):
        give_roles(staff, [], by=staff, why="left")
    with pytest.raises(LastAdministratorError):
        close_account(User.objects.get(pk=staff.pk))


def test_coming_back_twice_happens_once(wren: Clinician) -> None:
    close_account(user_of(wren))

    assert reopen_account(user_of(wren))
    assert not reopen_account(user_of(wren))


def at_once(*presses: Callable[[], object]) -> list[object]:
    def press(one: Callable[[], object]) -> object:
        try:
            return one()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, presses))


@pytest.mark.django_db(transaction=True)
def test_two_closings_at_once_are_one() -> None:
    her = user_of(factories.a_colleague("Robin Test"))

    done = at_once(*[lambda: close_account(User.objects.get(pk=her.pk))] * 4)

    assert sorted(map(bool, done)) == [False, False, False, True]
    assert Event.objects.filter(verb="account.closed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_coming_back_in_the_last_second_wins_or_loses_whole() -> None:
    her = user_of(factories.a_colleague("Robin Test"))
    close_account(User.objects.get(pk=her.pk))
    User.objects.filter(pk=her.pk).update(erase_at=timezone.now())

    def come_back() -> bool:
        try:
            return reopen_account(User.objects.get(pk=her.pk))
        except User.DoesNotExist:
            return False

    back, erased = at_once(come_back, lambda: erase(her.pk))

    assert bool(back) != bool(erased)
    assert User.objects.filter(pk=her.pk).exists() is bool(back)
    assert Clinician.objects.filter(user_id=her.pk).exists() is bool(back)
