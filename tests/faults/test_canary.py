"""What members write is found nowhere: dump, disk, Valkey, logs, mails, pushes.

A new way to write something sealed is one entry of `WRITTEN`.
"""

import base64
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from http.cookiejar import CookieJar
from pathlib import Path
from typing import cast
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import uuid4

import psycopg
import pytest
import redis
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from config.dev import SERVER
from config.servers import SUPERUSER
from network.accounts.push.keys import new_key
from tests.accounts.push_service import Device, PushService, push_service
from tests.factories import PASSWORD
from tests.faults import referring
from tests.faults.canary import (
    MARK,
    data_files_of,
    dumps_of,
    found_in,
    found_in_bytes,
    memory_of,
    overheard,
    wal_of,
    word,
)
from tests.faults.installation import Installation, installed
from tests.faults.site import answers, free_port, wait_until

pytestmark = pytest.mark.installation
ANA, BEN = "ana@consilium.example", "ben@consilium.example"
CAST = f"""
from tests.factories import a_colleague, a_conversation, a_member
ana, ben = a_member("Ana Heron", email="{ANA}"), a_member("Ben Wren", email="{BEN}")
a_colleague("Rosa Wren")
room = a_conversation(ana, ben)
print(room.public_id, ben.public_id)
"""
NEED = """
from network.clinicians.actions.needs import save_need
from network.clinicians.models import Clinician
ana = Clinician.objects.get(name="Ana Heron")
save_need({"need": {"text": "WORD"}}, owner=ana, by=ana.user)
"""
BROWSER = """
from allauth.usersessions.models import UserSession
from network.accounts.actions.push import switch_on
session = UserSession.objects.filter(user__email="EMAIL").latest("pk")
switch_on(session, DETAILS, by=session.user)
"""
WAITING = "from messaging.tasks import tell_waiting; print(tell_waiting())"
TEN_MINUTES_LATER = """
from django.utils import timezone
from network.activity import actions
from network.activity.models import Notification
Notification.objects.held().update(held_until=timezone.now())
print(actions.send_held(10))
"""


