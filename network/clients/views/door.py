"""The way in: a link, a tap, a code."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from network.accounts.models import digest
from network.clients.actions.links import open_link, unlock
from network.clients.doorstep import let_go, let_in, visit_of
from network.clients.forms.code import CodeForm
from network.clients.models import AccessLink
from network.clients.views.visits import may_try, over, shown, too_often

OURS = {"same-origin", "none"}


@login_not_required
# The browser hides where a page without a referrer posts from, so Django's check
# could never pass. The token in the path is what entitles, no cookie; that the tap
# was made on our page, the browser says itself.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing: mailboxes and chats open links by themselves."""
    if not may_try(request):
        return too_often(request)
    if request.method == "POST":
        return _opened(request, token)
    valid = AccessLink.objects.valid(timezone.now())
    link = valid.filter(digest=digest(token)).first()
    if link is None:
        return over(request)
    answer = shown(request, "arrival", link)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    if not may_try(request):
        return too_often(request)
    if (visit := visit_of(request)) is None:
        return over(request)
    if visit.is_unlocked:
        return redirect("client_link:start")
    return _asked(request, visit.link)


@login_not_required
@require_POST
def leaving(request: HttpRequest) -> HttpResponse:
    """On a device that others use too."""
    answer = shown(request, "left", None)
    let_go(answer)
    answer["Clear-Site-Data"] = '"cache"'
    return answer


def _opened(request: HttpRequest, token: str) -> HttpResponse:
    if request.headers.get("Sec-Fetch-Site", "none") not in OURS:
        raise PermissionDenied("a tap on somebody else's page")
    if (link := open_link(token)) is None:
        return over(request)
    answer = redirect("client_link:code")
    let_in(answer, link, is_unlocked=False)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _asked(request: HttpRequest, link: AccessLink) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        return shown(request, "code", link, form=form)
    if unlock(link, form.cleaned_data["code"]):
        answer = redirect("client_link:start")
        let_in(answer, link, is_unlocked=True)
        return answer
    link.refresh_from_db()
    if not link.tries_left:
        return over(request)
    form.add_error("code", form.wrong(link.tries_left))
    return shown(request, "code", link, form=form)
