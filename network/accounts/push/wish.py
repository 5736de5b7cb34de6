"""Whether a browser is to be told again: its person wanted that, and signs in anew."""

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from network.accounts.models import User
from network.accounts.push.keys import is_offered

COOKIE, SESSION = "told", "is_told"
YEAR = 365 * 24 * 3600


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """For this device; a subscription itself ends with the session."""
    request.session[SESSION] = True
    response.set_signed_cookie(
        COOKIE,
        str(user.public_id),
        max_age=YEAR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def forget(request: HttpRequest, response: HttpResponse) -> None:
    request.session.pop(SESSION, None)
    response.delete_cookie(COOKIE, samesite="Lax")


def is_wanted_again(request: HttpRequest) -> bool:
    """Asks no database. Somebody else at the same browser has wanted nothing."""
    user = getattr(request, "user", None)
    if not is_offered() or not isinstance(user, User) or SESSION in request.session:
        return False
    try:
        return request.get_signed_cookie(COOKIE) == str(user.public_id)
    except (KeyError, BadSignature):
        return False
