"""Who comes into a conversation and who goes."""

import pytest
from django.core.exceptions import PermissionDenied

from messaging.actions.conversations import close
from messaging.actions.drafts import save_draft
from messaging.actions.members import add_member, leave, remove_member
from messaging.models import Conversation, Draft, Membership
from network.activity.models import Event
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.models import Clinician
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import her, lines, log_of, place_of, say, texts


@pytest.fixture
def circle(dana: Clinician, ana: Clinician, ben: Clinician) -> Conversation:
    circle = a_conversation(dana, ana, ben)
    say(ana, circle, "before")
    return circle


def current(conversation: Conversation) -> set[Clinician]:
    rows = Membership.objects.current().filter(conversation=conversation)
    return {row.clinician for row in rows.select_related("clinician")}


@pytest.mark.parametrize(
    ("with_history", "seen"), [(True, ["before", "after"]), (False, ["after"])]
)
def test_who_is_added_reads_from_then_on_or_everything(
    circle: Conversation,
    dana: Clinician,
    eli: Clinician,
    with_history: bool,
    seen: list[str],
) -> None:
    place = add_member(circle, eli, with_history=with_history, by=her(dana))
    say(dana, circle, "after")

    assert texts(eli, circle) == seen
    assert place.unread == 0
    assert place_of(eli, circle).unread == 1
    joined = log_of(circle)[1]
    assert (joined.kind, joined.sender) == ("joined", dana)
    assert joined.detail == str(eli.public_id)
    circle.refresh_from_db()
    assert circle.access_version == 1
    [event] = Event.objects.filter(verb="conversation.joined")
    assert [one.person for one in event.notifications.all()] == [her(eli)]


def test_nobody_gives_more_of_the_history_than_she_has(
    circle: Conversation, dana: Clinician, eli: Clinician, cleo: Clinician
) -> None:
    """Else whoever leads it could learn by another's help what she may not read."""
    add_member(circle, eli, with_history=False, by=her(dana))
    for person in current(circle) - {eli}:
        leave(circle, by=her(person))
    say(eli, circle, "after")

    add_member(circle, cleo, with_history=True, by=her(eli))

    assert texts(cleo, circle) == ["after"]


def test_whoever_leads_it_and_removes_herself_hands_it_on(
    circle: Conversation, dana: Clinician, ana: Clinician
) -> None:
    remove_member(circle, dana, by=her(dana))

    assert place_of(ana, circle).is_owner


def test_adding_twice_is_adding_once(
    circle: Conversation, dana: Clinician, eli: Clinician
) -> None:
    first = add_member(circle, eli, with_history=False, by=her(dana))

    assert add_member(circle, eli, with_history=True, by=her(dana)) == first
    assert len(log_of(circle)) == 2


def test_who_may_not_add_whom(
    circle: Conversation,
    dana: Clinician,
    ana: Clinician,
    cleo: Clinician,
    finn: Clinician,
    eli: Clinician,
) -> None:
    block_colleague(eli, dana, by=her(eli))

    for who, whom in [(ana, cleo), (cleo, cleo), (dana, finn), (dana, eli)]:
        with pytest.raises(PermissionDenied):
            add_member(circle, whom, with_history=False, by=her(who))
    close(circle, by=her(dana))
    with pytest.raises(PermissionDenied):
        add_member(circle, cleo, with_history=False, by=her(dana))


def test_who_is_removed_is_out_at_once_with_her_drafts(
    circle: Conversation, dana: Clinician, ana: Clinician
) -> None:
    save_draft(circle, "begun", by=her(ana))

    remove_member(circle, ana, by=her(dana))
    remove_member(circle, ana, by=her(dana))

    assert ana not in current(circle)
    assert not Draft.objects.exists()
    assert not Conversation.objects.visible_to(ana).exists()
    [gone] = [row for row in log_of(circle) if row.kind == "removed"]
    assert (gone.sender, gone.detail) == (dana, str(ana.public_id))
    circle.refresh_from_db()
    assert circle.access_version == 1
    assert Event.objects.filter(verb="conversation.removed").count() == 1


