"""Where colleagues see that somebody works: a rare thing told from there can do."""

from network.clinicians.models import Clinician


def town_of(clinician: Clinician) -> str:
    """Nothing where she names no place."""
    place = clinician.places.select_related("practice").first()
    return place.practice.city if place else ""
