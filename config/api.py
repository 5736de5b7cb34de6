"""The API as a whole: who may come in, what a fault looks like, what it describes."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer
from ninja.utils import check_csrf

from config.outage import AWAY, is_away, unavailable
from messaging.api import guard_router, reminders_router
from messaging.api import router as conversations
from messaging.api import search_router as messages
from network.accounts.models import Scope, User
from network.accounts.pace import TooFastError
from network.accounts.tokens import valid_token
from network.clients.api import router as clients
from network.clinicians.api import problems, router
from network.clinicians.matching.faults import Fault, faults_in
from referrals.api import offer_router as offers
from referrals.api import referral_router as referrals

CODES = {
    400: "unreadable",
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    405: "no_such_method",
    429: "too_fast",
}


NO_METHOD = "This address does not take this method: see Allow."
# To search is to read, though what is searched for travels in a body.
READING = frozenset(
    {
        "/api/v1/matches",
        "/api/v1/needs/parse",
        "/api/v1/guard",
        "/api/v1/messages/search",
    }
)


def scope_of(request: HttpRequest) -> Scope:
    reads = request.method in {"GET", "HEAD"} or request.path in READING
    return Scope.READ if reads else Scope.WRITE


class TokenOrSession(HttpBearer):
    """A token speaks for itself; a session has to prove that the page was ours."""

    def __call__(self, request: HttpRequest) -> User | None:
        if "Authorization" in request.headers:
            user: User | None = super().__call__(request)
            return user
        if not isinstance(request.user, User):
            return None
        if check_csrf(request):
            raise HttpError(403, "The CSRF token is missing or wrong.")
        return request.user

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        known = valid_token(token)
        if known and not known.allows(scope_of(request)):
            raise HttpError(403, "This token may only search and read.")
        return known.user if known else None


signed_in = TokenOrSession()


def _only_signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The description is no secret, but it is nobody's who is not signed in."""

    @wraps(view, assigned=())
    def guarded(request: HttpRequest, **path: Any) -> HttpResponse:
        try:
            known = signed_in(request)
        except HttpError as error:
            return _told(request, error)
        return view(request, **path) if known else _unknown(request, None)

    return guarded


api = NinjaAPI(
    title="Consilium",
    version="1",
    description="What its pages do, for programs. See docs/api.md.",
    docs_url=None,
    docs_decorator=_only_signed_in,
    urls_namespace="api",
    auth=signed_in,
)
api.add_router("", router)
api.add_router("", guard_router)
api.add_router("/clients", clients)
api.add_router("/conversations", conversations)
api.add_router("/messages", messages)
api.add_router("/reminders", reminders_router)
api.add_router("/referrals", referrals)
api.add_router("/offers", offers)


def _told(request: HttpRequest, error: Any) -> HttpResponse:
    code = CODES.get(error.status_code, "refused")
    return problems([Fault("", code, str(error))], error.status_code)


def _too_fast(request: HttpRequest, error: Any) -> HttpResponse:
    answer = problems([Fault("", CODES[429], "Slower, please.")], 429)
    answer["Retry-After"] = str(error.wait)
    return answer


def _not_allowed(request: HttpRequest, error: Any) -> HttpResponse:
    return problems([Fault("", CODES[403], "You may not do this here.")], 403)


def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    told = Fault("", CODES[401], "Please sign in, or send a valid token.")
    return problems([told], 401)


def _absent(request: HttpRequest, error: Any) -> HttpResponse:
    return problems([Fault("", CODES[404], "There is no such thing here.")], 404)


def _too_large(request: HttpRequest, error: Any) -> HttpResponse:
    return problems([Fault("", CODES[400], "This is too much at once.")], 400)


def _away(request: HttpRequest, error: Any) -> HttpResponse:
    """Either database; said here, for in DEBUG the framework has words of its own."""
    if not is_away(error):
        raise error
    return unavailable(request)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """Locations begin with where it stood; of a body follows the argument's name."""
    errors = ({**one, "loc": _within(one["loc"])} for one in error.errors)
    return problems(faults_in(errors))


def _within(location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return location[2:] if location[0] == "body" else location[1:]


api.add_exception_handler(HttpError, _told)
api.add_exception_handler(TooFastError, _too_fast)
api.add_exception_handler(PermissionDenied, _not_allowed)
api.add_exception_handler(AuthenticationError, _unknown)
api.add_exception_handler(Http404, _absent)
api.add_exception_handler(RequestDataTooBig, _too_large)
api.add_exception_handler(ValidationError, _invalid)
for away in AWAY:
    api.add_exception_handler(away, _away)


def _in_words(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The framework refuses a method by a line of text; here faults are JSON."""

    @wraps(view)
    def told(request: HttpRequest, **path: Any) -> HttpResponse:
        answer = view(request, **path)
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return answer
        refused = problems([Fault("", CODES[405], NO_METHOD)], answer.status_code)
        refused["Allow"] = answer["Allow"]
        return refused

    return told


def _open(pattern: Any) -> URLPattern:
    """The API turns strangers away by itself, with a 401 and not to a form."""
    pattern.callback = login_not_required(_in_words(pattern.callback))
    opened: URLPattern = pattern
    return opened


@csrf_exempt
@login_not_required
def _nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """Of any method, to anybody: which addresses there are is no secret."""
    return _absent(request, None)


app_name = "api"
urlpatterns = [
    *(_open(pattern) for pattern in api.urls[0]),
    path("<path:rest>", _nothing_here, name="nothing"),
]
