"""What a client's browser holds once her link was opened: a signed cookie of one path.

It says which link, and since when its code is known there: for half an hour without
a visit, then the code is asked for again. Whether the link still holds is asked of
the database each time.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from network.clients.models import AccessLink
from network.clients.models.link import VALID_FOR
from network.clinicians.requests import is_uuid

COOKIE = "client-link" if settings.DEBUG else "__Secure-client-link"
SALT = "network.clients.doorstep"
PATH = "/client/"
UNLOCKED_FOR = timedelta(minutes=30)


@dataclass(frozen=True)
class Visit:
    link: AccessLink
    is_unlocked: bool


def visit_of(request: HttpRequest) -> Visit | None:
    try:
        said = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=VALID_FOR
        )
        link_id, unlocked_at = str(said["link"]), int(said["unlocked_at"])
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None
    if not is_uuid(link_id):
        return None
    valid = AccessLink.objects.valid(timezone.now())
    link = valid.filter(public_id=UUID(link_id)).first()
    age = timezone.now().timestamp() - unlocked_at
    return Visit(link, age < UNLOCKED_FOR.total_seconds()) if link else None


def let_in(answer: HttpResponse, link: AccessLink, *, is_unlocked: bool) -> None:
    """With each visit anew, so that the half hour counts from the last one."""
    now = int(timezone.now().timestamp()) if is_unlocked else 0
    said = {"link": str(link.public_id), "unlocked_at": now}
    answer.set_cookie(
        COOKIE,
        signing.dumps(said, salt=SALT),
        max_age=VALID_FOR,
        path=PATH,
        secure=not settings.DEBUG,
        httponly=True,
        samesite="Lax",
    )


def let_go(answer: HttpResponse) -> None:
    answer.delete_cookie(COOKIE, path=PATH, samesite="Lax")
