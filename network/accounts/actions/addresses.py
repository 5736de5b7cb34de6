"""E-mail addresses: allauth changes them, here each change leaves its line."""

from collections.abc import Callable, Iterator

from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpResponse

from network.accounts.events import AddressEvent
from network.accounts.models import User
from network.activity.actors import Actor
from network.activity.recorder import record

# Of each address, whether it is the main one.
Kept = dict[int, bool]


@transaction.atomic
def change_addresses(user: User, change: Callable[[], HttpResponse]) -> HttpResponse:
    user = User.objects.select_for_update().get(pk=user.pk)
    before = _kept(user)

    answer = change()

    for verb in _differences(before, _kept(user)):
        record(Actor.of(user), verb, user)
    return answer


def _kept(user: User) -> Kept:
    return dict(EmailAddress.objects.filter(user=user).values_list("pk", "primary"))


def _differences(before: Kept, after: Kept) -> Iterator[AddressEvent]:
    yield from [AddressEvent.REMOVED] * len(before.keys() - after.keys())
    yield from [AddressEvent.ADDED] * len(after.keys() - before.keys())
    if _main(before) != _main(after):
        yield AddressEvent.MADE_MAIN


def _main(kept: Kept) -> int | None:
    return next((key for key, main in kept.items() if main), None)
