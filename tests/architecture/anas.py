"""What is Ana's, each thing with a canary where it has words."""

from typing import Any

from network.accounts.actions.tokens import make_token
from network.accounts.models import ApiToken
from network.activity.actors import Actor
from network.activity.models import Notification
from network.activity.recorder import record
from network.clinicians.actions.list_entries import (
    Words,
    list_colleague,
    write_on_entry,
)
from network.clinicians.actions.lists import make_list
from network.clinicians.actions.needs import save_need
from network.clinicians.models import Clinician, ColleagueList
from referrals.models import Referral
from tests.clients.people import a_client
from tests.conflicts.people import noted
from tests.factories import a_colleague, a_conversation
from tests.messaging.saying import her, say
from tests.referrals.packets.packing import a_packet
from tests.referrals.story import accepted, sent

CANARY = "canary-of-ana"


Things = dict[str, tuple[object, ...]]


def things_of(ana: Clinician, ben: Clinician) -> Things:
    """Their ids, by a word in the addresses of what they are."""
    need = save_need({"need": {"kind": CANARY}}, owner=ana, by=her(ana))
    make_token(her(ana), name=CANARY, days=30)
    room = a_conversation(ana, ben, title=CANARY)
    say(ana, room, CANARY)
    one = _a_referral(ana)
    packet = (one, one.offers.get(), one.packet, one.packet.files.get())
    return {
        "/find/": _ids(need),
        "/needs/": _ids(need),
        "/account/": _ids(ApiToken.objects.get()),
        "/notifications/": _ids(_a_notification(ana)),
        "/lists/": _ids(_a_list(ana, ben)),
        "/messages/": _ids(room),
        "/conversations/": _ids(room),
        "/clients/": _ids(a_client(ana, note=CANARY), one.client),
        "/conflicts/": _ids(noted(ana, CANARY)),
        "/clinicians/": _ids(ana),
        "/referrals/": _ids(*packet),
        "/choices/": _ids(*packet),
        "/offers/": _ids(*packet),
        "/packets/": _ids(*packet),
    }


def fitting(things: Things, path: str) -> tuple[object, ...]:
    """Where an address does not say what it is about: a person, and a referral."""
    words = [word for word in things if word in path] or ["/clinicians/", "/referrals/"]
    return tuple(dict.fromkeys(one for word in words for one in things[word]))


def _ids(*things: Any) -> tuple[object, ...]:
    return tuple(thing.public_id for thing in things)


def _a_notification(ana: Clinician) -> Notification:
    event = record(Actor.of(her(ana)), "user.noted", ana, notify=[her(ana)])
    return event.notifications.get()


def _a_list(ana: Clinician, ben: Clinician) -> ColleagueList:
    kept = make_list(CANARY, owner=ana, by=her(ana))
    entry = list_colleague(kept, ben, by=her(ana))
    write_on_entry(entry, Words(CANARY, (CANARY,)), by=her(ana))
    return kept


def _a_referral(ana: Clinician) -> Referral:
    """Somebody is chosen, and has a packet."""
    rosa = a_colleague("Rosa Wren")
    one = sent(ana, rosa, need=CANARY)
    accepted(rosa, one)
    a_packet(one, rosa, parts={"reason": CANARY})
    return one
