"""Somebody is forgotten: what becomes of the conversations she was in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from home.actions.closing import close_account, erase
from messaging.actions.drafts import save_draft
from messaging.bodies import scope_of
from messaging.models import Conversation, Draft, Membership, Message
from messaging.wire import FORMER
from network.accounts.models import User
from network.activity.models import Event
from network.clinicians.models import Clinician
from network.privacy.keystore.models import WrappedKey
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import (
    boxed,
    code_of,
    do,
    her,
    kept,
    log_of,
    place_of,
    say,
    texts,
    thread,
)

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
    page = thread(ben, circle).newest()
    assert texts(page) == ["hers"]
    assert [one.sender_name for one in page.lines] == [FORMER, FORMER]
    assert [(one.kind, one.about) for one in page.lines[1:]] == [("left", FORMER)]
    assert page.lines[0].reactions == ()
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
    assert texts(thread(ben, direct).newest()) == ["hers"]
    assert [code_of(one) for one in kept(boxed(ben, direct))] == ["closed"]
    assert [row.kind for row in log_of(direct)] == ["message", "left"]


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
