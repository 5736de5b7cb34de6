"""Conversations begin, get titles and topics, and are closed."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from messaging.actions.conversations import (
    attach_conversation,
    close,
    rename,
    start_conversation,
    start_direct,
)
from messaging.actions.members import By, let_in
from messaging.actions.topics import make_topic
from messaging.models import Conversation, Membership, Topic
from network.activity.actors import Actor
from network.activity.models import Event
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import her, log_of, place_of, say


def verbs(conversation: Conversation) -> list[str]:
    return [event.verb for event in Event.objects.about(conversation)]


def test_two_members_have_one_conversation_whoever_begins(
    ana: Clinician, ben: Clinician
) -> None:
    first = a_direct(ana, ben)

    assert a_direct(ben, ana) == first
    assert verbs(first) == ["conversation.started"]
    [event] = Event.objects.about(first)
    assert sorted(event.audience) == sorted([her(ana).public_id, her(ben).public_id])
    assert not event.notifications.exists()
    assert {place.role for place in first.memberships.all()} == {"member"}


def test_who_may_not_see_a_colleague_begins_nothing_with_her(
    ana: Clinician, ben: Clinician, cleo: Clinician, finn: Clinician
) -> None:
    block_colleague(ana, ben, by=her(ana))

    for me, other in [(ana, ben), (ben, ana), (finn, cleo), (cleo, finn), (cleo, cleo)]:
        with pytest.raises(PermissionDenied):
            start_direct(me, other, by=her(me))
        with pytest.raises(PermissionDenied):
            start_conversation(me, [other], title="", by=her(me))
    assert not Conversation.objects.exists()


def test_a_block_shuts_the_door_to_what_there_was(
    ana: Clinician, ben: Clinician
) -> None:
    a_direct(ana, ben)

    block_colleague(ana, ben, by=her(ana))

    with pytest.raises(PermissionDenied):
        start_direct(ben, ana, by=her(ben))


def test_several_are_led_by_who_began(
    dana: Clinician, ana: Clinician, ben: Clinician
) -> None:
    circle = a_conversation(dana, ana, ben, ana, title="Tuesdays")

    assert [
        (place.clinician, place.role) for place in circle.memberships.order_by("pk")
    ] == [(dana, "owner"), (ana, "member"), (ben, "member")]
    assert circle.title == "Tuesdays"
    assert circle.last_seq == 0


def test_titles_and_topics_are_sealed_and_leave_an_entry(
    dana: Clinician, ana: Clinician
) -> None:
    circle = a_conversation(dana, ana, title="canary title")
    rename(circle, "canary anew", by=her(dana))
    rename(circle, "canary anew", by=her(dana))
    topic = make_topic(circle, "canary topic", by=her(ana))

    stored = [
        *Conversation.objects.values_list("title"),
        *Topic.objects.values_list("name"),
    ]
    assert "canary" not in str(stored)
    assert Conversation.objects.get().title == "canary anew"
    assert Topic.objects.get().name == "canary topic"
    assert [(row.kind, row.sender, row.topic) for row in log_of(circle)] == [
        ("titled", dana, None),
        ("topic", ana, topic),
    ]
    assert verbs(circle)[1:] == ["conversation.renamed", "conversation.topic_made"]
    assert "canary" not in str(list(Event.objects.values()))


def test_only_who_leads_it_names_and_closes_it(
    dana: Clinician, ana: Clinician, cleo: Clinician
) -> None:
    circle = a_conversation(dana, ana)

    for who in (ana, cleo):
        with pytest.raises(PermissionDenied):
            rename(circle, "mine", by=her(who))
        with pytest.raises(PermissionDenied):
            close(circle, by=her(who))
    close(circle, by=her(dana))

    circle.refresh_from_db()
    assert circle.is_closed
    assert verbs(circle)[-1] == "conversation.closed"
    for act in _writing(circle, dana):
        with pytest.raises(PermissionDenied):
            act()


def _writing(circle: Conversation, dana: Clinician) -> list[Callable[[], object]]:
    return [
        lambda: rename(circle, "after", by=her(dana)),
        lambda: make_topic(circle, "after", by=her(dana)),
    ]


def test_the_trail_never_says_what_was_written(ana: Clinician, ben: Clinician) -> None:
    direct = a_direct(ana, ben)
    before = Event.objects.count()

    say(ana, direct, "canary words")

    assert Event.objects.count() == before


def test_what_is_attached_is_led_by_nobody(
    ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    attached = attach_conversation([ana, ben], by=her(ana))

    let_in(attached, cleo, with_history=True, by=By(Actor.system()))

    assert attached.kind == Conversation.Kind.ATTACHED
    assert not Membership.objects.filter(role="owner").exists()
    assert say(cleo, attached).seq == 2
    assert place_of(cleo, attached).from_seq == 0


def test_whom_it_is_shown_to(
    ana: Clinician, ben: Clinician, cleo: Clinician, finn: Clinician
) -> None:
    direct = a_direct(ana, ben)

    def sees(who: Clinician) -> bool:
        return direct in Conversation.objects.visible_to(who)

    assert [sees(who) for who in (ana, ben, cleo, finn)] == [True, True, False, False]
    Clinician.objects.filter(pk=ben.pk).update(suspended_at=ben.created_at)
    assert not sees(Clinician.objects.get(pk=ben.pk))
