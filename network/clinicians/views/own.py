"""What needs a profile first leads to its beginning."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from network.clinicians.models import Clinician
from network.clinicians.requests import ClinicianRequest, VisitorRequest

View = Callable[..., HttpResponse]


def with_profile(view: View) -> View:
    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if cast(VisitorRequest, request).clinician is None:
            return redirect("clinicians:welcome")
        return view(request, *args, **kwargs)

    return gate


def own_profile(request: ClinicianRequest) -> Clinician:
    return Clinician.objects.with_profile().get(pk=request.clinician.pk)
