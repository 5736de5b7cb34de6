"""Under whose supervision associates stand, as one colleague may know it."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from network.clinicians.models import Clinician, Supervision
from network.clinicians.supervision.bounds import in_force

UNDER = "Associate under supervision"
ALONE = "Associate, without a supervisor at present"


def in_words(supervisor: Clinician | None) -> str:
    return f"{UNDER} of {supervisor.display_name}" if supervisor else UNDER


def standings(
    viewer: Clinician, people: Iterable[Clinician], on: date
) -> Mapping[UUID, str]:
    """Of the associates among them, whom nobody may supervise that day as well."""
    associates = [one for one in people if one.is_associate]
    guiding = Supervision.objects.guiding([one.pk for one in associates])
    known = {one.associate_id: one for one in guiding}
    held = [one for one in associates if in_force(one, known.get(one.pk), on)]
    named = named_to(viewer, [one.public_id for one in held])
    return {one.public_id: named.get(one.public_id, ALONE) for one in associates}


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
