"""What became of a submission, in the words of HTTP."""

from dataclasses import asdict
from uuid import UUID

from django.http import HttpResponse, JsonResponse

from messaging.guarding import REFUSALS as GUARDED
from messaging.guarding import findings
from messaging.log import Entry, Kept, Outcome, Refusal, Refused, Submission
from network.clinicians.api import problems
from network.clinicians.matching.faults import Fault
from network.clinicians.models import Clinician

# A status, and the fault: where, and in words.
REFUSALS = {
    Refusal.NOT_FOUND: (404, "", "There is no such thing here."),
    Refusal.CLOSED: (409, "", "Nothing can be added to this conversation."),
    Refusal.NO_SUCH_MESSAGE: (404, "", "There is no such message here."),
    Refusal.NOT_YOURS: (403, "", "This message is somebody else's."),
    Refusal.GONE: (409, "", "This message was recalled or has expired."),
    Refusal.UNKNOWN_TOPIC: (422, "/topic", "This is no topic of this conversation."),
    Refusal.NEEDS_REASON: (422, "/guard_reason", "This could tell who somebody is."),
    Refusal.IDENTIFIES_SOMEBODY: (422, "/body", "This could tell who somebody is."),
    Refusal.NO_SUCH_FILE: (422, "/files", "A file is not there, or was sent already."),
    Refusal.NOT_ASKED: (409, "", "You are not asked to confirm this message."),
    Refusal.CLIENT_ID_REUSED: (409, "/client_id", "This was used for something else."),
}


NO_REPLY = (422, "/reply_to", "There is no such message in this conversation.")


def answer_of(asked: Submission, outcome: Outcome, *, fresh: int = 200) -> HttpResponse:
    """`fresh`: how something is answered that was not kept before."""
    if isinstance(outcome, Refused):
        status, path, message = _refusal(asked, outcome.code)
        return problems([Fault(path, outcome.code, message)], status)
    return JsonResponse(
        kept(asked.client_id, outcome.entry), status=fresh if outcome.is_new else 200
    )


def telling(author: Clinician, text: str, outcome: Outcome) -> HttpResponse | None:
    """The guard's refusal, with what it found."""
    if isinstance(outcome, Kept) or outcome.code not in GUARDED:
        return None
    status, path, message = REFUSALS[outcome.code]
    fault = asdict(Fault(path, outcome.code, message))
    spans = [one.span._asdict() for one in findings(text, author)]
    return JsonResponse({"errors": [fault], "spans": spans}, status=status)


def _refusal(asked: Submission, code: Refusal) -> tuple[int, str, str]:
    """A message speaks of another only where it answers it."""
    if code == Refusal.NO_SUCH_MESSAGE and asked.target is None:
        return NO_REPLY
    return REFUSALS[code]


def kept(client_id: UUID, entry: Entry) -> dict[str, object]:
    """As the socket's `ack` has it."""
    return {
        "client_id": client_id,
        "conversation": entry.conversation,
        "seq": entry.seq,
    }
