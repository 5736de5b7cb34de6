"""What a member keeps of a conversation for herself: how far she read, and peace."""

from django.http import HttpResponse

from messaging.actions.muting import mute, unmute
from messaging.api.caller import place_of
from messaging.api.refusals import WRITES
from messaging.api.router import router
from messaging.api.schema import Mute, Position
from messaging.sending import read_up_to
from network.clinicians.api import ApiRequest


@router.put("/{pk}/position", response={204: None, **WRITES})
def position(request: ApiRequest, pk: str, new: Position) -> HttpResponse:
    """Read up to here; it never goes back."""
    place = place_of(request, pk)
    read_up_to(place.conversation, new.seq, by=place.user)
    return HttpResponse(status=204)


@router.put("/{pk}/mute", response={204: None, **WRITES})
def quiet(request: ApiRequest, pk: str, new: Mute) -> HttpResponse:
    """No notices for an hour, a day, or for good."""
    place = place_of(request, pk)
    mute(place.conversation, new.span, by=place.user)
    return HttpResponse(status=204)


@router.delete("/{pk}/mute", response={204: None, **WRITES})
def loud(request: ApiRequest, pk: str) -> HttpResponse:
    """Notices again."""
    place = place_of(request, pk)
    unmute(place.conversation, by=place.user)
    return HttpResponse(status=204)
