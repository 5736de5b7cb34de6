"""A step that came by HTTP is taken, or it is told why it was not."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from pydantic import ValidationError

from network.clinicians.actions.conflicts import TooManyNamesError
from network.clinicians.api import problems
from network.clinicians.forms.conflicts import TOO_MANY
from network.clinicians.matching.faults import Fault, faults_in
from network.clinicians.models import Clinician
from network.clinicians.requests import is_uuid
from referrals.acting import By
from referrals.actions.guests import TooManyGuestsError
from referrals.actions.passages import TellingWordsError
from referrals.actions.stepping import Click, LostRaceError, ReusedKeyError
from referrals.api.schema import Asked, NewStep
from referrals.api.steps import ON_THE_PAGE, MistakenError, Step, Taken
from referrals.forms.guests import TOO_MANY as TOO_MANY_LINKS
from referrals.models import Offer, Referral
from referrals.permissions import LackingError

NO_KEY = "Send an Idempotency-Key: a UUID, written in the usual way."
UNKNOWN = "This is no step of the table."
ON_PAGE = "Who the client is is handed over on the page, after a fresh sign-in."
NOT_YOURS = "Not yours to do, or not from where it stands: see what is `allowed`."
LOST = "Meanwhile it has changed: look at it again."
REUSED = "This key was sent before, with something else."
TELLING = "This could tell who somebody is: say why it may, or leave it out."


FAULTS: dict[type[Exception], tuple[Fault, int]] = {
    LostRaceError: (Fault("/version", "lost_race", LOST), 409),
    ReusedKeyError: (Fault("", "key_used", REUSED), 409),
    TooManyNamesError: (Fault("/said/names", "too_many_names", TOO_MANY), 429),
    TooManyGuestsError: (Fault("/said", "too_many_links", TOO_MANY_LINKS), 429),
}
NOT_HERS = Fault("", "not_allowed", NOT_YOURS)
REFUSALS: tuple[type[Exception], ...] = (
    PermissionDenied,
    MistakenError,
    TellingWordsError,
    *FAULTS,
)


def key_of(text: str) -> UUID | None:
    return UUID(text) if is_uuid(text.lower()) else None


def take(
    thing: Referral | Offer,
    new: NewStep,
    known: dict[str, Step],
    *,
    key: str,
    member: Clinician,
) -> object:
    """What came of it; a `JsonResponse` says why it was not taken."""
    if (click := key_of(key)) is None:
        return problems([Fault("", "unreadable_key", NO_KEY)])
    if new.step not in known:
        return _unknown(new.step)
    model, does = known[new.step]
    try:
        said = model.model_validate(new.said)
    except ValidationError as refusal:
        return problems(faults_in(within(refusal)))
    taken = Taken(By.member(member), Click(click, new.version))
    try:
        return does(thing, said, taken)
    except REFUSALS as refusal:
        return _refused(refusal, model)


def within(refusal: ValidationError) -> list[dict[str, object]]:
    return [{**one, "loc": ("said", *one["loc"])} for one in refusal.errors()]


def _unknown(step: str) -> JsonResponse:
    if step in ON_THE_PAGE:
        return problems([Fault("/step", "on_the_page", ON_PAGE)], 403)
    return problems([Fault("/step", "unknown_step", UNKNOWN)])


def _refused(refusal: Exception, model: type[Asked]) -> JsonResponse:
    if isinstance(refusal, LackingError):
        told = zip(refusal.guards, refusal.sentences, strict=True)
        return problems([Fault("", guard, f"Not yet: {why}.") for guard, why in told])
    if isinstance(refusal, MistakenError):
        return problems([refusal.fault])
    if isinstance(refusal, TellingWordsError):
        field = "text" if "text" in model.model_fields else "words"
        return problems([Fault(f"/said/{field}", "needs_reason", TELLING)])
    fault, status = FAULTS.get(type(refusal), (NOT_HERS, 403))
    return problems([fault], status)
