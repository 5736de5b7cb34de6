"""The accounting of disclosures as a file; its name says nothing of anybody."""

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from network.clients import accounting, page
from network.clients.models import Client, Consent
from network.clients.views.gate import for_members
from network.clinicians import pdf
from network.clinicians.requests import ClinicianRequest

NAME = 'attachment; filename="what-was-shared.{}"'


@for_members
@require_safe
def shared(request: ClinicianRequest, public_id: UUID, form: str) -> HttpResponse:
    hers = Client.objects.accounted_by(request.clinician)
    return file_of(get_object_or_404(hers, public_id=public_id), form)


def file_of(client: Client, form: str) -> HttpResponse:
    consents, lines = _consents(client), page.disclosures(client, None)
    if form == "json":
        answer: HttpResponse = JsonResponse(accounting.as_data(client, consents, lines))
    elif form == "pdf" and pdf.is_possible():
        made = accounting.as_pdf(client, consents, lines)
        answer = HttpResponse(made, content_type="application/pdf")
    else:
        raise Http404("no such file, or a machine that makes no PDF")
    answer["Content-Disposition"] = NAME.format(form)
    return answer


def _consents(client: Client) -> list[Consent]:
    rows = list(client.consents.select_related("giver").newest_first())
    for row in rows:
        row.client = client
    return rows
