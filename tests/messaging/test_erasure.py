"""Somebody is forgotten: what becomes of the conversations she was in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from home.actions.closing import close_account, erase
from messaging.actions.drafts import save_draft
from messaging.actions.members import leave
from messaging.bodies import scope_of
from messaging.models import (
    Conversation,
    Draft,
    Membership,
    Message,
    ScheduledMessage,
)
from messaging.wire import FORMER
from network.accounts.actions.push import switch_on
from network.accounts.actions.tokens import make_token
from network.accounts.models import ApiToken, PushSubscription, User
from network.activity.models import Event
from network.clinicians.models import Clinician
from network.privacy.keystore.models import DestroyedKey, WrappedKey
from tests.conftest import signed_in
from tests.factories import a_conversation, a_direct, with_an_app
from tests.messaging.saying import (
    boxed,
    code_of,
    do,
    her,
    kept,
    lines,
    log_of,
    place_of,
    say,
    texts,
)
from tests.messaging.scheduling import schedule

Forget = Callable[[Clinician], None]


@pytest.fixture
def forget(django_capture_on_commit_callbacks: Any) -> Forget:
    def forget(who: Clinician) -> None:
        user = her(who)
        close_account(user)
        week_ago = timezone.now() - timedelta(seconds=1)
        User.objects.filter(pk=user.pk).update(erase_at=week_ago)
        with django_capture_on_commit_callbacks(execute=True):
            assert erase(user.pk)

    return forget


def test_what_she_wrote_stays_with_the_others(
    dana: Clinician, ana: Clinician, ben: Clinician, forget: Forget
) -> None:
    circle = a_conversation(dana, ana, ben)
    say(dana, circle, "hers")
    do(dana, circle, "reaction", 1, detail="+care")
    save_draft(circle, "begun", by=her(dana))

    forget(dana)

    circle.refresh_from_db()
    said, left = lines(ben, circle)
    assert (said.name, said.body, said.reactions) == (FORMER, "hers", [])
    assert left.words == f"{FORMER} left."
    assert place_of(ana, circle).is_owner
    assert not circle.is_closed
    assert circle.access_version == 1
    assert not Draft.objects.exists()
    assert say(ben, circle).seq == 4


def test_between_two_it_is_closed_and_stays_readable(
    ana: Clinician, ben: Clinician, forget: Forget
) -> None:
    direct = a_direct(ana, ben)
    say(ana, direct, "hers")

    forget(ana)

    direct.refresh_from_db()
    assert direct.is_closed
    assert texts(ben, direct) == ["hers"]
    assert [code_of(one) for one in kept(boxed(ben, direct))] == ["closed"]
    assert [row.kind for row in log_of(direct)] == ["message", "left", "closed"]


def test_when_nobody_is_left_it_is_destroyed_with_its_keys(
    ana: Clinician, ben: Clinician, forget: Forget
) -> None:
    direct = a_direct(ana, ben)
    say(ana, direct, "hers")
    scope = scope_of(direct.public_id)
    assert WrappedKey.objects.filter(scope=scope).exists()

    forget(ana)
    forget(ben)

    assert not Conversation.objects.exists()
    assert not Message.objects.exists()
    assert not Membership.objects.exists()
    assert not WrappedKey.objects.filter(scope=scope).exists()
    assert Event.objects.filter(verb="conversation.erased").count() == 1


def test_what_she_had_left_before_goes_too_once_nobody_is_in_it(
    dana: Clinician, ana: Clinician, forget: Forget
) -> None:
    """Nobody could read it any more, and nobody could have it destroyed."""
    circle = a_conversation(dana, ana, title="hers")
    say(dana, circle, "hers")
    scope = scope_of(circle.public_id)
    for person in (dana, ana):
        leave(circle, by=her(person))
    assert WrappedKey.objects.filter(scope=scope).exists()

    forget(dana)

    assert not Conversation.objects.exists()
    assert not Message.objects.exists()
    assert not WrappedKey.objects.filter(scope=scope).exists()
    assert DestroyedKey.objects.filter(scope=scope).count() == 1


def test_what_she_had_left_before_is_the_others_business(
    dana: Clinician, ana: Clinician, ben: Clinician, forget: Forget
) -> None:
    circle = a_conversation(dana, ana, ben)
    say(ana, circle, "hers")
    leave(circle, by=her(ana))

    forget(ana)

    circle.refresh_from_db()
    assert (circle.is_closed, circle.access_version) == (False, 1)
    assert [row.kind for row in log_of(circle)] == ["message", "left"]
    assert texts(ben, circle) == ["hers"]


def test_nothing_of_hers_lets_anybody_in_or_tells_anybody_of_her(
    dana: Clinician, ana: Clinician, forget: Forget
) -> None:
    """Tokens, devices, sessions, factors, drafts, what was to be sent later; and what
    is of others is there.
    """
    room = a_conversation(dana, ana)
    for person in (dana, ana):
        make_token(her(person), name="a program", days=30)
        with_an_app(her(person))
        browser_of(person)
        save_draft(room, "begun", by=her(person))
        schedule(person, room)

    forget(dana)

    whose = {her(ana).pk}
    for model, path in (
        (ApiToken, "user"),
        (PushSubscription, "session__user"),
        (UserSession, "user"),
        (Authenticator, "user"),
        (Draft, "membership__clinician__user"),
        (ScheduledMessage, "membership__clinician__user"),
    ):
        assert set(model.objects.values_list(path, flat=True)) == whose, model
    kept = UserSession.objects.values("session_key")
    assert not Session.objects.exclude(session_key__in=kept).exists()


def browser_of(person: Clinician) -> None:
    """Signed in, and told of news."""
    key = str(signed_in(person).session.session_key)
    session = UserSession.objects.create(
        user=her(person), session_key=key, ip="192.0.2.1", user_agent=""
    )
    details = {"endpoint": f"https://push.example/{key}", "keys": {}}
    switch_on(session, details, by=her(person))


def test_the_trail_keeps_a_pseudonym_and_no_name(
    dana: Clinician, ana: Clinician, forget: Forget
) -> None:
    known = (her(dana).email, dana.name, "hers")
    room = a_conversation(dana, ana, title="hers")
    say(dana, room, "hers")
    pseudonym = str(her(dana).public_id)

    forget(dana)

    rows = str(list(Event.objects.values()))
    assert pseudonym in rows
    assert not any(word in rows for word in known)
    assert str(Message.objects.values("sender").distinct().get()) == "{'sender': None}"


def test_while_her_account_is_closing_she_writes_and_reads_nothing(
    ana: Clinician, ben: Clinician
) -> None:
    direct = a_direct(ana, ben)
    say(ana, direct)

    close_account(her(ana))

    again = Clinician.objects.get(pk=ana.pk)
    assert not Conversation.objects.visible_to(again).exists()
    assert [code_of(one) for one in kept(boxed(again, direct))] == ["not_found"]
    assert say(ben, direct).seq == 2
