"""The first beat of an action about a clinician."""

from network.clinicians.models import Clinician


def lock(clinician: Clinician) -> None:
    """A second action about her waits here, and then sees what the first has done.

    Always before anything else is written: whoever locks in one order cannot deadlock.
    """
    rows = Clinician.objects.select_for_update(no_key=True)
    clinician.refresh_from_db(from_queryset=rows)
