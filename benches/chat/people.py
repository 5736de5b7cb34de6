"""A thousand members with sessions, and the conversations they are in."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from types import SimpleNamespace
from typing import cast

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils import timezone

from benches.chat.client.line import Spec
from benches.chat.site import handshake
from messaging.models import Conversation, Membership
from network.accounts.agreements import stamp
from network.accounts.idling import BEGAN, LAST_STEP
from network.accounts.models import User
from network.accounts.sealed_sessions import SessionStore
from network.activity.live.protocol import SUBPROTOCOL
from network.clinicians.models import Clinician

NO_PASSWORD = "!"  # noqa: S105 nobody signs in with it
OWNER, MEMBER = Membership.Role.OWNER, Membership.Role.MEMBER
SYNCED = '"type":"synced"'


@dataclass(frozen=True)
class Member:
    clinician: Clinician
    user: User
    session: str


def settle(count: int) -> list[Member]:
    """They have agreed, are vouched for, and have shown a factor in their session."""
    users = User.objects.bulk_create(
        User(email=f"member{n}@bench.example", password=NO_PASSWORD, agreed_to=stamp())
        for n in range(count)
    )
    clinicians = Clinician.objects.bulk_create(
        Clinician(
            user=user,
            name=f"Member {n}",
            profession="psychologist",
            verified_at=timezone.now(),
        )
        for n, user in enumerate(users)
    )
    return [
        Member(clinician, user, _session(user))
        for clinician, user in zip(clinicians, users, strict=True)
    ]


def _session(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[BEGAN] = session[LAST_STEP] = time.time()
    request = cast(HttpRequest, SimpleNamespace(session=session))
    record_authentication(request, user, method="mfa", type="totp")
    session.save()
    return str(session.session_key)


def gather(groups: Sequence[Sequence[Member]]) -> list[Conversation]:
    """A conversation for each group, led by whoever is its first."""
    made = Conversation.objects.bulk_create(
        Conversation(kind=Conversation.Kind.MANY, title="Circle") for _ in groups
    )
    Membership.objects.bulk_create(
        Membership(conversation=one, clinician=member.clinician, role=role)
        for one, group in zip(made, groups, strict=True)
        for member, role in zip(group, chain([OWNER], repeat(MEMBER)), strict=False)
    )
    return made


Rooms = Mapping[str, Sequence[Member]]


def rooms_of(groups: Sequence[Sequence[Member]]) -> Rooms:
    names = [str(one.public_id) for one in gather(groups)]
    return dict(zip(names, groups, strict=True))


def circles(members: Sequence[Member], size: int) -> list[Sequence[Member]]:
    return [members[at : at + size] for at in range(0, len(members), size)]


def specs(port: int, rooms: Rooms, *, times: int = 1) -> list[Spec]:
    """A socket for each member of each room, as her browser opens it."""
    return [
        spec(port, room, member)
        for _ in range(times)
        for room, group in rooms.items()
        for member in group
    ]


def spec(port: int, room: str, member: Member, *, small: bool = False) -> Spec:
    cookie = f"{settings.SESSION_COOKIE_NAME}={member.session}"
    headers = [
        f"Origin: https://localhost:{port}",
        "X-Forwarded-Proto: https",
        f"Sec-WebSocket-Protocol: {SUBPROTOCOL}",
        f"Cookie: {cookie}",
    ]
    return Spec(
        port,
        room,
        handshake(port, "/live/", headers),
        subscribe=f'{{"type":"subscribe","conversation":"{room}"}}',
        ready=SYNCED,
        small_buffer=small,
    )
