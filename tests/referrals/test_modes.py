"""What a sender picks on the form: who is chosen, why, in which order, how soon."""

import re
from uuid import uuid4

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from network.clinicians.actions.list_entries import list_colleague
from network.clinicians.models import Clinician
from referrals.actions.drafting import Guest
from referrals.actions.sending import send_referral
from referrals.forms.draft import OF_ANOTHER, DraftForm
from referrals.machine.words import SUB_REASONS
from referrals.models import Conflict, Referral
from referrals.views.steps import MEANWHILE
from tests import factories
from tests.conftest import signed_in
from tests.messaging.saying import her
from tests.referrals.story import (
    WORDS,
    a_client,
    by,
    click,
    offer_to,
    opened,
    ready,
    sent,
)
from tests.referrals.test_pages import begin, hidden, html

pytestmark = pytest.mark.django_db


def said(
    page: str, one: Referral, *people: Clinician, **more: str
) -> dict[str, object]:
    return {
        **hidden(page),
        "seen": one.version,
        "people": [who.public_id for who in people],
        "kind": "transfer",
        "reason": "specialty",
        "urgency": "soon",
        "mode": "sequential",
        "jurisdiction": "NY",
        "acuity": "2",
        "body": WORDS,
        **more,
    }


def edit(
    anas: Client, one: Referral, *people: Clinician, **more: str
) -> tuple[int, str]:
    """On the form of the draft."""
    one.refresh_from_db()
    address = f"{one.get_absolute_url()}draft/"
    answer = anas.post(address, said(html(anas, address), one, *people, **more))
    return answer.status_code, answer.content.decode()


def line(one: Referral) -> list[str]:
    return [offer.name for offer in one.offers.filter(state="queued").in_order()]


def test_each_way_of_choosing_is_explained_before_it_is_picked(ana: Clinician) -> None:
    page = html(signed_in(ana), "/referrals/new/")

    modes = re.findall(r'name="mode" value="(\w+)"', page)
    assert modes == ["first_accept", "client_choice", "sender_choice", "sequential"]
    assert "who chooses there by a link of yours" in page
    assert "An answer within two business days, then a reminder." in page
    assert page.count("<optgroup") >= len(SUB_REASONS)


def test_a_finer_reason_belongs_to_its_reason(ana: Clinician, rosa: Clinician) -> None:
    anas, one = signed_in(ana), ready(ana, rosa)
    status, page = edit(anas, one, rosa, sub_reason="availability-full")
    assert status == 422
    assert OF_ANOTHER in page

    assert edit(anas, one, rosa, sub_reason="testing-needed")[0] == 302

    assert "Testing is needed" in html(anas, one.get_absolute_url())
    one.refresh_from_db()
    assert (one.sub_reason, one.mode, one.urgency) == (
        "testing-needed",
        "sequential",
        "soon",
    )


def test_whoever_is_asked_reads_how_it_is_decided_and_until_when(
    ana: Clinician, rosa: Clinician
) -> None:
    one = sent(ana, rosa, mode="client_choice", sub_reason="testing-needed")
    due = one.timers.running().get(clock="remind").due_at

    page = html(signed_in(rosa), offer_to(rosa, one).get_absolute_url())

    assert "The client chooses, out of those who accept" in page
    assert "Testing is needed" in page
    assert f"{timezone.localtime(due):%A} {timezone.localtime(due).day}" in page
    assert "An answer is expected by" in html(signed_in(ana), one.get_absolute_url())


def test_what_is_late_says_when_it_ends(ana: Clinician, rosa: Clinician) -> None:
    one = sent(ana, rosa)
    opened(rosa, one)
    one.timers.filter(clock="remind").update(done_at=timezone.now())

    page = html(signed_in(rosa), offer_to(rosa, one).get_absolute_url())

    assert "Not answered in time: it ends" in page


def test_in_sequence_somebody_goes_up_and_down(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    iris = factories.a_colleague("Iris Crow")
    one = ready(ana, rosa, omar, iris, mode="sequential")
    anas, address = signed_in(ana), f"{one.get_absolute_url()}order/"
    assert line(one) == ["Rosa Wren", "Omar Dove", "Iris Crow"]

    for who, way in ((iris, "up"), (rosa, "down"), (omar, "up")):
        page = hidden(html(anas, one.get_absolute_url()))
        moved = offer_to(who, one).public_id
        answer = anas.post(address, {**page, "moved": moved, "way": way})
        assert answer["Location"].endswith(f"#place-{moved}")

    assert line(one) == ["Iris Crow", "Omar Dove", "Rosa Wren"]
    assert set(one.offers.values_list("conflict", flat=True)) == {Conflict.UNNAMED}
    assert signed_in(rosa).post(address).status_code == 404
    send_referral(one, by=by(ana), click=click(one))
    assert [offer_to(who, one).state for who in (iris, rosa)] == ["sent", "queued"]


def test_an_order_that_was_changed_meanwhile_is_not_turned_over(
    ana: Clinician, rosa: Clinician, omar: Clinician
) -> None:
    one = ready(ana, rosa, omar, mode="sequential")
    anas, address = signed_in(ana), f"{one.get_absolute_url()}order/"
    page = hidden(html(anas, one.get_absolute_url()))
    Referral.objects.filter(pk=one.pk).update(version=F("version") + 1)
    wanted = {"moved": offer_to(omar, one).public_id, "way": "up"}

    answer = anas.post(address, {**page, **wanted}, follow=True)

    assert MEANWHILE in answer.content.decode()
    assert line(one) == ["Rosa Wren", "Omar Dove"]
    assert anas.post(address, {**page, "moved": "x", "way": "up"}).status_code == 404


def test_the_order_outlasts_a_change_of_the_draft(
    ana: Clinician, rosa: Clinician, omar: Clinician, ben: Clinician
) -> None:
    far = Guest("Somebody Far", by_link=False)
    one = ready(ana, rosa, far, omar, mode="sequential")
    list_colleague(factories.shortlist(ana), ben, by=her(ana))

    assert edit(signed_in(ana), one, ben, omar, rosa)[0] == 302

    assert line(one) == ["Rosa Wren", "Somebody Far", "Omar Dove", "Ben Sparrow"]


def test_the_preview_says_what_the_mode_means(ana: Clinician, rosa: Clinician) -> None:
    anas = signed_in(ana)
    one = begin(anas, ana, rosa)

    page = html(anas, one.get_absolute_url())

    assert "You choose out of those who say yes." in page
    assert "Sent now, an answer is expected by" in page
    assert "Down" not in page


def test_a_form_without_a_script_offers_all_finer_reasons(ana: Clinician) -> None:
    form = DraftForm(ana, Clinician.objects.none())

    offered = {
        slug
        for _, group in form.fields["sub_reason"].choices[1:]  # type: ignore[attr-defined]
        for slug, _ in group
    }
    assert offered == {one.value for finer in SUB_REASONS.values() for one in finer}


def test_a_program_says_a_finer_reason_of_its_reason(ana: Clinician) -> None:
    draft = {"client": str(a_client(ana).public_id), "kind": "transfer"}
    wrong = {**draft, "reason": "severity", "sub_reason": "testing-needed"}
    right = {**draft, "reason": "specialty", "sub_reason": "testing-needed"}
    found = []
    for said in (wrong, right):
        key = {"Idempotency-Key": str(uuid4())}
        answer = signed_in(ana).post(
            "/api/v1/referrals", said, content_type="application/json", headers=key
        )
        found.append(answer.status_code)

    assert found == [422, 201]
