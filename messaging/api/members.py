"""Who is in a conversation, and who comes and goes."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse

from messaging.actions.members import add_member, leave, remove_member
from messaging.api.answers import shown
from messaging.api.caller import Place, colleagues, place_in, place_of, uuid_of
from messaging.api.refusals import WRITES, unknown_people
from messaging.api.router import router
from messaging.api.schema import ConversationAnswer, NewMember
from messaging.limits import MOST_INSIDE, FullError
from messaging.models import Membership
from network.clinicians.api import ApiRequest, problems
from network.clinicians.matching.faults import Fault

MEMBERS = {200: ConversationAnswer, 201: ConversationAnswer}


@router.post("/{pk}/members", response={**MEMBERS, **WRITES})
def add(request: ApiRequest, pk: str, new: NewMember) -> HttpResponse:
    """Somebody comes; she reads what was before only where that is said."""
    place = place_of(request, pk)
    if _inside(place).filter(clinician__public_id=new.clinician).exists():
        return JsonResponse(shown([place.membership], place.member)[0])
    people, lacking = colleagues(place.member, [new.clinician])
    if lacking:
        return unknown_people("/clinician")
    history = new.with_history
    try:
        add_member(place.conversation, people[0], with_history=history, by=place.user)
    except FullError:
        told = f"A conversation has up to {MOST_INSIDE} members."
        return problems([Fault("/clinician", "too_many", told)])
    mine = place_in(place.conversation, place.member)
    return JsonResponse(shown([mine], place.member)[0], status=201)


@router.delete("/{pk}/members/{clinician}", response={204: None, **WRITES})
def remove(request: ApiRequest, pk: str, clinician: str) -> HttpResponse:
    """She is removed; whoever removes herself leaves."""
    place = place_of(request, pk)
    found = _inside(place).filter(clinician__public_id=uuid_of(clinician)).first()
    if found is None:
        raise Http404
    if found.clinician == place.member:
        leave(place.conversation, by=place.user)
    else:
        remove_member(place.conversation, found.clinician, by=place.user)
    return HttpResponse(status=204)


def _inside(place: Place) -> QuerySet[Membership]:
    return place.conversation.memberships.current().select_related("clinician")
