"""What a guest's browser holds once her link was opened: a signed cookie of one path,
which says which link. Whether that still holds is asked of the database each time.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from referrals.guests.token import valid_link
from referrals.models import GuestLink
from referrals.models.guest import LASTS

COOKIE = "guest-link" if settings.DEBUG else "__Secure-guest-link"
SALT = "referrals.guests.doorstep"
PATH = "/guest/"


def visit_of(request: HttpRequest) -> GuestLink | None:
    try:
        named = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    return valid_link(str(named))


def let_in(answer: HttpResponse, link: GuestLink) -> None:
    answer.set_cookie(
        COOKIE,
        signing.dumps(str(link.public_id), salt=SALT),
        max_age=LASTS,
        path=PATH,
        secure=not settings.DEBUG,
        httponly=True,
        samesite="Lax",
    )


def let_go(answer: HttpResponse) -> None:
    answer.delete_cookie(COOKIE, path=PATH, samesite="Lax")
