"""Two browsers: a client who did not come is brought back; and did it hold?"""

import re
from datetime import timedelta

import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from network.clinicians.models import Clinician
from referrals import tasks
from referrals.actions import arriving
from referrals.models import Referral
from tests import factories
from tests.journeys.conftest import TabOf, follow
from tests.journeys.test_accessibility import axe
from tests.referrals.story import accepted, by, click, offer_to, sent


def on_the_way(ana: Clinician, rosa: Clinician) -> Referral:
    """The client will call the colleague who is chosen."""
    one = sent(ana, rosa)
    accepted(rosa, one)
    arriving.self_contact(one, by=by(ana), click=click(one))
    return one


def press(page: Page, name: str) -> None:
    follow(page.locator("main").get_by_role("button", name=name, exact=True))


def take(page: Page, name: str) -> None:
    """By the page of the step."""
    follow(page.locator("main").get_by_role("link", name=name, exact=True))
    press(page, name)


def book(page: Page) -> None:
    day = timezone.localtime() + timedelta(days=2)
    follow(page.get_by_role("link", name="Booked", exact=True))
    page.get_by_label("First session").fill(day.strftime("%Y-%m-%dT%H:%M"))
    press(page, "Booked")


def test_a_no_show_and_its_rescue(tab_of: TabOf, ana: Clinician) -> None:
    rosa = factories.a_colleague("Rosa Wren")
    one = on_the_way(ana, rosa)
    anas, rosas = tab_of(ana), tab_of(rosa)
    anas.goto(one.get_absolute_url())
    rosas.goto(offer_to(rosa, one).get_absolute_url())
    standing = anas.get_by_role("region", name="How it stands")
    book(rosas)
    expect(standing).to_contain_text("First session booked")
    year, week, _ = (timezone.localdate() + timedelta(days=2)).isocalendar()
    anas.goto(f"/week/{year}/{week}/")
    expect(anas.get_by_role("link", name=one.client.handle, exact=True)).to_be_visible()
    anas.goto(one.get_absolute_url())

    take(rosas, "The client did not come")
    expect(anas.get_by_text("The client did not come, noted")).to_be_visible()
    expect(standing).to_contain_text("You hold the clinical responsibility")
    assert axe(anas) == []
    follow(anas.get_by_role("link", name="say so"))
    anas.get_by_label("A note for both of you").fill("Overslept; evenings are better.")
    press(anas, "Try again")
    expect(rosas.get_by_text("Overslept; evenings are better.")).to_be_visible()

    rosas.reload()
    book(rosas)
    press(rosas, "The client came")
    take(rosas, "It holds: close it")
    expect(standing).to_contain_text("In treatment with the colleague")


def ring_after(days: int) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        tasks.ring_clocks()


def arrived(ana: Clinician, rosa: Clinician) -> Referral:
    one = on_the_way(ana, rosa)
    arriving.book(one, timezone.now(), by=by(rosa), click=click(one))
    arriving.note_attended(one, by=by(rosa), click=click(one))
    arriving.confirm_engaged(one, by=by(rosa), click=click(one))
    return one


def test_did_it_hold_after_ninety_days(tab_of: TabOf, ana: Clinician) -> None:
    """The 30th day went by unanswered; whoever has the client answers the 90th."""
    rosa = factories.a_colleague("Rosa Wren")
    one = arrived(ana, rosa)
    anas, rosas = tab_of(ana), tab_of(rosa)
    ring_after(91)
    anas.goto("/referrals/lists/held/")
    follow(anas.get_by_role("link", name=one.client.handle, exact=True))
    expect(anas.get_by_text("Does it hold after 90 days?")).to_be_visible()
    rosas.goto(offer_to(rosa, one).get_absolute_url())
    follow(rosas.get_by_role("link", name="Did it hold?", exact=True))
    rosas.get_by_label("Yes", exact=True).check()
    press(rosas, "Did it hold?")

    expect(rosas.get_by_text("After 90 days: it held.")).to_be_visible()
    expect(anas.get_by_text("After 90 days: it held.")).to_be_visible()
    expect(anas.get_by_text("Does it hold after")).to_have_count(0)
    assert axe(anas) == []


def test_did_it_hold(tab_of: TabOf, ana: Clinician) -> None:
    rosa = factories.a_colleague("Rosa Wren")
    one = arrived(ana, rosa)
    anas = tab_of(ana)
    ring_after(31)
    anas.goto("/referrals/lists/held/")
    follow(anas.get_by_role("link", name=one.client.handle, exact=True))
    expect(anas.get_by_text("Does it hold after 30 days?")).to_be_visible()
    assert axe(anas) == []
    follow(anas.get_by_role("link", name="Did it hold?", exact=True))
    anas.get_by_label("No", exact=True).check()
    press(anas, "Did it hold?")

    expect(anas.get_by_text("After 30 days it did not hold.")).to_be_visible()
    assert axe(anas) == []
    follow(anas.get_by_role("link", name="Begin again from it", exact=True))
    anas.get_by_role("textbox", name="Why").fill("Wants somebody nearer.")
    press(anas, "Begin again from it")
    expect(anas).to_have_url(re.compile(r"/referrals/[0-9a-f-]{36}/$"))
    assert one.episodes.count() == 1
    expect(anas.get_by_role("heading", name=one.client.handle)).to_be_visible()
