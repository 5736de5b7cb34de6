"""The second factor: allauth's own views, watched by our actions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from network.accounts.actions.addresses import change_addresses
from network.accounts.actions.factors import change_factors, note_shown_again
from network.accounts.actions.sessions import renew_session
from network.accounts.models import User
from network.accounts.second_factor import has_factor, is_past_the_gate, ways_in
from network.activity.requests import UserRequest

View = Callable[..., HttpResponse]


@require_safe
def second_factor(request: UserRequest) -> HttpResponse:
    """Why the rest of the site is shut, and the way on."""
    if is_past_the_gate(request.session, request.user):
        return redirect(settings.LOGIN_REDIRECT_URL)
    page = {"has_factor": has_factor(request.user)}
    return render(request, "account/second_factor.html", page)


def changing_factors(view: View) -> View:
    @wraps(view)
    def watched(request: UserRequest, **at: Any) -> HttpResponse:
        if request.method != "POST" or not isinstance(request.user, User):
            return view(request, **at)
        return change_factors(request, lambda: view(request, **at))

    return watched


def changing_addresses(view: View) -> View:
    @wraps(view)
    def watched(request: UserRequest, **at: Any) -> HttpResponse:
        if request.method != "POST" or not isinstance(request.user, User):
            return view(request, **at)
        return change_addresses(request.user, lambda: view(request, **at))

    return watched


def renewing(view: View) -> View:
    """Whoever shows again that it is she gets a new session id with it."""

    @wraps(view)
    def watched(request: UserRequest, **at: Any) -> HttpResponse:
        before = len(ways_in(request.session, request.user))
        answer = view(request, **at)
        if len(ways_in(request.session, request.user)) > before:
            note_shown_again(request.user)
            renew_session(request)
        return answer

    return watched


activate_app = changing_factors(login_required(app.activate_totp))
deactivate_app = changing_factors(app.deactivate_totp)
add_passkey = changing_factors(passkeys.add_webauthn)
remove_passkey = changing_factors(passkeys.remove_webauthn)
make_codes = changing_factors(codes.generate_recovery_codes)
reauthenticate = renewing(account.reauthenticate)
code_again = renewing(mfa.reauthenticate)
passkey_again = renewing(passkeys.reauthenticate_webauthn)
addresses = changing_addresses(account.email)
