from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from home.actions.exports import ask_for_export, fetch_export
from home.models import Export
from home.requests import PersonRequest
from network.accounts.fresh import fresh_sign_in_required


@require_GET
def data(request: PersonRequest) -> HttpResponse:
    """The newest export, how far it is, and whether it can be fetched."""
    mine = Export.objects.visible_to(request.user)
    newest = mine.order_by("-asked_at").first()
    page = {"export": newest, "can_fetch": mine.fetchable().exists()}
    template = "home/export/_export.html" if request.htmx else "home/export/data.html"
    return render(request, template, page)


@require_POST
@fresh_sign_in_required
def asking(request: PersonRequest) -> HttpResponse:
    ask_for_export(request.user)
    return redirect("home:data")


@require_POST
@fresh_sign_in_required
def fetching(request: PersonRequest, pk: str) -> HttpResponse:
    """A form's answer, not a link: reading an address fetches nothing."""
    mine = Export.objects.visible_to(request.user)
    export = get_object_or_404(mine, public_id=pk)
    if (file := fetch_export(export, by=request.user)) is None:
        raise Http404
    answer = HttpResponse(file, content_type="application/zip")
    name = f"consilium-{timezone.localdate():%Y-%m-%d}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
