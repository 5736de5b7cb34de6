"""A step that came by HTTP is taken, or it is told why it was not."""

from uuid import UUID

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
from referrals.api.schema import NewStep
from referrals.api.steps import Step, Taken
from referrals.forms.guests import TOO_MANY as TOO_MANY_LINKS
from referrals.models import Offer, Referral
from referrals.permissions import LackingError

NO_KEY = "Send an Idempotency-Key: a UUID, written in the usual way."
UNKNOWN = "This is no step of the table."
LOST = "Meanwhile it has changed: look at it again."
REUSED = "This key was sent before, with something else."
TELLING = "This could tell who somebody is: say why it may, or leave it out."


FAULTS: dict[type[Exception], tuple[Fault, int]] = {
    LostRaceError: (Fault("/version", "lost_race", LOST), 409),
    ReusedKeyError: (Fault("", "key_used", REUSED), 409),
    TellingWordsError: (Fault("/said/text", "needs_reason", TELLING), 422),
    TooManyNamesError: (Fault("/said/names", "too_many_names", TOO_MANY), 429),
    TooManyGuestsError: (Fault("/said/email", "too_many_links", TOO_MANY_LINKS), 429),
}
REFUSALS: tuple[type[Exception], ...] = (LackingError, *FAULTS)


def key_of(text: str) -> UUID | None:
    return UUID(text) if is_uuid(text) else None


def take(
    thing: Referral | Offer,
    new: NewStep,
    known: dict[str, Step],
    *,
    key: str,
    member: Clinician,
) -> JsonResponse | None:
    """Nothing when it was taken."""
    if (click := key_of(key)) is None:
        return problems([Fault("", "unreadable_key", NO_KEY)])
    if new.step not in known:
        return problems([Fault("/step", "unknown_step", UNKNOWN)])
    model, does = known[new.step]
    try:
        said = model.model_validate(new.said)
    except ValidationError as refusal:
        return problems(faults_in(_within(refusal)))
    taken = Taken(By.member(member), Click(click, new.version))
    try:
        does(thing, said, taken)
    except REFUSALS as refusal:
        return _refused(refusal)
    return None


def _within(refusal: ValidationError) -> list[dict[str, object]]:
    return [{**one, "loc": ("said", *one["loc"])} for one in refusal.errors()]


def _refused(refusal: Exception) -> JsonResponse:
    if isinstance(refusal, LackingError):
        told = zip(refusal.guards, refusal.sentences, strict=True)
        return problems(
            [Fault("", guard, f"Not so that {why}.") for guard, why in told]
        )
    fault, status = FAULTS[type(refusal)]
    return problems([fault], status)
