"""What a packet says is nowhere in plain: no table, no event, no log, no Valkey."""

import logging

import pytest
import redis
from django.apps import apps
from django.conf import settings
from django.db import connection, connections, models

from network.activity.models import Event
from network.clinicians.models import Clinician
from referrals import export
from referrals.actions.packing import revoke_packet
from tests.conftest import signed_in
from tests.messaging.saying import her
from tests.referrals.packets.packing import (
    agreed,
    enclosed,
    packed,
    placed,
    seen,
    wrote,
)
from tests.referrals.story import by

CANARY = "zebrafinch-of-the-packet"


@pytest.mark.django_db(transaction=True)
def test_the_canary_is_read_by_her_and_nowhere_else(
    ana: Clinician, rosa: Clinician, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    one = placed(ana, rosa)
    agreed(one, rosa)
    wrote(one, {"reason": f"It is {CANARY}."})
    enclosed(one, CANARY.encode(), f"{CANARY}.txt")
    version = packed(one, reason="consented")
    at = f"{version.packet.get_absolute_url()}1/"

    page = signed_in(rosa).get(at).content.decode()
    assert page.count(CANARY) == 2
    signed_in(rosa).get(f"{at}pdf/")
    revoke_packet(version, by=by(ana), click=seen(one))

    assert tables_with(CANARY) == []
    assert CANARY not in caplog.text
    assert not any(CANARY in str(vars(event)) for event in Event.objects.all())
    store = redis.Redis.from_url(settings.REDIS_URL)
    assert not any(CANARY.encode() in key for key in store.scan_iter())


@pytest.mark.django_db
def test_an_export_has_the_senders_words_and_none_of_what_was_received(
    ana: Clinician, rosa: Clinician
) -> None:
    one = placed(ana, rosa)
    agreed(one, rosa)
    wrote(one, {"reason": f"It is {CANARY}."})
    enclosed(one)
    packed(one)

    [hers] = export.portion(her(ana).pk)["packet_words"]
    assert hers["parts"] == {"reason": f"It is {CANARY}."}
    theirs = export.portion(her(rosa).pk)
    assert [line["number"] for line in theirs["packets_received"]] == [1]
    assert CANARY not in str(theirs)


def tables_with(word: str) -> list[str]:
    return [
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.managed and _has(model, word)
    ]


def _has(model: type[models.Model], word: str) -> bool:
    line = connections["keystore"] if "keystore" in model._meta.label else connection
    with line.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(
            f'SELECT EXISTS (SELECT 1 FROM "{table}" AS row'
            " WHERE row::text LIKE %s OR row::text LIKE %s)",
            [f"%{word}%", f"%{word.encode().hex()}%"],
        )
        return bool(cursor.fetchone()[0])
