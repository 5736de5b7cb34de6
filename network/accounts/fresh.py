"""Is it really she? Asked again before what hurts: by password, code or passkey."""

from collections.abc import Callable
from typing import TypeVar

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse

View = TypeVar("View", bound=Callable[..., HttpResponse])


def fresh_sign_in_required(view: View) -> View:
    """Every method but GET waits until she has shown again who she is, within the
    last quarter of an hour; what she posted is kept meanwhile, and then goes on."""
    asked: View = reauthentication_required(view, allow_get=True)
    return asked
