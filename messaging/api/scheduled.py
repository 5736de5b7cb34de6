"""Messages that are sent later: until then each is its writer's alone."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from pydantic import AfterValidator, BaseModel
from pydantic_core import PydanticCustomError

from messaging.actions.due import send_now
from messaging.actions.rescheduling import reschedule_message
from messaging.actions.scheduling import drop_scheduled, schedule_message
from messaging.api.caller import Place, place_of, uuid_of
from messaging.api.messages import submission_of
from messaging.api.outcomes import NO_REPLY, REFUSALS, kept, telling
from messaging.api.refusals import READS, WRITES
from messaging.api.reminders import Moment
from messaging.api.router import router
from messaging.api.schema import Asked, KeptAnswer, NewMessage, TellingProblems
from messaging.forms.message import FILES_AT_ONCE
from messaging.limits import MOST_SCHEDULED, FullError
from messaging.log import Refusal, Refused
from messaging.models import ScheduledMessage
from messaging.scheduled import Waiting, opened, scheduled_by
from network.clinicians.api import ApiRequest, problems
from network.clinicians.matching.faults import Fault

SCHEDULED = "/{pk}/scheduled"
ONE = SCHEDULED + "/{client_id}"


def _none(files: tuple[UUID, ...]) -> tuple[UUID, ...]:
    if files:
        raise PydanticCustomError("files_at_once", FILES_AT_ONCE)
    return files


class NewScheduled(NewMessage):
    files: Annotated[tuple[UUID, ...], AfterValidator(_none)] = ()
    at: Moment


class NewHour(Asked):
    at: Moment


class ScheduledAnswer(BaseModel):
    """`refused` is why it could not be sent; `body` is gone when its key is."""

    conversation: UUID
    client_id: UUID
    due_at: datetime
    body: str | None
    reply_to: int | None
    topic: UUID | None
    mentions: list[UUID]
    expires_in: int | None
    confirm_in: int | None
    refused: Refusal | Literal[""]


class ScheduledAnswers(BaseModel):
    scheduled: list[ScheduledAnswer]


@router.get(SCHEDULED, response={200: ScheduledAnswers, **READS})
def scheduled(request: ApiRequest, pk: str) -> HttpResponse:
    """Mine that wait here, the soonest first."""
    place = place_of(request, pk)
    found = scheduled_by(place.member, place.conversation)
    return JsonResponse({"scheduled": [_shown(one) for one in found]})


@router.post(SCHEDULED, response={201: ScheduledAnswer, **WRITES, 422: TellingProblems})
def schedule(request: ApiRequest, pk: str, new: NewScheduled) -> HttpResponse:
    """Keeps it until then; said again under the same `client_id`, it is the same."""
    place = place_of(request, pk)
    asked = submission_of(place, new)
    reason = new.guard_reason or ""
    try:
        made = schedule_message(
            asked, new.body, at=new.at, reason=reason, by=place.user
        )
    except FullError:
        told = f"Up to {MOST_SCHEDULED} messages wait at once."
        return problems([Fault("/at", "too_many", told)])
    if isinstance(made, Refused):
        return telling(place.member, new.body, made) or _refused(made.code)
    [one] = opened([made])
    return JsonResponse(_shown(one), status=201)


@router.patch(ONE, response={200: ScheduledAnswer, **WRITES, 422: TellingProblems})
def reschedule(
    request: ApiRequest, pk: str, client_id: str, new: NewHour
) -> HttpResponse:
    """Another moment for it, where it could be sent now; refused, it waits anew."""
    place = place_of(request, pk)
    row = _find(place, client_id)
    [waiting] = opened([row])
    try:
        moved = reschedule_message(row, new.at, by=place.user)
    except ScheduledMessage.DoesNotExist:
        raise Http404 from None
    if isinstance(moved, Refused):
        told = telling(place.member, waiting.text or "", moved)
        return told or _refused(moved.code)
    return JsonResponse(_shown(Waiting(moved, waiting.text)))


@router.delete(ONE, response={204: None, **WRITES})
def drop(request: ApiRequest, pk: str, client_id: str) -> HttpResponse:
    """It is not sent, and its words are gone."""
    place = place_of(request, pk)
    try:
        drop_scheduled(_find(place, client_id), by=place.user)
    except ScheduledMessage.DoesNotExist:
        raise Http404 from None
    return HttpResponse(status=204)


@router.post(
    ONE + "/sending", response={200: KeptAnswer, **WRITES, 422: TellingProblems}
)
def sending(request: ApiRequest, pk: str, client_id: str) -> HttpResponse:
    """Sends it now, whatever its time."""
    place = place_of(request, pk)
    row = _find(place, client_id)
    [waiting] = opened([row])
    try:
        outcome = send_now(row, by=place.user)
    except ScheduledMessage.DoesNotExist:
        raise Http404 from None
    if isinstance(outcome, Refused):
        told = telling(place.member, waiting.text or "", outcome)
        return told or _refused(outcome.code)
    return JsonResponse(kept(row.client_id, outcome.entry))


def _find(place: Place, client_id: str) -> ScheduledMessage:
    hers = ScheduledMessage.objects.visible_to(place.member)
    here = hers.filter(membership__conversation=place.conversation)
    found = here.filter(client_id=uuid_of(client_id)).first()
    if found is None:
        raise Http404
    return found


def _refused(code: Refusal) -> HttpResponse:
    """What is no message here is one that it answers."""
    answered = code == Refusal.NO_SUCH_MESSAGE
    status, path, message = NO_REPLY if answered else REFUSALS[code]
    return problems([Fault(path, code, message)], status)


def _shown(waiting: Waiting) -> dict[str, object]:
    row = waiting.row
    return {
        "conversation": row.membership.conversation.public_id,
        "client_id": row.client_id,
        "due_at": row.due_at,
        "body": waiting.text,
        "reply_to": row.reply_to,
        "topic": row.topic and row.topic.public_id,
        "mentions": row.mentions,
        "expires_in": row.expires_in,
        "confirm_in": row.confirm_in,
        "refused": row.refused,
    }
