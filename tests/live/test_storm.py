"""Those who knock at the same moment are asked for together, each for herself."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from network.accounts import door
from network.accounts.actions.tokens import make_token, revoke_token
from network.accounts.door import SESSION, TOKEN, Knock
from network.accounts.models import ApiToken, Scope, User, digest
from network.clinicians.models import Clinician
from tests.live.test_handshake import OPEN, UNKNOWN, bearer
from tests.live.web import Web, cookie, cookie_of, session_of

UNAVAILABLE = 503
CUT = """
SELECT pg_terminate_backend(pid) FROM pg_locks
WHERE NOT granted AND relation = 'django_session'::regclass
"""


def at_once(web: Web, headers: list[dict[str, str]]) -> list[int]:
    with ThreadPoolExecutor(len(headers)) as threads:
        return list(threads.map(web.status, headers))


def test_good_and_bad_who_come_at_once_are_told_apart(
    web: Web, ana: Clinician, ben: Clinician, cleo: Clinician, dana: Clinician
) -> None:
    revoked = bearer(ben.user)
    revoke_token(ApiToken.objects.get(), by=ben.user or User())
    gone = cookie_of(ben)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    found = {
        OPEN: [cookie_of(ana), bearer(ana.user), cookie_of(ben), bearer(cleo.user)],
        UNKNOWN: [
            gone,
            revoked,
            cookie_of(dana),
            cookie("f0rged" * 6),
            cookie('"nul\\000nul\\000"'),
            {"Authorization": "Bearer consilium_forged"},
        ],
    }
    User.objects.filter(clinician=dana).update(agreed_to="")
    expected = [status for status, headers in found.items() for _ in headers]

    for _ in range(3):
        assert at_once(web, [*found[OPEN], *found[UNKNOWN]]) == expected


def test_many_are_a_few_questions(
    transactional_db: None,
    settings: Settings,
    ana: Clinician,
    ben: Clinician,
    cleo: Clinician,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    assert cleo.user
    half = Client()
    half.force_login(cleo.user)
    keys = [session_of(ana), session_of(ana), session_of(ben)]
    reading = digest(make_token(cleo.user, name="feed", days=1))
    writing = digest(make_token(cleo.user, name="pen", days=1, scope=Scope.WRITE))
    good = {Knock(SESSION, key) for key in keys}
    good |= {Knock(TOKEN, reading), Knock(TOKEN, writing)}
    bad = {Knock(SESSION, str(half.session.session_key)), Knock(TOKEN, keys[0])}
    bad |= {Knock(SESSION, reading), Knock(SESSION, "f0rged" * 6)}

    # Sessions, people, tokens, and the use of each token.
    with django_assert_max_num_queries(5):
        admitted = door.admit([*bad, *good])

    assert admitted.keys() == good
    assert admitted[Knock(SESSION, keys[2])].person == str(
        ben.user and ben.user.public_id
    )
    assert not admitted[Knock(TOKEN, reading)].may_write
    assert admitted[Knock(TOKEN, writing)].may_write
    assert door.still_good(admitted.values()) == set(admitted.values())


def test_where_the_database_fails_meanwhile_all_may_come_again(
    web: Web, ana: Clinician, ben: Clinician
) -> None:
    headers = [cookie_of(one) for one in (ana, ben) for _ in range(4)]
    found: list[int] = []
    storm = threading.Thread(target=lambda: found.extend(at_once(web, headers)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE django_session IN ACCESS EXCLUSIVE MODE")
        storm.start()
        until = time.monotonic() + 60
        while storm.is_alive() and time.monotonic() < until:
            cursor.execute(CUT)
            time.sleep(0.2)
    storm.join()

    assert found == [UNAVAILABLE] * len(headers)
    assert at_once(web, headers) == [OPEN] * len(headers)
