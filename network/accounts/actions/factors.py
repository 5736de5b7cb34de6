"""Second factors: allauth makes and removes them, here it is one transaction
with what it means for the sessions and what it leaves in the trail."""

from collections.abc import Callable, Iterator

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpResponse

from network.accounts.actions.sessions import drop_sessions, end_other_sessions
from network.accounts.events import FactorEvent
from network.accounts.models import User
from network.accounts.second_factor import has_factor, ways_in
from network.activity.actors import Actor
from network.activity.recorder import record
from network.activity.requests import UserRequest

Kept = dict[int, str]


@transaction.atomic
def change_factors(
    request: UserRequest, change: Callable[[], HttpResponse]
) -> HttpResponse:
    """One change at a time of one person; any change ends her other sessions."""
    user = User.objects.select_for_update().get(pk=request.user.pk)
    before = _kept(user)

    answer = change()

    after = _kept(user)
    if before.keys() != after.keys():
        _in_this_session(request, after.keys() - before.keys())
        for verb, kind in _differences(before, after):
            record(Actor.of(user), verb, user, detail={"kind": kind})
        end_other_sessions(request, why="second factor changed")
    return answer


def _kept(user: User) -> Kept:
    return dict(Authenticator.objects.filter(user=user).values_list("pk", "type"))


def _differences(before: Kept, after: Kept) -> Iterator[tuple[FactorEvent, str]]:
    """New recovery codes replace the old ones, which is no loss of their own."""
    codes = str(Authenticator.Type.RECOVERY_CODES)
    for key in sorted(before.keys() - after.keys()):
        if before[key] != codes:
            yield FactorEvent.REMOVED, before[key]
    for key in sorted(after.keys() - before.keys()):
        new = after[key]
        yield (FactorEvent.CODES_MADE if new == codes else FactorEvent.ADDED), new


def _in_this_session(request: UserRequest, added: set[int]) -> None:
    """Whoever has just set up a factor has shown it; without any, nothing is shown."""
    user = request.user
    if not has_factor(user):
        known = [
            one for one in ways_in(request.session, user) if one["method"] != "mfa"
        ]
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = known
    elif added:
        shown = {"type": "set up", "reauthenticated": True}
        record_authentication(request, user, method="mfa", **shown)


@transaction.atomic
def forget_factors(user: User, *, by: Actor, why: str) -> None:
    """When she has lost them all and somebody vouches that it is she."""
    user = User.objects.select_for_update().get(pk=user.pk)
    kept = _kept(user)

    Authenticator.objects.filter(user=user).delete()
    drop_sessions(user)

    for verb, kind in _differences(kept, {}):
        record(by, verb, user, why=why, detail={"kind": kind})


@transaction.atomic
def note_failed_code(user: User) -> None:
    record(Actor.of(user), FactorEvent.CODE_FAILED, user)


@transaction.atomic
def note_recovery_code(user: User) -> None:
    record(Actor.of(user), FactorEvent.CODE_SPENT, user)


@transaction.atomic
def note_shown_again(user: User) -> None:
    record(Actor.of(user), FactorEvent.SHOWN_AGAIN, user)
