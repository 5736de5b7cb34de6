"""The whole way once: a commit, the broker, a worker of its own, a mail."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from config import servers
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.models import Outbox
from network.activity.recorder import record
from tests.servers import SHARED

PATIENCE = 180  # seconds: a busy machine starts a worker slowly


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    return tmp_path / "mails"


@pytest.fixture
def worker(mails: Path, transactional_db: None) -> Iterator[subprocess.Popen[bytes]]:
    place = servers.Place(Path(os.environ[SHARED]))
    name = str(connection.settings_dict["NAME"])
    environment = {
        **os.environ,
        "DATABASE_ROLE": "",
        "DATABASE_URL": place.database_url(servers.APP, name),
        "DJANGO_SETTINGS_MODULE": "tests.activity.worker_settings",
        "TEST_MAIL_PATH": str(mails),
    }
    celery = [sys.executable, "-m", "celery", "--app", "config.celery", "--quiet"]
    process = subprocess.Popen([*celery, "worker", "--pool", "solo"], env=environment)
    yield process
    process.terminate()
    process.wait(timeout=PATIENCE)


def test_a_worker_sends_the_mail_that_a_commit_owes(
    worker: subprocess.Popen[bytes], mails: Path
) -> None:
    kim = User.objects.create_user("kim@example.org")
    with transaction.atomic():
        record(Actor.of(kim), "user.greeted", kim, notify=[kim])

    until = time.monotonic() + PATIENCE
    while Outbox.objects.waiting().exists() and time.monotonic() < until:
        time.sleep(0.1)

    [mail] = mails.iterdir()
    assert "To: kim@example.org" in mail.read_text()
    assert worker.poll() is None
