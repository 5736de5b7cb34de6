"""The door of the queue: staff without this task do not find it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from network.accounts.permissions import powers
from network.accounts.staff import staff_only
from network.clinicians.requests import ClinicianRequest

View = Callable[..., HttpResponse]


def verifiers_only(view: View) -> View:
    @staff_only
    @wraps(view)
    def gate(request: ClinicianRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "verify" not in powers(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return gate
