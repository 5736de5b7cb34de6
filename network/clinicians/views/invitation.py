"""What somebody opens who has the link from an invitation's mail."""

from allauth.account.internal import flows
from allauth.account.models import Login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from network.accounts.models import User
from network.clinicians.actions.invitations import accept_invitation, is_here
from network.clinicians.forms.invitation import JoiningForm
from network.clinicians.invitation_token import invited


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing; the password makes the account."""
    if request.user.is_authenticated:
        return redirect("home:today")
    found = invited(token)
    if found is None or is_here(found.email):
        return _over(request)
    form = JoiningForm(request.POST or None, email=found.email)
    if not form.is_valid():
        page = {"form": form, "email": found.email, "until": found.expires_at}
        response = render(request, "clinicians/invitation/invitation.html", page)
        add_never_cache_headers(response)
        return response
    user = accept_invitation(found, form.cleaned_data["password"])
    return _enter(request, user) if user else _over(request)


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    """As by a password that she has just given."""
    login = Login(user=user, email=user.email)
    said = {"email": user.email}
    entered: HttpResponse = flows.login.perform_password_login(request, said, login)
    return entered


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "clinicians/invitation/over.html", status=404)
