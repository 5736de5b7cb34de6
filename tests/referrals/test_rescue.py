"""A client who did not come is not lost; and nobody is left alone between two."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from network.accounts.models import User
from network.activity.models import Event, Notification, Outbox
from network.clients.modes import identity_is_on
from network.clinicians.models import Clinician
from referrals.actions import arriving, ending
from referrals.actions.arriving import Attempt
from referrals.actions.ending import Ending
from referrals.actions.passages import TellingWordsError
from referrals.disclosure import passages_for
from referrals.machine.continuity import Care
from referrals.machine.words import Outcome
from referrals.models import Referral
from referrals.permissions import LackingError, allowed
from tests.clients.people import a_consent, signed, with_identities
from tests.conftest import signed_in
from tests.messaging.saying import her
from tests.referrals.story import accepted, by, click, offer_to, sent
from tests.referrals.test_api import program_of
from tests.referrals.test_pages import hidden, html, step

pytestmark = pytest.mark.django_db
NAMED = "Call Maria Lopez at 914 555 0142."
ALL = [one.value for one in Care]


def missed(ana: Clinician, rosa: Clinician, **more: object) -> Referral:
    """Booked, and the client did not come."""
    one = booked(ana, rosa, **more)
    arriving.note_no_show(one, by=by(rosa), click=click(one))
    one.refresh_from_db()
    return one


def booked(ana: Clinician, rosa: Clinician, **more: object) -> Referral:
    one = sent(ana, rosa, **more)
    accepted(rosa, one)
    if identity_is_on():
        signed(a_consent(one.client, rosa))
        arriving.release_identity(one, by=by(ana), click=click(one))
    else:
        arriving.self_contact(one, by=by(ana), click=click(one))
    at = timezone.now() + timedelta(days=1)
    arriving.book(one, at, by=by(rosa), click=click(one))
    return one


def test_the_sender_is_told_at_once(ana: Clinician, rosa: Clinician) -> None:
    one = missed(ana, rosa)

    told = Notification.objects.visible_to(her(ana)).filter(
        event__verb="referral.missed"
    )
    assert told.count() == 1
    assert Outbox.objects.filter(event=told.get().event).exists()
    assert (one.turn, one.responsible) == ("sender", "sender")


def test_her_page_says_what_she_can_do_and_the_colleagues_does_not(
    ana: Clinician, rosa: Clinician
) -> None:
    one = missed(ana, rosa)

    page = html(signed_in(ana), one.get_absolute_url())
    for slug in ("second-try", "redirection", "ending"):
        assert f'href="{one.get_absolute_url()}{slug}/"' in page
        assert signed_in(ana).get(f"{one.get_absolute_url()}{slug}/").status_code == 200
    hers = html(signed_in(rosa), offer_to(rosa, one).get_absolute_url())
    assert "The client did not come" in hers
    assert "second-try" not in hers


@pytest.mark.parametrize("verb", ["re_engage", "log_attempt", "report", "close"])
def test_without_identities_their_words_name_nobody(
    verb: str, ana: Clinician, rosa: Clinician
) -> None:
    one = _before(verb, ana, rosa)
    for unknown in ("", "because"):
        with pytest.raises(TellingWordsError):
            _say(verb, one, ana, rosa, unknown)

    _say(verb, one, ana, rosa, "consented")
    assert NAMED in [said.text for said in passages_for(by(ana), one)]


@pytest.mark.parametrize("verb", ["re_engage", "log_attempt", "report", "close"])
def test_where_clients_are_known_they_may(
    verb: str, ana: Clinician, rosa: Clinician, staff: User
) -> None:
    with_identities(staff)

    one = _before(verb, ana, rosa)
    _say(verb, one, ana, rosa, "")

    assert NAMED in [said.text for said in passages_for(by(ana), one)]


def _before(verb: str, ana: Clinician, rosa: Clinician) -> Referral:
    one = booked(ana, rosa, kind="adjunct")
    if verb in {"re_engage", "log_attempt"}:
        arriving.note_no_show(one, by=by(rosa), click=click(one))
    if verb == "report":
        arriving.note_attended(one, by=by(rosa), click=click(one))
    return one


def _say(verb: str, one: Referral, ana: Clinician, rosa: Clinician, why: str) -> None:
    says: dict[str, Any] = {
        "re_engage": lambda: arriving.re_engage(
            one, words=NAMED, guard_reason=why, by=by(ana), click=click(one)
        ),
        "log_attempt": lambda: arriving.log_attempt(
            one, Attempt("phone", NAMED, why), by=by(rosa), click=click(one)
        ),
        "report": lambda: arriving.report(
            one, NAMED, guard_reason=why, by=by(rosa), click=click(one)
        ),
        "close": lambda: ending.close_referral(
            one,
            Ending(Outcome.NOT_A_FIT, NAMED, guard_reason=why),
            by=by(ana),
            click=click(one),
        ),
    }
    says[verb]()


def test_after_a_missed_appointment_it_goes_to_others(
    ana: Clinician, rosa: Clinician
) -> None:
    one = booked(ana, rosa)
    assert "redirect" not in allowed(by(ana), one)
    arriving.note_no_show(one, by=by(rosa), click=click(one))

    ending.redirect_referral(one, by=by(ana), click=click(one))

    one.refresh_from_db()
    assert (one.state, one.missed_at) == ("ready", None)
    assert offer_to(rosa, one).state == "retracted"


def test_she_may_say_on_the_page_why_a_name_stays(
    ana: Clinician, rosa: Clinician
) -> None:
    one, anas = missed(ana, rosa), signed_in(ana)
    address = f"{one.get_absolute_url()}second-try/"
    said = {**hidden(html(anas, address)), "words": NAMED}

    assert anas.post(address, said).status_code == 422
    assert anas.post(address, {**said, "guard_reason": "consented"}).status_code == 302
    one.refresh_from_db()
    assert (one.missed_at, one.turn) == (None, "receiver")


@pytest.mark.parametrize("care", [[], ["told"], ALL[:3]])
def test_a_transfer_that_did_not_arrive_asks_for_each_point(
    care: list[str], ana: Clinician, rosa: Clinician
) -> None:
    one, anas = missed(ana, rosa), signed_in(ana)
    address = f"{one.get_absolute_url()}ending/"
    page = html(anas, address)
    for point in Care:
        assert str(point.label) in page
    assert "In treatment with the colleague" not in page
    said = {**hidden(page), "outcome": "no_show", "words": "", "care": care}

    refused = anas.post(address, said)

    assert refused.status_code == 422
    assert "closed when each of these is done" in refused.content.decode()
    short = Ending(Outcome.NO_SHOW, continuity=frozenset(Care(one) for one in care))
    with pytest.raises(LackingError, match="continuity"):
        ending.close_referral(one, short, by=by(ana), click=click(one))


def test_what_was_done_stands_in_the_trail(ana: Clinician, rosa: Clinician) -> None:
    one = missed(ana, rosa)

    step(signed_in(ana), one, "ending", outcome="no_show", words="", care=ALL)

    one.refresh_from_db()
    assert (one.state, one.outcome, one.responsible) == ("closed", "no_show", "sender")
    closed = Event.objects.get(verb="referral.closed")
    assert closed.detail["care"] == "crisis,held,named,told"


def test_a_death_is_said_in_words_and_ticks_nothing(
    ana: Clinician, rosa: Clinician
) -> None:
    one, anas = missed(ana, rosa), signed_in(ana)
    address = f"{one.get_absolute_url()}ending/"
    said = {**hidden(html(anas, address)), "outcome": "emergency"}
    refused = anas.post(address, {**said, "words": ""})
    assert "Say in your own words" in refused.content.decode()

    assert anas.post(address, {**said, "words": "Died in May."}).status_code == 302
    one.refresh_from_db()
    assert one.outcome == "emergency"


def test_no_list_where_the_therapy_goes_on_beside_it(
    ana: Clinician, rosa: Clinician
) -> None:
    one = missed(ana, rosa, kind="adjunct")

    assert "Nobody is left alone" not in html(
        signed_in(ana), f"{one.get_absolute_url()}ending/"
    )
    step(signed_in(ana), one, "ending", outcome="no_show", words="")


def test_a_program_names_the_points(ana: Clinician, rosa: Clinician) -> None:
    one, anas = missed(ana, rosa), program_of(ana)
    path = f"/referrals/{one.public_id}"
    said: dict[str, Any] = {"outcome": "no_show", "continuity": ALL[:2]}
    new = {"step": "close", "version": one.version, "said": said}
    assert anas.post(f"{path}/steps", new).status_code == 422

    assert anas.step(path, "close", outcome="no_show", continuity=ALL)["state"] == (
        "closed"
    )
