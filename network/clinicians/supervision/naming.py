"""Under whose supervision associates stand, as one colleague may know it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from network.clinicians.models import Clinician, Supervision

UNDER = "Associate under supervision"


def in_words(supervisor: Clinician | None) -> str:
    return f"{UNDER} of {supervisor.display_name}" if supervisor else UNDER


def supervision_of(associate: Clinician) -> Supervision | None:
    """The confirmed one, with what its being in force hangs on."""
    return Supervision.objects.guiding([associate.pk]).first()


def named_to(viewer: Clinician, associates: Iterable[UUID]) -> Mapping[UUID, str]:
    """For each associate the sentence; no name where viewer and supervisor block."""
    wanted = list(associates)
    if not wanted:
        return {}
    seen = Clinician.objects.visible_to(viewer)
    known = Supervision.objects.confirmed().filter(supervisor__in=seen)
    named = known.filter(associate__public_id__in=wanted)
    supervisors = {
        one.associate.public_id: one.supervisor
        for one in named.select_related("associate", "supervisor")
    }
    return {one: in_words(supervisors.get(one)) for one in wanted}
