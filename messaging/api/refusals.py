"""How a request that cannot be done is answered, everywhere alike."""

from django.http import JsonResponse

from network.clinicians.api import problems
from network.clinicians.api_schema import Problems
from network.clinicians.matching.faults import Fault

READS = dict.fromkeys((401, 403, 404, 422), Problems)
WRITES = {**dict.fromkeys((400, 409, 429), Problems), **READS}


def unknown_people(*paths: str) -> JsonResponse:
    told = "This is not the id of a colleague whom you may see."
    return problems([Fault(path, "unknown_clinician", told) for path in paths])
