"""What in a text could tell who somebody is, for whoever is about to send it."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Router
from ninja.errors import HttpError

from messaging.api.refusals import READS
from messaging.api.schema import SpacedGuardAnswer, SpacedWords
from messaging.guarding import findings
from messaging.models import Conversation
from network.clinicians.api import ApiRequest, clinician_of
from network.clinicians.api_schema import Problems
from network.clinicians.models import Clinician

router = Router(tags=["search"])
ANSWERS = {200: SpacedGuardAnswer, 400: Problems, **READS}


@router.post("/guard", response=ANSWERS, exclude_none=True)
def guarded(request: ApiRequest, written: SpacedWords) -> HttpResponse:
    """What in a text could tell who somebody is. The text is not kept."""
    author = clinician_of(request)
    if author is None or not author.is_verified:
        raise HttpError(403, "Only verified members can ask the guard.")
    space = _space(author, written)
    found = [one.span._asdict() for one in findings(written.text, author)]
    return JsonResponse({"spans": found, **space})


def _space(author: Clinician, written: SpacedWords) -> dict[str, Any]:
    """How one of her conversations takes it; a 404 where it is not hers."""
    if written.space is None:
        return {}
    mine = Conversation.objects.visible_to(author)
    conversation = get_object_or_404(mine, public_id=written.space)
    return {"space": {"level": conversation.guarding}}
