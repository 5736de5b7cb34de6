"""When mail comes: on whose clock, how often, not at night, and how it is ended."""

from datetime import UTC, datetime, time

import pytest
import time_machine
from django.core import mail
from django.test import Client

from network.accounts.models import User
from network.activity import tasks
from network.activity.actors import Actor
from network.activity.models import Event, Notification, Outbox, Preferences
from network.activity.preferences.actions import choose_mail, choose_time_zone
from network.activity.preferences.timing import mail_time
from network.activity.preferences.wish import to_end
from network.activity.recorder import record

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)  # a Wednesday
NIGHT = (time(22), time(7))


def news(about: User, verb: str = "clinician.greeted") -> Event:
    return record(Actor.system(), verb, about, notify=[about])


def deliver_at(moment: datetime | str, *events: Event) -> int:
    with time_machine.travel(moment, tick=False):
        for event in events:
            tasks.deliver(event.pk)
        tasks.send_held()
    return len(mail.outbox)


@pytest.mark.parametrize(
    ("cadence", "zone", "quiet", "hour"),
    [
        ("at-once", "", None, "2026-11-18 12:00"),
        ("never", "", None, None),
        ("daily", "UTC", None, "2026-11-19 08:00"),
        ("daily", "America/New_York", None, "2026-11-18 13:00"),
        ("daily", "Asia/Tokyo", None, "2026-11-18 23:00"),
        ("weekly", "UTC", None, "2026-11-23 08:00"),
        ("weekly", "Pacific/Auckland", None, "2026-11-22 19:00"),
        ("at-once", "UTC", NIGHT, "2026-11-18 12:00"),
        ("at-once", "Asia/Tokyo", NIGHT, "2026-11-18 12:00"),
        ("at-once", "Australia/Sydney", NIGHT, "2026-11-18 20:00"),
        ("at-once", "Asia/Kolkata", (time(17), time(18)), "2026-11-18 12:30"),
        ("daily", "UTC", (time(7), time(9)), "2026-11-19 09:00"),
        ("at-once", "UTC", (time(12), time(12)), "2026-11-18 12:00"),
    ],
)
def test_a_mail_goes_when_its_reader_wants_it(
    cadence: str, zone: str, quiet: tuple[time, time] | None, hour: str | None
) -> None:
    begin, end = quiet or (None, None)
    hers = Preferences(
        time_zone=zone, mail={"x": cadence}, quiet_from=begin, quiet_until=end
    )

    at = mail_time(hers, "x", NOON)

    assert (at and f"{at.astimezone(UTC):%Y-%m-%d %H:%M}") == hour


def test_a_digest_in_the_week_of_the_clock_change_is_at_eight_by_the_wall() -> None:
    hers = Preferences(time_zone="America/New_York", mail={"x": "daily"})

    at = mail_time(hers, "x", datetime(2026, 10, 31, 20, tzinfo=UTC))

    assert at is not None
    assert at.astimezone(UTC) == datetime(2026, 11, 1, 13, tzinfo=UTC)


def test_security_is_told_at_once_whatever_she_chose(lou: User) -> None:
    choose_mail(lou, {"account": "never", "factor": "weekly"}, NIGHT)

    assert deliver_at(
        "2026-11-18T03:00Z", news(lou, "account.x"), news(lou, "factor.x")
    )
    assert len(mail.outbox) == 2
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_one_digest_tells_of_everything_since_on_her_clock(lou: User) -> None:
    choose_time_zone(lou, "Asia/Tokyo")
    choose_mail(lou, {"clinician": "daily"}, None)
    with time_machine.travel("2026-11-18T12:00Z", tick=False):
        events = [news(lou), news(lou)]

    assert deliver_at("2026-11-18T12:01Z", *events) == 0
    assert not Outbox.objects.waiting().exists()
    assert deliver_at("2026-11-18T22:59Z") == 0
    assert deliver_at("2026-11-18T23:00Z") == 1
    assert deliver_at("2026-11-19T23:00Z") == 1

    body = mail.outbox[0].body
    assert "2 pieces of news" in str(body)
    assert "since Wednesday, 18 November, 21:00" in str(body)
    assert "greeted" not in str(body)


def test_what_was_read_meanwhile_is_mailed_to_nobody(lou: User) -> None:
    choose_mail(lou, {"clinician": "daily"}, None)
    deliver_at("2026-11-18T12:00Z", news(lou))
    Notification.objects.update(read_at=NOON)

    assert deliver_at("2026-11-20T12:00Z") == 0
    assert Notification.objects.get().spared_at is not None


@pytest.mark.parametrize("shut", [{"is_active": False}, {"erase_at": NOON}])
def test_whose_account_is_shut_meanwhile_gets_no_mail(
    lou: User, shut: dict[str, object]
) -> None:
    choose_mail(lou, {"clinician": "daily"}, None)
    deliver_at("2026-11-18T12:00Z", news(lou))
    User.objects.filter(pk=lou.pk).update(**shut)

    assert deliver_at("2026-11-20T12:00Z") == 0
    assert Notification.objects.get().spared_at is not None


def test_never_means_never_and_owes_nothing(lou: User) -> None:
    choose_mail(lou, {"clinician": "never"}, None)

    assert deliver_at("2026-11-18T12:00Z", news(lou)) == 0
    assert not Outbox.objects.waiting().exists()
    assert Notification.objects.visible_to(lou).unread().count() == 1


def test_what_waits_follows_a_new_choice(lou: User) -> None:
    choose_mail(lou, {"clinician": "weekly"}, None)
    deliver_at("2026-11-18T12:00Z", news(lou))

    with time_machine.travel("2026-11-18T12:05Z", tick=False):
        choose_mail(lou, {"clinician": "at-once"}, None)

    assert deliver_at("2026-11-18T12:06Z") == 1


def test_somebody_else_is_not_held_back(kim: User, lou: User) -> None:
    choose_mail(lou, {"clinician": "daily"}, None)
    event = record(Actor.system(), "clinician.x", kim, notify=[kim, lou])

    deliver_at("2026-11-18T12:00Z", event)

    assert [message.to for message in mail.outbox] == [[kim.email]]


def test_one_press_in_the_mailbox_ends_mail_of_that_kind_alone(lou: User) -> None:
    deliver_at("2026-11-18T12:00Z", news(lou))
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = path_of(headers["List-Unsubscribe"].strip("<>"))
    mailbox = Client(enforce_csrf_checks=True)

    assert mailbox.get(address).status_code == 200
    assert not Preferences.objects.exists()

    answer = mailbox.post(address, {"List-Unsubscribe": "One-Click"})

    assert "No more mail of this kind" in answer.content.decode()
    assert Preferences.objects.get().mail == {"clinician": "never"}
    assert Event.objects.get(verb="preferences.changed").why == "link in a mail"


def test_what_one_press_ended_another_takes_back(lou: User) -> None:
    choose_mail(lou, {"clinician": "weekly"}, None)
    ending = to_end(lou.public_id, ["clinician"])
    assert ending is not None
    page = Client().post(f"/mails/{ending.token}/").content.decode()
    undo = page.partition('action="')[2].partition('"')[0]

    Client().post(undo)

    assert Preferences.objects.get().mail == {"clinician": "weekly"}


def test_a_link_that_was_touched_opens_nothing(lou: User) -> None:
    ending = to_end(lou.public_id, ["clinician"])
    assert ending is not None

    assert Client().post(f"/mails/{ending.token}x/").status_code == 404
    assert to_end(lou.public_id, ["account", "factor"]) is None


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]
