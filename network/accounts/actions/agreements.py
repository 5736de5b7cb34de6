"""Accepting what one joins by."""

from django.db import transaction

from network.accounts.agreements import IN_FORCE, has_agreed, stamp
from network.accounts.events import AgreementEvent
from network.accounts.models import Acceptance, User
from network.activity.actors import Actor
from network.activity.recorder import record


@transaction.atomic
def accept_agreements(user: User) -> None:
    """Everything in force; a second time it changes nothing."""
    user.refresh_from_db(from_queryset=User.objects.select_for_update(no_key=True))
    if has_agreed(user):
        return

    known = set(user.acceptances.values_list("document", "version"))
    accepted = Acceptance.objects.bulk_create(
        Acceptance(user=user, document=each.slug, version=each.version)
        for each in IN_FORCE
        if (each.slug, each.version) not in known
    )
    user.agreed_to = stamp()
    user.save(update_fields=["agreed_to"])

    for one in accepted:
        detail = {"document": one.document, "version": one.version}
        record(Actor.of(user), AgreementEvent.ACCEPTED, one, detail=detail)
