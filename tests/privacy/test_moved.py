"""Whatever is sealed opens in its own row alone: every column there is is tried.

A new one finds this test without a pair of rows to swap, and the test says so.
"""

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import connections, models
from psycopg import sql

from home.models import Export
from messaging.actions.drafts import save_draft
from messaging.actions.holds import hold_person
from messaging.actions.topics import make_topic
from messaging.models import Conversation
from network.accounts.actions.push import switch_on
from network.accounts.models import PushSubscription
from network.accounts.sealed_sessions import SessionStore
from network.clients.actions.consents import Terms, record_consent
from network.clients.actions.disclosures import note
from network.clients.models import Client, Party, Secret
from network.clients.sealed import seal
from network.clients.wording import DataClass, Purpose
from network.clinicians.models import (
    Clinician,
    ColleagueList,
    Evidence,
    EvidenceFile,
    Inquiry,
    ListEntry,
    Report,
    SavedNeed,
)
from network.privacy import data_keys
from network.privacy.data_keys import key_for
from network.privacy.models import ReasonWords
from network.privacy.sealed import Box, Holding
from network.privacy.sealed.everything import holdings, opens
from referrals.models import Offer
from referrals.seeking import Known, sealed_known
from tests import factories
from tests.clients.people import a_client
from tests.conflicts.people import noted
from tests.messaging.attaching import attached
from tests.messaging.saying import her, say
from tests.messaging.scheduling import schedule
from tests.referrals.packets.packing import enclosed, wrote
from tests.referrals.story import begun

pytestmark = pytest.mark.django_db
NAMES = [str(holding) for holding in holdings()]
# Bytes that are no sealed words.
PLAIN = {"clinicians_listing.traits": "masks of the search's row"}


@pytest.mark.parametrize("name", NAMES)
def test_moved_to_another_row_it_does_not_open(
    name: str, ana: Clinician, ben: Clinician
) -> None:
    holding = holding_named(name)
    pairs()[holding.table](ana, ben)
    assert len(boxes(holding)) > 1
    assert all(opens(box) for box in boxes(holding))

    hand_on_to_the_next_row(holding)

    assert not any(opens(box) for box in boxes(holding))


def test_the_swap_itself_is_found_where_nothing_is_bound(
    ana: Clinician, ben: Clinician
) -> None:
    """A planted holding that opens anything: the test above would fail on it."""
    pairs()["privacy_reasonwords"](ana, ben)
    holding = holding_named("privacy_reasonwords.words")
    planted = Holding(
        holding.table, holding.columns, lambda: iter([Box("1", "", lambda: None)])
    )

    hand_on_to_the_next_row(planted)

    assert all(opens(box) for box in boxes(planted))
    assert not any(opens(box) for box in boxes(holding))


def test_no_column_of_bytes_is_left_out() -> None:
    known = {f"{held.table}.{held.columns[0]}" for held in holdings()} | PLAIN.keys()
    columns = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField)
    }

    assert columns - known == set(), "name it in the HELD of its app"


def holding_named(name: str) -> Holding:
    return next(holding for holding in holdings() if str(holding) == name)


def boxes(holding: Holding) -> list[Box]:
    data_keys.forget_all()
    return list(holding.boxes())


def hand_on_to_the_next_row(holding: Holding) -> None:
    """As somebody with all rights to the database could."""
    table = sql.Identifier(holding.table)
    columns = sql.SQL(", ").join(map(sql.Identifier, holding.columns))
    first = sql.Identifier(holding.columns[0])
    read = "SELECT ctid, {columns} FROM {table} WHERE {first} IS NOT NULL ORDER BY ctid"
    # With one column ROW() says that it is a row all the same.
    write = "UPDATE {table} SET ({columns}) = ROW ({values}) WHERE ctid = %s"
    values = sql.SQL(", ").join(sql.Placeholder() * len(holding.columns))
    parts = {"columns": columns, "table": table, "first": first, "values": values}
    with connections[holding.using].cursor() as cursor:
        cursor.execute(sql.SQL(read).format(**parts))
        rows = cursor.fetchall()
        for row, after in zip(rows, [*rows[1:], rows[0]], strict=True):
            cursor.execute(sql.SQL(write).format(**parts), [*after[1:], row[0]])