@dataclass
class Tab:
    """Somebody's browser, which knows no more than a page's forms do."""

    port: int
    cookies: CookieJar = field(default_factory=CookieJar)

    def get(self, path: str) -> str:
        return self._ask(Request(f"http://localhost:{self.port}{path}"))

    def post(self, path: str, **fields: str) -> str:
        is_sign_in = path == "/account/login/"
        fields["csrfmiddlewaretoken"] = self._token(path if is_sign_in else "/lists/")
        data = urlencode(fields).encode()
        return self._ask(Request(f"http://localhost:{self.port}{path}", data))

    def post_file(self, path: str, name: str, content: bytes) -> str:
        head = f'Content-Disposition: form-data; name="file"; filename="{name}"'
        data = b"--edge\r\n%b\r\n\r\n%b\r\n--edge--\r\n" % (head.encode(), content)
        request = Request(f"http://localhost:{self.port}{path}", data)
        request.add_header("Content-Type", "multipart/form-data; boundary=edge")
        request.add_header("X-CSRFToken", self._token("/lists/"))
        return self._ask(request)

    def _token(self, path: str) -> str:
        found = re.search(r'csrfmiddlewaretoken" value="(\w+)"', self.get(path))
        assert found
        return found[1]

    def _ask(self, request: Request) -> str:
        opener = build_opener(HTTPCookieProcessor(self.cookies))
        with opener.open(request, timeout=120) as answer:
            return cast(str, answer.read().decode())

    def signed_in(self, email: str) -> "Tab":
        self.post("/account/login/", login=email, password=PASSWORD)
        return self

    @property
    def cookie(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{one.name}={one.value}" for one in self.cookies)}


@dataclass
class Life:
    """A running site in which Ana writes to Ben."""

    there: Installation
    port: int
    room: str
    ben: str
    ana: Tab
    referral: str = ""

    @property
    def thread(self) -> str:
        return f"/messages/{self.room}/"

    def says_by_form(self, said: str) -> None:
        self.ana.post(f"{self.thread}messages/", body=said, client_id=str(uuid4()))

    def says_on_the_socket(self, said: str) -> None:
        ask = {"type": "send", "conversation": self.room, "client_id": str(uuid4())}
        with connect(
            f"ws://localhost:{self.port}/live/",
            origin=Origin(f"http://localhost:{self.port}"),
            subprotocols=[Subprotocol("consilium.v1")],
            additional_headers=self.ana.cookie,
        ) as socket:
            socket.send(json.dumps({**ask, "body": said}))
            while json.loads(socket.recv(timeout=120))["type"] != "ack":
                pass

    def sends_a_file(self, said: str) -> None:
        """Large enough that whoever spools what comes in would write it to a disk."""
        self.attaches("helped.txt", f"{said} helped. ".encode() * 200_000)
        self.ana.post(
            f"{self.thread}messages/", client_id=str(uuid4()), files=self.tray[0]
        )

    def attaches_a_file_of_that_name(self, said: str) -> None:
        self.attaches(f"{said}.txt", b"what helped")

    def attaches(self, name: str, content: bytes) -> None:
        self.ana.post_file(f"{self.thread}files/", name, content)

    @property
    def tray(self) -> list[str]:
        """The ids of what is attached and not sent."""
        return re.findall(r'name="files" value="([^"]+)"', self.ana.get(self.thread))

    def begins_a_draft(self, said: str) -> None:
        self.ana.post(f"{self.thread}draft/", body=said)

    def sends_later(self, said: str) -> None:
        when = {"client_id": str(uuid4()), "when": "morning"}
        self.ana.post(f"{self.thread}messages/", body=said, **when)

    def names_it(self, said: str) -> None:
        self.ana.post(f"{self.thread}title/", title=said)

    def makes_a_topic(self, said: str) -> None:
        self.ana.post(f"{self.thread}topics/", name=said)

    def notes_on_a_list(self, said: str) -> None:
        self.ana.post(f"/lists/shortlist/{self.ben}/")
        self.ana.post(f"/lists/shortlist/{self.ben}/words/", note=said, tags=said)

    def names_a_list(self, said: str) -> None:
        self.ana.post("/lists/", name=said)

    def looks_for_a_message(self, said: str) -> None:
        self.ana.post("/messages/search/", words=said)

    def begins_to_write(self, said: str) -> None:
        self.ana.post(f"{self.thread}guard/", body=f"Mr {said} of Rye, aged 43")

    def looks_for_somebody(self, said: str) -> None:
        self.ana.post("/find/", words=f"OCD, {said}")

    def refers(self, said: str) -> None:
        """Asked and answered on pages."""
        begin = f"from tests.faults.referring import begin; print(begin({said!r}))"
        offer, one, rosa = self.there.does(begin).split()
        place, self.referral = f"/referrals/offers/{offer}/", f"/referrals/{one}/"
        rosas = Tab(self.port).signed_in(rosa)
        for tab, slug in ((rosas, "question"), (self.ana, "answer")):
            words = f"It is {said}{slug}."
            tab.post(f"{place}{slug}/", words=words, **hidden(tab, f"{place}{slug}/"))
        end = f"from tests.faults.referring import end; end({said!r}, {offer!r})"
        self.there.does(end)

    def keeps_a_need(self, said: str) -> None:
        self.there.does(NEED.replace("WORD", said))


def hidden(tab: Tab, path: str) -> dict[str, str]:
    """The key and the version that come with a step."""
    found = re.findall(r'name="(key|seen)" value="([^"]+)"', tab.get(path))
    return dict(found)


WRITTEN: dict[str, Callable[[Life, str], None]] = {
    "form": Life.says_by_form,
    "socket": Life.says_on_the_socket,
    "later": Life.sends_later,
    "file": Life.sends_a_file,
    "filename": Life.attaches_a_file_of_that_name,
    "draft": Life.begins_a_draft,
    "title": Life.names_it,
    "topic": Life.makes_a_topic,
    "note": Life.notes_on_a_list,
    "list": Life.names_a_list,
    "guard": Life.begins_to_write,
    "question": Life.looks_for_a_message,
    "colleague": Life.looks_for_somebody,
    "need": Life.keeps_a_need,
    "referral": Life.refers,
}
# Where Ana reads each again; what is looked for is not kept as it was typed.
READ = {
    "form": "thread",
    "socket": "thread",
    "filename": "thread",
    "draft": "thread",
    "later": "thread",
    "title": "thread",
    "topic": "thread",
    "note": "/lists/shortlist/",
    "list": "/lists/",
}


@pytest.fixture(scope="module")
def pushes(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[PushService, Path]]:
    with push_service(tmp_path_factory.mktemp("push")) as known:
        yield known


@pytest.fixture(scope="module")
def life(
    checkout: Path,
    pushes: tuple[PushService, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Life]:
    service, certificate = pushes
    told = {
        "VAPID_PRIVATE_KEY": new_key(),
        "PUSH_INNER_HOSTS": service.place,
        "SSL_CERT_FILE": str(certificate),
    }
    port = free_port()
    with ExitStack() as stack:
        kept = checkout / ".local"
        kept.mkdir(exist_ok=True)
        bare = stack.enter_context(installed(kept, checkout))
        there = replace(bare, more=told)
        room, ben = there.does(CAST).split()
        worker = ["celery", "--app", "config.celery", "--quiet", "worker"]
        threads = ["--pool", "threads", "--concurrency", "2"]
        stack.enter_context(running(there, "worker", [*worker, *threads]))
        stack.enter_context(running(there, "web", [*SERVER, "--port", str(port)]))
        wait_until(lambda: answers(port))
        yield Life(there, port, room, ben, Tab(port).signed_in(ANA))


@contextmanager
def running(there: Installation, name: str, command: list[str]) -> Iterator[None]:
    with (there.place.directory / f"{name}.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=there.checkout,
            env=there.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(60)


@pytest.fixture(scope="module")
def lived(
    life: Life,
    pushes: tuple[PushService, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Everything is written, and Ben is told; what Valkey was sent meanwhile."""
    service, _ = pushes
    device = Device(f"https://{service.place}/send/ben")
    Tab(life.port).signed_in(BEN)
    program = BROWSER.replace("EMAIL", BEN).replace("DETAILS", repr(device.details))
    heard = tmp_path_factory.mktemp("heard") / "commands"
    with overheard(life.there.place, heard):
        life.there.does(program)
        for place, write in WRITTEN.items():
            write(life, word(place))
        time.sleep(21)  # what has just come is not waiting yet
        assert life.there.does(WAITING) == "1"
        wait_until(lambda: service.pushes != [])
        assert life.there.does(TEN_MINUTES_LATER) != "0"
    assert device.reads(service.pushes[0])["text"] == "You have a new message"
    said = json.dumps([device.reads(push) for push in service.pushes])
    assert set(found_in_bytes(said.encode())) == set()
    return heard


def mails(life: Life) -> list[Path]:
    return list((life.there.checkout / ".local/mail").glob("*"))


def test_it_was_written_and_its_owner_reads_it(life: Life, lived: Path) -> None:
    for place, address in READ.items():
        path = life.thread if address == "thread" else address
        assert word(place) in life.ana.get(path), place
    found = life.ana.post("/messages/search/", words=word("form"))
    assert f"<mark>{word('form')}</mark>" in found
    [file] = re.findall(r'files__name" href="([^"]+)"', life.ana.get(life.thread))
    assert word("file") in life.ana.get(file)
    referral = life.ana.get(life.referral)
    for part in referring.READ:
        assert word(f"referral{part}") in referral, part
    assert " 0 do not" in life.there.manage("keys", "verify")


def test_it_is_in_no_dump(life: Life, lived: Path, tmp_path: Path) -> None:
    assert found_in(*dumps_of(life.there.place, tmp_path)) == set()


def test_it_is_in_no_file_of_the_database(life: Life, lived: Path) -> None:
    assert found_in(*data_files_of(life.there.place)) == set()
    assert found_in(wal_of(life.there.place)) == set()


def test_valkey_never_saw_it(life: Life, lived: Path) -> None:
    assert b"PUBLISH" in lived.read_bytes()
    assert life.room.encode() in lived.read_bytes()
    assert found_in(lived) == set()
    assert found_in(*memory_of(life.there.place)) == set()


def test_it_is_in_no_log_and_no_mail(life: Life, lived: Path) -> None:
    logs = list(life.there.place.directory.glob("*.log"))
    assert {"web.log", "worker.log", "postgres.log", "valkey.log"} <= {
        log.name for log in logs
    }
    assert "messaging:messages" in (life.there.place.directory / "web.log").read_text()
    assert found_in(*logs) == set()
    assert any(BEN in mail.read_text() for mail in mails(life))
    assert found_in(*mails(life)) == set()


def test_it_is_in_no_other_file_of_the_installation(life: Life, lived: Path) -> None:
    """Whatever was forgotten here: caches, uploads, things half written."""
    assert found_in(life.there.checkout / ".local") == set()


# -- The detector itself -------------------------------------------------------------


def test_a_planted_word_is_found_everywhere(
    life: Life, lived: Path, tmp_path: Path
) -> None:
    """Last of all: from here on the installation holds words in plain."""
    place, heard = life.there.place, tmp_path / "commands"
    with psycopg.connect(place.database_url(SUPERUSER), autocommit=True) as database:
        database.execute("CREATE TABLE planted AS SELECT %s AS words", [word("rows")])
    with overheard(place, heard), redis.Redis.from_url(place.valkey_url) as valkey:
        valkey.set("planted", word("memory"))
        valkey.publish("planted", word("news"))
    (place.directory / "planted.log").write_text(f"Traceback: {word('line').upper()}")

    assert word("rows") in found_in(*dumps_of(place, tmp_path))
    assert word("rows") in found_in(*data_files_of(place))
    assert word("rows") in found_in(wal_of(place))
    assert word("memory") in found_in(*memory_of(place))
    assert found_in(heard) == {word("memory"), word("news")}
    assert word("line") in found_in(place.directory / "planted.log")


@pytest.mark.parametrize("before", ["", "a", "ab", "the word is: "])
def test_a_disguised_word_is_found_too(before: str) -> None:
    said = f"{before}{MARK} and more".encode()

    for disguise in (base64.b64encode(said), said.hex().encode()):
        assert set(found_in_bytes(disguise)) != set()
    assert set(found_in_bytes(f"{before}{MARK}".encode("utf-16-le"))) != set()
    assert set(found_in_bytes(b"an ordinary line of a log")) == set()
