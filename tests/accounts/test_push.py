"""A browser is told that there is news: by known services, and of nothing else."""

import json
import re
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from py_vapid import Vapid02
from pytest_django import Settings

from network.accounts.actions.push import switch_on
from network.accounts.actions.sessions import end_session, end_sessions
from network.accounts.models import PushSubscription, User
from network.accounts.push.keys import new_key, public_of
from network.accounts.push.said import UnknownBrowserError, read_subscription
from network.accounts.push.services import ClosedAddressError, address_of, service_of
from network.activity import tasks
from network.activity.actors import Actor
from network.activity.models import Event, Notification
from network.activity.preferences.actions import choose_mail, choose_push
from network.activity.recorder import record
from network.clinicians.models import Clinician
from tests.accounts.push_service import Device, PushService, push_service
from tests.conftest import signed_in

SETTINGS = "/settings/notifications/"
CANARY = "canary-of-the-case"


@pytest.fixture
def service(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[PushService]:
    with push_service(tmp_path) as (running, certificate):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        settings.VAPID_PRIVATE_KEY = new_key()
        settings.PUSH_INNER_HOSTS = [running.place]
        yield running


@pytest.fixture
def device(service: PushService) -> Device:
    return Device(f"https://{service.place}/send/one")


def browser_of(person: Clinician) -> Client:
    """Signed in as in life: with a row that says where."""
    client = signed_in(person)
    UserSession.objects.create(
        user=person.user,
        session_key=client.session.session_key,
        ip="192.0.2.1",
        user_agent="Mozilla/5.0 (Macintosh; Mac OS X) Firefox/140",
    )
    return client


def let(browser: Client, device: Device) -> object:
    said = json.dumps(device.details)
    return browser.post("/account/push/", {"subscription": said})


@pytest.fixture
def bens(ben: Clinician, device: Device) -> Client:
    """A browser of Ben's that is told."""
    browser = browser_of(ben)
    let(browser, device)
    return browser


def user_of(person: Clinician) -> User:
    assert person.user is not None
    return person.user


def news(person: Clinician, verb: str = "conversation.waiting") -> Event:
    with transaction.atomic():
        return record(
            Actor.system(), verb, person, notify=[user_of(person)], why=CANARY
        )


def test_a_device_reads_one_sentence_and_nothing_else(
    ben: Clinician, bens: Client, device: Device, service: PushService
) -> None:
    tasks.deliver(news(ben).pk)

    [push] = service.pushes
    assert device.reads(push) == {"text": "You have a new message", "tag": "messages"}
    assert push.path == "/send/one"
    assert push.headers["TTL"] == "14400"
    assert push.headers["Content-Encoding"] == "aes128gcm"
    assert push.headers["Host"] == service.place


def test_the_push_service_learns_who_runs_the_site_and_nothing_of_ben(
    ben: Clinician, bens: Client, service: PushService, settings: Settings
) -> None:
    tasks.deliver(news(ben).pk)

    [push] = service.pushes
    assert Vapid02.verify(push.headers["Authorization"])
    assert public_of(settings.VAPID_PRIVATE_KEY) in push.headers["Authorization"]
    seen = f"{push.path} {push.headers} {push.body!r}"
    for word in (CANARY, "waiting", ben.name, user_of(ben).email, str(ben.public_id)):
        assert word not in seen


def test_other_news_are_told_in_the_same_words(
    ben: Clinician, bens: Client, device: Device, service: PushService
) -> None:
    tasks.deliver(news(ben, "endorsement.given").pk)

    [push] = service.pushes
    assert device.reads(push) == {"text": "You have a new message", "tag": "activity"}


def test_delivering_twice_tells_a_device_once(
    ben: Clinician, bens: Client, service: PushService
) -> None:
    event = news(ben)

    tasks.deliver(event.pk)
    tasks.deliver(event.pk)
    tasks.push_what_is_due()

    assert len(service.pushes) == 1


def test_nobody_elses_device_is_told(
    ana: Clinician, bens: Client, service: PushService
) -> None:
    tasks.deliver(news(ana).pk)

    assert service.pushes == []


def test_quiet_hours_hold_and_then_the_device_is_told(
    ben: Clinician, bens: Client, service: PushService
) -> None:
    hour = timezone.localtime()
    begin, end = hour - timedelta(minutes=30), hour + timedelta(minutes=30)
    choose_mail(user_of(ben), {}, (begin.time(), end.time()))
    event = news(ben)
    tasks.deliver(event.pk)
    tasks.push_what_is_due()
    assert service.pushes == []

    with time_machine.travel(end, tick=False):
        tasks.push_what_is_due()
        tasks.push_what_is_due()

    assert len(service.pushes) == 1


def test_what_was_read_meanwhile_is_not_told_any_more(
    ben: Clinician, bens: Client, service: PushService
) -> None:
    event = news(ben)
    Notification.objects.update(read_at=timezone.now())

    tasks.deliver(event.pk)

    assert service.pushes == []


def test_a_kind_that_ben_switched_off_is_not_told(
    ben: Clinician, bens: Client, service: PushService
) -> None:
    choose_push(user_of(ben), {"conversation": False})

    tasks.deliver(news(ben).pk)
    tasks.deliver(news(ben, "claim.held").pk)

    assert len(service.pushes) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_its_service_knows_no_more_is_forgotten(
    ben: Clinician, bens: Client, service: PushService, status: int
) -> None:
    service.status = status

    tasks.deliver(news(ben).pk)

    assert not PushSubscription.objects.exists()
    assert Event.objects.filter(verb="push.switched_off", why="gone").exists()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_service_that_is_busy_is_asked_again(
    ben: Clinician, bens: Client, service: PushService, status: int
) -> None:
    service.status = status
    event = news(ben)
    tasks.deliver(event.pk)
    service.status = 201

    again = event.notifications.get().push_at
    assert again is not None
    with time_machine.travel(again, tick=False):
        tasks.push_what_is_due()
        tasks.push_what_is_due()

    assert len(service.pushes) == 2


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_push_is_led_nowhere_else(
    ben: Clinician, bens: Client, service: PushService, status: int
) -> None:
    service.status = status

    tasks.deliver(news(ben).pk)

    assert [push.path for push in service.pushes] == ["/send/one"]


def test_a_mail_goes_whatever_becomes_of_the_push(
    ben: Clinician, bens: Client, service: PushService
) -> None:
    service.status = 500

    tasks.deliver(news(ben, "claim.held").pk)

    assert [message.to for message in mail.outbox] == [[user_of(ben).email]]


def test_a_certificate_of_somebody_else_is_not_believed(
    ben: Clinician, bens: Client, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")

    tasks.deliver(news(ben).pk)

    assert service.pushes == []


def test_an_endpoint_is_sealed_in_its_row(bens: Client, device: Device) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT details FROM accounts_pushsubscription")
        [[kept]] = cursor.fetchall()

    assert kept.startswith("v1:")
    assert PushSubscription.objects.get().details["endpoint"] == device.endpoint


# -- When it is over ------------------------------------------------------------


def sign_out(browser: Client, ben: Clinician) -> None:
    browser.post("/account/logout/")


def end_it(browser: Client, ben: Clinician) -> None:
    end_session(UserSession.objects.get(user=ben.user), by=user_of(ben))


def end_all(browser: Client, ben: Clinician) -> None:
    end_sessions(user_of(ben))


def lapse(browser: Client, ben: Clinician) -> None:
    with time_machine.travel(timezone.now().timestamp() + 3600, tick=False):
        browser.get("/settings/")


@pytest.mark.parametrize("ending", [sign_out, end_it, end_all, lapse])
def test_a_browser_is_told_no_more_once_its_session_is_over(
    ben: Clinician,
    bens: Client,
    service: PushService,
    ending: Callable[[Client, Clinician], None],
) -> None:
    ending(bens, ben)

    assert not PushSubscription.objects.exists()
    tasks.deliver(news(ben).pk)
    assert service.pushes == []


def test_a_session_that_ran_out_unseen_is_told_nothing(
    ben: Clinician, bens: Client, service: PushService
) -> None:
    with time_machine.travel(timezone.now().timestamp() + 13 * 3600, tick=False):
        tasks.deliver(news(ben).pk)

    assert service.pushes == []


def test_a_browser_belongs_to_whoever_was_signed_in_last(
    ana: Clinician, bens: Client, device: Device, service: PushService, ben: Clinician
) -> None:
    let(browser_of(ana), device)

    tasks.deliver(news(ben).pk)
    assert service.pushes == []
    tasks.deliver(news(ana).pk)
    assert len(service.pushes) == 1


def test_a_browser_wants_it_again_when_the_same_person_signs_in(
    ana: Clinician, ben: Clinician, bens: Client
) -> None:
    wanted = 'data-address="/account/push/"'
    assert wanted not in bens.get("/settings/").content.decode()

    for person, is_wanted in ((ben, True), (ana, False)):
        fresh = browser_of(person)
        fresh.cookies["told"] = bens.cookies["told"].value
        assert (wanted in fresh.get("/settings/").content.decode()) is is_wanted


# -- Where a push may go ----------------------------------------------------------


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/x",
        "https://fcm.googleapis.com:8443/x",
        "https://ben:x@fcm.googleapis.com/x",
        "https://fcm.googleapis.com.example.org/x",
        "https://example.org/fcm.googleapis.com",
        "https://push.apple.com.example.org/",
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://[::1]/x",
        "https://fcm.googleapis.com:port/x",
        f"https://{'a' * 64}.push.apple.com/x",
        "https://..push.apple.com/x",
        "https://web.push.apple.com/\ud800",
        "file:///etc/passwd",
        "",
    ],
)
def test_an_address_that_is_not_of_a_known_service_is_closed(endpoint: str) -> None:
    with pytest.raises(ClosedAddressError):
        service_of(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/x:y",
        "https://updates.push.services.mozilla.com/wpush/v2/x",
        "https://web.push.apple.com/x",
        "https://wns2-by3p.notify.windows.com/w/?token=x",
    ],
)
def test_the_services_of_the_known_browsers_are_open(endpoint: str) -> None:
    service = service_of(endpoint)

    assert f"{service.origin}{service.path}" == endpoint