# -- Two rows of everything ------------------------------------------------------

Pair = Callable[[Clinician, Clinician], object]


def pairs() -> dict[str, Pair]:
    return {
        "accounts_pushsubscription": two_browsers,
        "clients_client": two_clients,
        "clients_consent": two_consents,
        "clients_disclosure": two_disclosures,
        "clients_party": two_parties,
        "clients_secret": two_secrets,
        "clinicians_colleaguelist": two_lists,
        "clinicians_conflictentry": two_conflicts,
        "clinicians_evidencefile": two_files,
        "clinicians_listentry": two_notes,
        "clinicians_report": two_reports,
        "clinicians_savedneed": two_needs,
        "django_session": two_sessions,
        "home_export": two_exports,
        "keystore_wrappedkey": two_keys,
        "messaging_attachment": three_attachments,
        "messaging_conversation": two_titles,
        "messaging_draft": two_drafts,
        "messaging_hold": two_holds,
        "messaging_message": three_messages,
        "messaging_scheduledmessage": two_for_later,
        "messaging_topic": two_topics,
        "mfa_authenticator": two_factors,
        "privacy_reasonwords": two_reasons,
        "referrals_offer": two_guests,
        "referrals_packetfile": two_enclosed,
        "referrals_packetversion": two_versions,
        "referrals_passage": two_passages,
        "referrals_sought": two_sought,
    }


def kept(model: type[models.Model], fields: dict[str, Any]) -> models.Model:
    row = model()
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def two_browsers(ana: Clinician, ben: Clinician) -> None:
    for number, person in enumerate((ana, ben)):
        session = UserSession.objects.create(
            user=her(person), session_key=str(number), ip="192.0.2.1", user_agent=""
        )
        details = {"endpoint": f"https://push.example/{number}", "keys": {}}
        switch_on(session, details, by=her(person))
    assert PushSubscription.objects.count() == 2


def two_clients(ana: Clinician, ben: Clinician) -> list[Client]:
    return [a_client(ana, note="a note"), a_client(ana, note="another")]


def two_consents(ana: Clinician, ben: Clinician) -> None:
    terms = Terms(ben, Purpose.REFERRAL, [DataClass.SUMMARY], factories.FAR_AWAY)
    for client in two_clients(ana, ben):
        record_consent(client, terms, by=her(ana))


def two_disclosures(ana: Clinician, ben: Clinician) -> None:
    for client in two_clients(ana, ben):
        what = [DataClass.SUMMARY]
        note(ana, ben, client, what, None, purpose=Purpose.REFERRAL)


def two_parties(ana: Clinician, ben: Clinician) -> None:
    for party in Party.objects.filter(client__in=two_clients(ana, ben)):
        party.wishes = {"way": "text"}
        party.save(update_fields=["wishes"])


def two_secrets(ana: Clinician, ben: Clinician) -> None:
    """Three: two under one key, and one under another client's."""
    couple = a_client(ana, unit=Client.Unit.COUPLE)
    for party in [*couple.parties.in_order(), *a_client(ben).parties.all()]:
        secret = Secret(party=party, kind=Secret.Kind.IDENTITY)
        seal(secret, {"name": "a name"})
        secret.save(force_insert=True)


def two_lists(ana: Clinician, ben: Clinician) -> list[ColleagueList]:
    """Of one owner: her own lists are not mixed up either."""
    made = [
        kept(ColleagueList, {"owner": ana, "name": name}) for name in ("one", "two")
    ]
    return [row for row in made if isinstance(row, ColleagueList)]


def two_notes(ana: Clinician, ben: Clinician) -> None:
    for known in two_lists(ana, ben):
        words = {"note": "a note", "tags": ["a tag"]}
        kept(ListEntry, {"list": known, "colleague": ben, **words})


def two_conflicts(ana: Clinician, ben: Clinician) -> None:
    """Of one register: its entries are not mixed up either."""
    noted(ana, "Eda Larkspur", 1980)
    noted(ana, "Zoe Quillfeather", 1990)


