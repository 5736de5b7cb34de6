from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from network.activity import actions
from network.activity.addresses import address_of
from network.activity.models import Notification
from network.activity.preferences.actions import follow_wish
from network.activity.preferences.clock import preferences_of
from network.activity.preferences.wish import read_wish
from network.activity.requests import UserRequest

PAGE = 30


@require_GET
def notifications(request: UserRequest) -> HttpResponse:
    mine = Notification.objects.visible_to(request.user)
    pages = Paginator(mine.newest_first(), PAGE)
    page = {
        "page": pages.get_page(request.GET.get("page")),
        "unread": mine.unread().count(),
    }
    return render(request, "activity/notifications.html", page)


@require_GET
def bell(request: UserRequest) -> HttpResponse:
    """A piece of every page, which asks for it anew when there is news."""
    return render(request, "activity/_bell.html")


@require_POST
def reading(request: UserRequest, pk: str) -> HttpResponse:
    """And opens what it is about, where there is something."""
    mine = Notification.objects.visible_to(request.user).select_related("event")
    notification = get_object_or_404(mine, public_id=pk)
    actions.mark_read(notification)
    onward = address_of(notification.event) if "open" in request.POST else ""
    return redirect(onward or "activity:notifications")


@require_POST
def reading_all(request: UserRequest) -> HttpResponse:
    actions.mark_all_read(by=request.user)
    return redirect("activity:notifications")


@login_not_required
@csrf_exempt  # A mailbox posts here by itself; the signed link is what entitles it.
@require_http_methods(["GET", "POST"])
def mails(request: HttpRequest, token: str) -> HttpResponse:
    """Ends mail of one kind by one press, or takes that back; looking ends nothing."""
    if (wish := read_wish(token)) is None:
        raise Http404
    person = get_object_or_404(get_user_model(), public_id=wish.person, is_active=True)
    before = wish.undone(preferences_of(person))
    if request.method == "POST":
        follow_wish(person, wish.cadences)
    done = request.method == "POST"
    page = {"wish": wish, "undo": before, "done": done, "token": token}
    return render(request, "activity/mails.html", page)
