"""What her devices are told of."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from home.forms import PushForm
from home.requests import PersonRequest
from network.accounts.push.keys import is_offered
from network.activity.preferences.actions import choose_push


@require_POST
def told(request: PersonRequest) -> HttpResponse:
    form = PushForm(request.POST)
    if not is_offered():
        raise Http404
    if form.is_valid():
        choose_push(request.user, form.wanted)
        messages.success(request, "Kept. Your devices are told of these.")
    else:
        messages.error(request, "Choose among the kinds of the list.")
    return redirect("home:notifications")
