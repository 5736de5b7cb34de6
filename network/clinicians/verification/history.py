"""What was checked, decided and answered of a person so far, from the trail."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from network.activity.models import Event
from network.clinicians.events import ClinicianEvent
from network.clinicians.models import Clinician
from network.clinicians.verification.events import ClaimEvent
from network.clinicians.verification.findings import Checked, Source, ground_label
from network.privacy.models import ReasonWords

LATEST = 50
_TITLES = {
    ClinicianEvent.VERIFIED: "Verified",
    ClinicianEvent.LICENCE_VERIFIED: "Verified",
    ClaimEvent.PRIVILEGE_VERIFIED: "Verified",
    ClaimEvent.REJECTED: "Rejected",
    ClaimEvent.HELD: "Held",
    ClaimEvent.QUESTIONED: "Asked for more",
    ClaimEvent.REOPENED: "Looked at again",
    ClaimEvent.ANSWERED: "Answered",
    ClaimEvent.APPEALED: "Appealed",
}
_VERBS = {
    ClaimEvent.REJECTED: "reject",
    ClaimEvent.HELD: "hold",
    ClaimEvent.QUESTIONED: "ask",
}


@dataclass(frozen=True)
class Entry:
    """`keys` name the claims it is about; older ones name none."""

    at: datetime
    title: str
    keys: tuple[str, ...]
    ground: str
    checked: str
    source: str
    words: str
    is_staffs: bool


def history(clinician: Clinician) -> list[Entry]:
    """The newest first."""
    told = Event.objects.about(clinician).filter(verb__in=list(_TITLES))
    events = list(told.reverse()[:LATEST])
    return list(_entries(events))


def _entries(events: list[Event]) -> Iterator[Entry]:
    kept = ReasonWords.objects.filter(event_id__in=[one.public_id for one in events])
    words = {one.event_id: one.words for one in kept}
    for event in events:
        yield _entry(event, words)


def _entry(event: Event, words: Mapping[UUID, str]) -> Entry:
    said = event.detail
    checked = dict(Checked.choices)
    names = [str(checked[one]) for one in said.get("checked", "").split()]
    return Entry(
        at=event.at,
        title=_TITLES[event.verb],  # type: ignore[index]
        keys=tuple(said.get("claims", "").split()),
        ground=ground_label(_VERBS.get(event.verb, ""), event.why),  # type: ignore[call-overload]
        checked=", ".join(names),
        source=str(dict(Source.choices).get(said.get("source", ""), "")),
        words=words.get(event.public_id, ""),
        is_staffs=event.actor_kind == "staff",
    )
