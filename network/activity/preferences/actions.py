"""Choosing when mail may come, and holding it until then."""

from collections.abc import Mapping
from datetime import time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from network.activity.actors import Actor
from network.activity.events import PreferencesEvent
from network.activity.models import Notification, Preferences
from network.activity.preferences.clock import preferences_of
from network.activity.preferences.timing import is_told, kind_of, mail_time
from network.activity.recorder import record

if TYPE_CHECKING:
    from network.accounts.models import User

QuietHours = tuple[time, time] | None


@transaction.atomic
def choose_time_zone(user: "User", name: str) -> None:
    preferences = _locked(user)
    preferences.time_zone = name
    preferences.save(update_fields=["time_zone"])
    record(
        Actor.of(user), PreferencesEvent.CHANGED, preferences, detail={"what": "time"}
    )
    _hold_anew(preferences)


@transaction.atomic
def choose_mail(
    user: "User", cadences: Mapping[str, str], quiet_hours: QuietHours
) -> None:
    preferences = _locked(user)
    begin, end = quiet_hours or (None, None)
    preferences.mail = {**preferences.mail, **cadences}
    preferences.quiet_from, preferences.quiet_until = begin, end
    preferences.save(update_fields=["mail", "quiet_from", "quiet_until"])
    record(
        Actor.of(user), PreferencesEvent.CHANGED, preferences, detail={"what": "mail"}
    )
    _hold_anew(preferences)


@transaction.atomic
def choose_push(user: "User", wanted: Mapping[str, bool]) -> None:
    """About which kinds her devices are told; what waits follows when it is due."""
    preferences = _locked(user)
    preferences.push = {**preferences.push, **wanted}
    preferences.save(update_fields=["push"])
    record(
        Actor.of(user), PreferencesEvent.CHANGED, preferences, detail={"what": "push"}
    )


@transaction.atomic
def follow_wish(user: "User", cadences: Mapping[str, str]) -> None:
    """By the link of a mail: whoever has it speaks for her about this alone."""
    preferences = _locked(user)
    preferences.mail = {**preferences.mail, **cadences}
    preferences.save(update_fields=["mail"])
    record(
        Actor.system(),
        PreferencesEvent.CHANGED,
        preferences,
        audience=[user],
        why="link in a mail",
        detail={"what": "mail"},
    )
    _hold_anew(preferences)


def _locked(user: "User") -> Preferences:
    Preferences.objects.get_or_create(person=user)
    preferences = Preferences.objects.select_for_update().get(person=user)
    user.preferences = preferences
    return preferences


def _hold_anew(preferences: Preferences) -> None:
    """What waits follows the new choice; what is due now goes with the sweep."""
    held = Notification.objects.held().filter(person_id=preferences.pk)
    for notification in held.select_for_update(of=("self",)).select_related("event"):
        _hold(notification, preferences)


def is_due(notification: Notification) -> bool:
    """Whether its mail may go now; else it is held, or spared."""
    person = notification.person
    if not is_told(person):
        _spare(notification)
        return False
    preferences = preferences_of(person)
    now = timezone.now()
    at = mail_time(preferences, kind_of(notification.event.verb), now)
    if at is not None and at <= now:
        return True
    if at is not None:
        # The sweep of what is held goes by them, and locks them.
        Preferences.objects.get_or_create(person=person)
    _hold(notification, preferences)
    return False


def _hold(notification: Notification, preferences: Preferences) -> None:
    kind = kind_of(notification.event.verb)
    at = mail_time(preferences, kind, timezone.now())
    if at is None:
        _spare(notification)
        return
    notification.held_until = at
    notification.save(update_fields=["held_until"])


def _spare(notification: Notification) -> None:
    notification.spared_at = timezone.now()
    notification.save(update_fields=["spared_at"])