@pytest.mark.parametrize(
    ("addresses", "is_open"),
    [
        (["142.250.185.74"], True),
        (["2a00:1450:4001:80b::200a"], True),
        (["127.0.0.1"], False),
        (["10.0.0.1"], False),
        (["169.254.169.254"], False),
        (["192.168.1.1"], False),
        (["0.0.0.0"], False),  # noqa: S104 nothing listens there
        (["224.0.0.1"], False),
        (["::1"], False),
        (["fe80::1"], False),
        (["fd00::1"], False),
        (["::ffff:127.0.0.1"], False),
        (["142.250.185.74", "127.0.0.1"], False),
        ([], False),
    ],
)
def test_a_known_name_that_leads_inwards_is_closed(
    addresses: list[str], is_open: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the name servers of the world say leaves the machine: this alone is said."""

    def said(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (address, 443)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", said)
    service = service_of("https://fcm.googleapis.com/x")

    if is_open:
        assert address_of(service) == addresses[0]
    else:
        with pytest.raises(ClosedAddressError):
            address_of(service)


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "https://example.org/x"},
        {"keys": {}},
        {"keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"keys": "x"},
        {"keys": {"p256dh": ["AAAA"], "auth": ["AAAA"]}},
        {"endpoint": f"https://{'a' * 64}.push.apple.com/x"},
        {"endpoint": None},
    ],
)
def test_what_is_no_subscription_is_refused_in_words(
    ben: Clinician, device: Device, change: dict[str, object]
) -> None:
    browser = browser_of(ben)
    said = json.dumps({**device.details, **change})

    page = browser.post("/account/push/", {"subscription": said}, follow=True)

    assert "cannot be told" in page.content.decode()
    assert not PushSubscription.objects.exists()
    with pytest.raises(UnknownBrowserError):
        read_subscription(said)


def test_keys_are_kept_as_they_are_written_here(device: Device) -> None:
    """Read leniently, they would else fail whenever there is news for anybody."""
    odd = {name: f"{key}!!!!" for name, key in device.details["keys"].items()}

    kept = read_subscription(json.dumps({**device.details, "keys": odd}))

    assert kept["keys"] == device.details["keys"]
    listed = {name: [key] for name, key in device.details["keys"].items()}
    with pytest.raises(UnknownBrowserError):
        read_subscription(json.dumps({**device.details, "keys": listed}))


def test_the_address_that_was_looked_at_is_the_one_that_is_called(
    ben: Clinician, bens: Client, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers otherwise the second time is not asked a second time."""
    asked: list[object] = []
    known = socket.getaddrinfo

    def once(host: str, *rest: object, **more: object) -> object:
        asked.append(host)
        return known(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    tasks.deliver(news(ben).pk)

    assert asked.count("localhost") == 1
    assert len(service.pushes) == 1


# -- Who may -----------------------------------------------------------------------


def test_ben_lists_his_devices_and_switches_one_off(bens: Client) -> None:
    page = bens.get(SETTINGS).content.decode()
    assert "Firefox on Mac" in page
    subscription = PushSubscription.objects.get()

    bens.post(f"/account/push/{subscription.public_id}/end/")

    assert not PushSubscription.objects.exists()
    assert bens.cookies["told"].value == ""
    assert "Tell this device" in bens.get(SETTINGS).content.decode()


def test_an_outsider_neither_sees_nor_ends_a_device_of_bens(
    bens: Client, cleo: Clinician
) -> None:
    subscription = PushSubscription.objects.get()
    browser = browser_of(cleo)

    assert "Firefox on Mac" not in browser.get(SETTINGS).content.decode()
    answer = browser.post(f"/account/push/{subscription.public_id}/end/")

    assert answer.status_code == 404
    assert PushSubscription.objects.exists()


def test_nobody_lets_a_browser_of_somebody_else_be_told(
    ben: Clinician, cleo: Clinician, device: Device
) -> None:
    browser_of(ben)
    session = UserSession.objects.get(user=ben.user)

    with pytest.raises(Exception, match="another"):
        switch_on(session, device.details, by=user_of(cleo))


def test_ben_chooses_of_what_his_devices_are_told(bens: Client, ben: Clinician) -> None:
    bens.post(f"{SETTINGS}devices/", {"kinds": ["conversations", "reports"]})

    page = bens.get(SETTINGS).content.decode()
    assert re.findall(r'value="(\w+)"[^>]* checked', page) == [
        "conversations",
        "reports",
    ]
    user = User.objects.select_related("preferences").get(pk=user_of(ben).pk)
    assert user.preferences.push["conversation"] is True
    assert user.preferences.push["endorsement"] is False


def test_a_password_alone_lets_no_browser_be_told(
    ben: Clinician, device: Device
) -> None:
    browser = Client()
    browser.force_login(user_of(ben))

    answer = browser.post(
        "/account/push/", {"subscription": json.dumps(device.details)}
    )

    assert answer["Location"] == "/account/second-factor/"
    assert not PushSubscription.objects.exists()


def test_without_a_key_it_is_offered_nowhere(ben: Clinician) -> None:
    browser = browser_of(ben)
    device = Device("https://fcm.googleapis.com/x")

    assert "<push-switch" not in browser.get(SETTINGS).content.decode()
    assert let(browser, device).status_code == 404  # type: ignore[attr-defined]
    assert browser.post(f"{SETTINGS}devices/").status_code == 404
    assert news(ben).notifications.get().push_at is None


def test_a_command_prints_a_pair(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_vapid_key")

    private, public = capsys.readouterr().out.splitlines()
    assert public.endswith(public_of(private.partition("=")[2]))


def test_a_mail_about_a_conversation_waits_for_ten_minutes(ben: Clinician) -> None:
    noon = datetime(2026, 11, 18, 12, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        read, unread = news(ben), news(ben)
        tasks.deliver(read.pk)
        tasks.deliver(unread.pk)
        assert mail.outbox == []
    read.notifications.update(read_at=noon)

    with time_machine.travel(datetime(2026, 11, 18, 12, 11, tzinfo=UTC), tick=False):
        tasks.send_held()

    assert len(mail.outbox) == 1