def two_files(ana: Clinician, ben: Clinician) -> None:
    for person in (ana, ben):
        evidence = Evidence.objects.create(clinician=person)
        kept(EvidenceFile, {"evidence": evidence, "content": "QUJD"})


def two_reports(ana: Clinician, ben: Clinician) -> None:
    inquiry = Inquiry.objects.create(clinician=ana)
    for person in (ana, ben):
        kept(
            Report,
            {"inquiry": inquiry, "reporter": person, "ground": "", "words": "w"},
        )


def two_needs(ana: Clinician, ben: Clinician) -> None:
    for person in (ana, ben):
        kept(SavedNeed, {"owner": person, "content": {"risk": ["nssi"]}})


def two_sessions(ana: Clinician, ben: Clinician) -> None:
    for _ in range(2):
        visit = SessionStore()
        visit["totp"] = "secret"
        visit.save()


def two_exports(ana: Clinician, ben: Clinician) -> None:
    for person in (ana, ben):
        kept(Export, {"owner": her(person), "content": "QUJD"})


def two_keys(ana: Clinician, ben: Clinician) -> None:
    """Of one scope: a month's key is no other month's."""
    scope = f"conversation:{uuid.uuid4()}"
    key_for(scope, date(2026, 10, 1))
    key_for(scope, date(2026, 11, 1))


def two_titles(ana: Clinician, ben: Clinician) -> Sequence[Conversation]:
    return [factories.a_conversation(ana, ben, title=title) for title in ("a", "b")]


def two_topics(ana: Clinician, ben: Clinician) -> None:
    room = factories.a_conversation(ana, ben)
    for name in ("one", "two"):
        make_topic(room, name, by=her(ana))


def two_drafts(ana: Clinician, ben: Clinician) -> None:
    """Of two members of one conversation: the same key has sealed both."""
    room = factories.a_conversation(ana, ben)
    for person in (ana, ben):
        save_draft(room, "a draft", by=her(person))


def two_for_later(ana: Clinician, ben: Clinician) -> None:
    """The same of what they send later."""
    room = factories.a_conversation(ana, ben)
    for person in (ana, ben):
        schedule(person, room)


def three_messages(ana: Clinician, ben: Clinician) -> None:
    """Two under one key, and one under another."""
    room, other = two_titles(ana, ben)
    for where in (room, room, other):
        say(ana, where, "a message")


def three_attachments(ana: Clinician, ben: Clinician) -> None:
    """Two under one key, and one under another."""
    room, other = two_titles(ana, ben)
    for where in (room, room, other):
        attached(ana, where)


def two_holds(ana: Clinician, ben: Clinician) -> None:
    staff = factories.a_staff_member()
    for person in (ana, ben):
        hold_person(person, ground="court", matter="Docket 26-1187", by=staff)


def two_factors(ana: Clinician, ben: Clinician) -> None:
    for person in (ana, ben):
        factories.with_an_app(her(person))


def two_reasons(ana: Clinician, ben: Clinician) -> None:
    for _ in range(2):
        kept(ReasonWords, {"event_id": uuid.uuid4(), "words": "because"})


def two_guests(ana: Clinician, ben: Clinician) -> None:
    one = begun(ana)
    words = {"guest_name": "a name", "guest_email": "an address"}
    for place in range(2):
        kept(Offer, {"referral": one, "place": place, **words})


def two_versions(ana: Clinician, ben: Clinician) -> None:
    """Of two cases: two keys of either have sealed them."""
    for _ in range(2):
        wrote(begun(ana))


def two_enclosed(ana: Clinician, ben: Clinician) -> None:
    """Of one packet: the same keys have sealed both."""
    one = begun(ana)
    for _ in range(2):
        enclosed(one)


def two_passages(ana: Clinician, ben: Clinician) -> None:
    """Of one case: the same key has sealed both."""
    begun(ana, criteria={"kind": "transfer"})


def two_sought(ana: Clinician, ben: Clinician) -> None:
    """Of two cases: each has its own key."""
    for number in range(2):
        sealed_known(begun(ana), Known({number: [number]})).save()
