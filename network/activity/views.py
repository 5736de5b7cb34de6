from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from network.activity import actions
from network.activity.models import Notification
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
    mine = Notification.objects.visible_to(request.user)
    actions.mark_read(get_object_or_404(mine, public_id=pk))
    return redirect("activity:notifications")


@require_POST
def reading_all(request: UserRequest) -> HttpResponse:
    actions.mark_all_read(by=request.user)
    return redirect("activity:notifications")
