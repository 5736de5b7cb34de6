"""The trail, put into words for people: who did what, about whom, when and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from home.staff.holds import name_of
from home.staff.people import Person, find_person
from home.staff.reasons import in_words as why_in_words
from home.staff.sentences import in_words, verbs_of
from messaging.models import Hold
from network.accounts.models import User
from network.activity.events import TrailEvent
from network.activity.models import ChainHead, Event
from network.clinicians.models import Clinician, Inquiry

PAGE = 50
USER, CLINICIAN, INQUIRY, HOLD = (
    model._meta.label_lower for model in (User, Clinician, Inquiry, Hold)
)
KINDS = {
    "system": "The house",
    "staff": "Staff",
    "clinician": "Somebody",
    "client": "A client",
}


@dataclass(frozen=True)
class Question:
    """What is asked of the trail; what is left out does not matter."""

    person: UUID | None = None
    side: str = ""  # "actor" or "subject"; both when empty
    family: str = ""
    since: date | None = None
    until: date | None = None

    def events(self, reader: User) -> "QuerySet[Event]":
        """Newest first. Rows are added in the order of time: the key is the place."""
        found = Event.objects.filter(self._of_person()).exclude(_concealed(reader))
        if self.family:
            found = found.filter(verb__in=verbs_of(self.family))
        if self.since:
            found = found.filter(at__date__gte=self.since)
        if self.until:
            found = found.filter(at__date__lte=self.until)
        return found.order_by("-pk")

    def _of_person(self) -> Q:
        if self.person is None:
            return Q()
        if (found := find_person(self.person)) is None:
            return Q(actor_id=str(self.person))  # erased: what she did stays
        sides = {"actor": _by(found), "subject": _about(found)}
        return sides.get(self.side) or sides["actor"] | sides["subject"]


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    what: str
    about: str
    why: str
    where: str


def lines(events: Sequence[Event]) -> Iterator[Line]:
    """A few questions for the names, and one for each conversation on hold."""
    people = _people({one.actor_id for one in events} - {""})
    subjects = _subjects(events)
    for one in events:
        yield Line(
            one.at,
            people.get(one.actor_id, KINDS.get(one.actor_kind, "Somebody")),
            in_words(one.verb),
            subjects.get((one.subject_type, one.subject_id), ""),
            why_in_words(one.why),
            one.where,
        )


def last_anchor() -> Event | None:
    made = Event.objects.about(ChainHead).filter(verb=TrailEvent.ANCHORED)
    return made.last()


def _by(person: Person) -> Q:
    return Q(actor_id=str(person.user.public_id)) if person.user else Q(pk__in=[])


def _about(person: Person) -> Q:
    found = Q(pk__in=[])
    if person.user:
        found |= Q(subject_type=USER, subject_id=str(person.user.pk))
    if person.clinician:
        found |= Q(subject_type=CLINICIAN, subject_id=str(person.clinician.pk))
        inquiries = person.clinician.inquiries.values_list("pk", flat=True)
        ids = [str(pk) for pk in inquiries]
        found |= Q(subject_type=INQUIRY, subject_id__in=ids)
        holds = person.clinician.holds.values_list("pk", flat=True)
        found |= Q(subject_type=HOLD, subject_id__in=[str(pk) for pk in holds])
    return found


def _concealed(reader: User) -> Q:
    """The reported never learns who reported her, whatever her role is."""
    hers = Inquiry.objects.filter(clinician__user=reader).values_list("pk", flat=True)
    return Q(subject_type=INQUIRY, subject_id__in=[str(pk) for pk in hers])


def _people(public_ids: set[str]) -> dict[str, str]:
    users = User.objects.select_related("clinician").filter(public_id__in=public_ids)
    return {str(user.public_id): _name(user) for user in users}


def _subjects(events: Sequence[Event]) -> dict[tuple[str, str], str]:
    users = User.objects.select_related("clinician").in_bulk(_ids(events, USER))
    clinicians = Clinician.objects.in_bulk(_ids(events, CLINICIAN))
    inquiries = Inquiry.objects.select_related("clinician")
    found = inquiries.in_bulk(_ids(events, INQUIRY))
    held = Hold.objects.select_related("clinician", "conversation")
    holds = held.in_bulk(_ids(events, HOLD))
    return (
        {(USER, str(pk)): _name(one) for pk, one in users.items()}
        | {(CLINICIAN, str(pk)): one.display_name for pk, one in clinicians.items()}
        | {(INQUIRY, str(pk)): str(one.clinician) for pk, one in found.items()}
        | {(HOLD, str(pk)): name_of(one) for pk, one in holds.items()}
    )


def _ids(events: Sequence[Event], kind: str) -> set[int]:
    return {
        int(one.subject_id)
        for one in events
        if one.subject_type == kind and one.subject_id
    }


def _name(user: User) -> str:
    clinician = getattr(user, "clinician", None)
    return clinician.display_name if clinician else user.email
