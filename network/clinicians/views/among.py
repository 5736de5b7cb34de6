"""What a colleague's page says of her among colleagues."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from network.accounts.models import User
from network.clinicians.endorsements.lines import groups_of, lines_of
from network.clinicians.endorsements.permissions import allowed_towards
from network.clinicians.forms.endorsement import EndorsementForm
from network.clinicians.models import Clinician, Endorsement
from network.clinicians.supervision.bounds import in_force
from network.clinicians.supervision.naming import in_words, named_to, supervision_of
from network.clinicians.supervision.words import limits_in_words

Said = Iterator[tuple[str, Any]]


def among(
    viewer: Clinician | None, user: User, clinician: Clinician, on: date
) -> dict[str, Any]:
    """`viewer` is none for staff without a profile: they see who supervises."""
    said = dict(_supervision(viewer, clinician, on)) if clinician.is_associate else {}
    return said | (dict(_endorsements(viewer, user, clinician, on)) if viewer else {})


def _supervision(viewer: Clinician | None, associate: Clinician, on: date) -> Said:
    supervision = supervision_of(associate)
    if supervision is None or not in_force(associate, supervision, on):
        yield "is_unsupervised", True
        return
    if viewer is None:
        yield "under", in_words(supervision.supervisor)
    else:
        yield "under", named_to(viewer, [associate.public_id])[associate.public_id]
    yield "limits", limits_in_words(supervision)


def _endorsements(
    viewer: Clinician, user: User, clinician: Clinician, on: date
) -> Said:
    seen = Endorsement.objects.visible_to(viewer).counting(on)
    told = seen.of(clinician).with_reciprocity(on).with_people()
    received = [one for one in told if one.endorsed_id == clinician.pk]
    yield "endorsed", groups_of(received, on)
    yield "given", lines_of((one for one in told if one not in received), on)
    if "endorse" in allowed_towards(user, clinician) and _lists(clinician):
        yield "endorse_form", EndorsementForm(viewer, clinician)


def _lists(clinician: Clinician) -> bool:
    return bool(clinician.specialty_skills.all())
