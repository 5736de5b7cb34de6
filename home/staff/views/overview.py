from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.staff.places import OVERVIEW, places
from network.accounts.staff import staff_only
from network.activity.requests import UserRequest


@staff_only
@require_safe
def overview(request: UserRequest) -> HttpResponse:
    """What waits, each with the page where it is done."""
    rooms = [place for place in places(request.user) if place is not OVERVIEW]
    me = request.user
    counted = [(place, place.count(me) if place.count else None) for place in rooms]
    return render(request, "staff/overview.html", {"counted": counted})
