"""What is added to the log: a message, or something that speaks of one.

All of it is kept by `messaging.sending`, in the same log as what the socket brings.
"""

from uuid import UUID, uuid4

from django.http import Http404, HttpResponse

from messaging.api.caller import Place, place_of, seq_of
from messaging.api.outcomes import answer_of, telling
from messaging.api.refusals import WRITES
from messaging.api.router import router
from messaging.api.schema import KeptAnswer, NewBody, NewMessage, TellingProblems
from messaging.log import Submission
from messaging.models import Kind
from messaging.reactions import Reaction
from messaging.sending import send
from network.clinicians.api import ApiRequest

KEPT = {200: KeptAnswer, **WRITES}
WORDED = {**KEPT, 422: TellingProblems}
MESSAGE = "/{pk}/messages/{seq}"


@router.post("/{pk}/messages", response={201: KeptAnswer, **WORDED})
def new_message(request: ApiRequest, pk: str, new: NewMessage) -> HttpResponse:
    """Sends. What was sent before under the same `client_id` is answered as it was."""
    place = place_of(request, pk)
    asked = submission_of(place, new)
    outcome = send(asked, new.body, reason=new.guard_reason or "")
    if problem := telling(place.member, new.body, outcome):
        return problem
    return answer_of(asked, outcome, fresh=201)


def submission_of(place: Place, new: NewMessage) -> Submission:
    """What a program wants to send there, now or later."""
    return Submission(
        conversation=place.conversation.public_id,
        person=place.user.public_id,
        kind=Kind.MESSAGE,
        client_id=new.client_id,
        reply_to=new.reply_to,
        topic=new.topic,
        mentions=new.mentions,
        expires_in=new.expires_in,
        files=tuple(dict.fromkeys(new.files)),
        confirm_in=new.confirm_in,
    )


@router.patch(MESSAGE, response=WORDED)
def edit(request: ApiRequest, pk: str, seq: str, new: NewBody) -> HttpResponse:
    """Gives a message of one's own other words."""
    place = place_of(request, pk)
    asked = _about(place, seq, Kind.EDIT, client_id=new.client_id)
    outcome = send(asked, new.body, reason=new.guard_reason or "")
    return telling(place.member, new.body, outcome) or answer_of(asked, outcome)


@router.delete(MESSAGE, response=KEPT)
def recall(request: ApiRequest, pk: str, seq: str) -> HttpResponse:
    """Erases the words of a message of one's own, for everybody."""
    return _say(place_of(request, pk), seq, Kind.RECALL)


@router.put(MESSAGE + "/reactions/{reaction}", response=KEPT)
def react(request: ApiRequest, pk: str, seq: str, reaction: str) -> HttpResponse:
    """One of the six."""
    place = place_of(request, pk)
    return _say(place, seq, Kind.REACTION, "+" + _known(reaction))


@router.delete(MESSAGE + "/reactions/{reaction}", response=KEPT)
def take_back(request: ApiRequest, pk: str, seq: str, reaction: str) -> HttpResponse:
    """A reaction of one's own."""
    place = place_of(request, pk)
    return _say(place, seq, Kind.REACTION, "-" + _known(reaction))


@router.put(MESSAGE + "/pin", response=KEPT)
def pin(request: ApiRequest, pk: str, seq: str) -> HttpResponse:
    """For everybody."""
    return _say(place_of(request, pk), seq, Kind.PIN)


@router.delete(MESSAGE + "/pin", response=KEPT)
def unpin(request: ApiRequest, pk: str, seq: str) -> HttpResponse:
    """For everybody."""
    return _say(place_of(request, pk), seq, Kind.UNPIN)


@router.put(MESSAGE + "/confirmation", response=KEPT)
def confirm(request: ApiRequest, pk: str, seq: str) -> HttpResponse:
    """Read, and seen to: where its sender asks for that."""
    return _say(place_of(request, pk), seq, Kind.CONFIRM)


def _say(place: Place, seq: str, kind: str, detail: str = "") -> HttpResponse:
    asked = _about(place, seq, kind, detail=detail)
    return answer_of(asked, send(asked))


def _about(
    place: Place,
    seq: str,
    kind: str,
    *,
    client_id: UUID | None = None,
    detail: str = "",
) -> Submission:
    return Submission(
        conversation=place.conversation.public_id,
        person=place.user.public_id,
        kind=kind,
        client_id=client_id or uuid4(),
        target=seq_of(seq),
        detail=detail,
    )


def _known(reaction: str) -> str:
    if reaction not in Reaction.values:
        raise Http404
    return reaction
