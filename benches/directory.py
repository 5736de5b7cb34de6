"""What an ordinary directory does for the same need."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Collate

from benches.naive import state_of
from network.clinicians.models import Clinician, Licence, SpecialtySkill

ORDINARY = "bench_ordinary"


def directory(need: Mapping[str, Any], word: str) -> QuerySet[Clinician]:
    """What a directory does: a state, a specialty, a word of the name or the bio.

    In an ordinary database, as PostgreSQL makes it where nobody says otherwise: with
    the C library's collation. Ours has the built-in one, which lowers letters in half
    the time.
    """
    state = state_of(need["place"])
    skill = SpecialtySkill.objects.filter(
        clinician=OuterRef("pk"), term=need["specialties"][0]["term"]
    )
    licensed = Licence.objects.filter(clinician=OuterRef("pk"), state=state)
    told = Clinician.objects.alias(
        told_name=Collate("name", ORDINARY), told_bio=Collate("bio", ORDINARY)
    )
    return told.filter(
        Exists(skill),
        Exists(licensed),
        Q(told_name__icontains=word) | Q(told_bio__icontains=word),
        verified_at__isnull=False,
    ).order_by("name")
