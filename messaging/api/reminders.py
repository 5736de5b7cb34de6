"""What a member wants to hear of again, and when: hers alone."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Router
from pydantic import AfterValidator, AwareDatetime, BaseModel
from pydantic_core import PydanticCustomError

from messaging.actions.reminders import GoneMessageError, drop_reminder, set_reminder
from messaging.api.caller import member_of, place_of, seq_of
from messaging.api.messages import MESSAGE
from messaging.api.outcomes import REFUSALS
from messaging.api.refusals import READS, WRITES
from messaging.api.router import router
from messaging.api.schema import Asked
from messaging.forms.moment import FARTHEST, PAST, TOO_FAR
from messaging.limits import MOST_REMINDERS, FullError
from messaging.log import Refusal
from messaging.models import Message, Reminder
from network.clinicians.api import ApiRequest, problems
from network.clinicians.matching.faults import Fault

reminders_router = Router(tags=["conversations"])


def _to_come(at: datetime) -> datetime:
    now = timezone.now()
    if at <= now:
        raise PydanticCustomError("past", PAST)
    if at > now + FARTHEST:
        raise PydanticCustomError("too_far", TOO_FAR)
    return at.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_to_come)]


class NewReminder(Asked):
    at: Moment


class ReminderAnswer(BaseModel):
    conversation: UUID
    seq: int
    due_at: datetime


class RemindersAnswer(BaseModel):
    reminders: list[ReminderAnswer]


@reminders_router.get("", response={200: RemindersAnswer, **READS})
def reminders(request: ApiRequest) -> HttpResponse:
    """Mine, the soonest first."""
    hers = Reminder.objects.visible_to(member_of(request)).soonest_first()
    return JsonResponse({"reminders": [_shown(one) for one in hers]})


@router.put(MESSAGE + "/reminder", response={200: ReminderAnswer, **WRITES})
def remind(request: ApiRequest, pk: str, seq: str, new: NewReminder) -> HttpResponse:
    """Of one message there is one: set anew, it moves."""
    place = place_of(request, pk)
    try:
        kept = set_reminder(place.conversation, seq_of(seq), new.at, by=place.user)
    except Message.DoesNotExist:
        return _refused(Refusal.NO_SUCH_MESSAGE)
    except GoneMessageError:
        return _refused(Refusal.GONE)
    except FullError:
        told = f"Up to {MOST_REMINDERS} reminders stand at once."
        return problems([Fault("/at", "too_many", told)])
    return JsonResponse(_shown(kept))


@router.delete(MESSAGE + "/reminder", response={204: None, **WRITES})
def forget(request: ApiRequest, pk: str, seq: str) -> HttpResponse:
    """There is none any more."""
    place = place_of(request, pk)
    drop_reminder(place.conversation, seq_of(seq), by=place.user)
    return HttpResponse(status=204)


def _refused(code: Refusal) -> HttpResponse:
    status, path, message = REFUSALS[code]
    return problems([Fault(path, code, message)], status)


def _shown(one: Reminder) -> dict[str, object]:
    conversation = one.membership.conversation.public_id
    return {"conversation": conversation, "seq": one.seq, "due_at": one.due_at}
