from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from home.actions.closing import close_account, reopen_account
from home.forms import ClosingForm
from home.requests import PersonRequest
from network.accounts.actions.staffing import LastAdministratorError
from network.accounts.fresh import fresh_sign_in_required

LAST = (
    "You are the last administrator: nobody would be left to appoint anybody. Make "
    "somebody else one first."
)


@require_http_methods(["GET", "POST"])
@fresh_sign_in_required
def closing(request: PersonRequest) -> HttpResponse:
    """What goes and what stays, before; the way back, within the week after."""
    if request.user.is_closing:
        return render(request, "home/closing/closed.html")
    form = ClosingForm(request.POST or None)
    if not form.is_valid() or not _is_closed(request, form):
        return render(request, "home/closing/close.html", {"form": form})
    logout(request)
    messages.success(
        request,
        "The account is closed, and every device is signed out. Within seven days "
        "you can sign in and undo it.",
    )
    return redirect("home:today")


def _is_closed(request: PersonRequest, form: ClosingForm) -> bool:
    try:
        close_account(request.user)
    except LastAdministratorError:
        form.add_error(None, LAST)
        return False
    return True


@require_POST
def reopening(request: PersonRequest) -> HttpResponse:
    if reopen_account(request.user):
        messages.success(request, "The account is open again, as it was before.")
    return redirect("home:today")