def test_only_who_leads_it_removes(
    circle: Conversation, dana: Clinician, ana: Clinician, cleo: Clinician
) -> None:
    for who in (ana, cleo):
        with pytest.raises(PermissionDenied):
            remove_member(circle, dana, by=her(who))


def test_who_leads_it_removes_also_once_it_is_closed(
    circle: Conversation, dana: Clinician, ana: Clinician, ben: Clinician
) -> None:
    """Closing is for good, and everybody in it reads on."""
    close(circle, by=her(dana))
    with pytest.raises(PermissionDenied):
        remove_member(circle, ana, by=her(ben))

    remove_member(circle, ana, by=her(dana))

    assert current(circle) == {dana, ben}
    assert not Conversation.objects.visible_to(ana).exists()
    kinds = [row.kind for row in log_of(circle)]
    assert kinds == ["message", "closed", "removed"]


def test_who_comes_back_does_not_see_what_she_missed(
    circle: Conversation, dana: Clinician, ana: Clinician
) -> None:
    remove_member(circle, ana, by=her(dana))
    say(dana, circle, "without her")

    add_member(circle, ana, with_history=False, by=her(dana))
    say(dana, circle, "with her")

    assert texts(ana, circle) == ["with her"]


def test_when_who_leads_it_leaves_the_eldest_leads(
    circle: Conversation, dana: Clinician, ana: Clinician, ben: Clinician
) -> None:
    leave(circle, by=her(dana))
    assert place_of(ana, circle).is_owner

    leave(circle, by=her(ben))
    leave(circle, by=her(ana))

    circle.refresh_from_db()
    assert circle.is_closed
    assert [(row.kind, row.sender) for row in log_of(circle)[1:]] == [
        ("left", dana),
        ("left", ben),
        ("left", ana),
        ("closed", ana),
    ]


def test_who_leads_it_closes_it_once(
    circle: Conversation, dana: Clinician, ana: Clinician, cleo: Clinician
) -> None:
    for who in (ana, cleo):
        with pytest.raises(PermissionDenied):
            close(circle, by=her(who))
    close(circle, by=her(dana))
    close(circle, by=her(dana))
    with pytest.raises(PermissionDenied):
        close(circle, by=her(cleo))

    circle.refresh_from_db()
    assert circle.is_closed
    assert [row.kind for row in log_of(circle)] == ["message", "closed"]
    assert log_of(circle)[-1].sender == dana
    assert lines(ana, circle)[-1].words == "The conversation was closed."
    events = Event.objects.about(circle).filter(verb="conversation.closed")
    assert [len(event.audience) for event in events] == [3]


def test_what_is_closed_stays_as_it_was_closed_when_everybody_leaves(
    circle: Conversation, dana: Clinician, ana: Clinician, ben: Clinician
) -> None:
    close(circle, by=her(dana))
    circle.refresh_from_db()
    at = circle.closed_at
    for who in (dana, ana, ben):
        leave(circle, by=her(who))

    circle.refresh_from_db()
    assert circle.closed_at == at
    kinds = [row.kind for row in log_of(circle)]
    assert kinds == ["message", "closed", "left", "left", "left"]
    events = Event.objects.about(circle).filter(verb="conversation.closed")
    assert events.count() == 1


def test_between_two_nobody_leaves_and_nobody_comes(
    ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    direct = a_direct(ana, ben)

    with pytest.raises(PermissionDenied):
        leave(direct, by=her(ana))
    with pytest.raises(PermissionDenied):
        add_member(direct, cleo, with_history=True, by=her(ana))
    with pytest.raises(PermissionDenied):
        remove_member(direct, ben, by=her(ana))


def test_members_who_come_and_go_are_no_messages(
    circle: Conversation, dana: Clinician, eli: Clinician, ben: Clinician
) -> None:
    before = place_of(ben, circle).unread

    add_member(circle, eli, with_history=False, by=her(dana))
    remove_member(circle, eli, by=her(dana))

    assert place_of(ben, circle).unread == before
