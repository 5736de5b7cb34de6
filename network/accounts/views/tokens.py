from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from network.accounts.actions.tokens import make_token, revoke_token
from network.accounts.forms import TokenForm
from network.accounts.fresh import fresh_sign_in_required
from network.accounts.models import ApiToken
from network.activity.requests import UserRequest


@require_http_methods(["GET", "POST"])
@fresh_sign_in_required
def tokens(request: UserRequest) -> HttpResponse:
    """The list; after a POST with the new token, shown this once."""
    form, made = TokenForm(request.POST or None), ""
    if form.is_valid():
        made = make_token(request.user, **form.cleaned_data)
        form = TokenForm()
    kept = ApiToken.objects.visible_to(request.user).newest_first()
    page = {"kept": kept, "form": form, "made": made}
    return render(request, "account/tokens.html", page)


@require_POST
def revocation(request: UserRequest, pk: str) -> HttpResponse:
    mine = ApiToken.objects.visible_to(request.user)
    revoke_token(get_object_or_404(mine, public_id=pk), by=request.user)
    messages.success(request, "The token is revoked. It opens nothing any more.")
    return redirect("accounts:tokens")
