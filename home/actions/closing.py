"""Closing an account through every app: in one transaction, or not at all."""

from django.db import transaction
from django.utils import timezone

from messaging.actions.erasure import leave_every_conversation
from network.accounts.actions import closing
from network.accounts.actions.staffing import lock_with_administrators
from network.accounts.models import User
from network.activity.sweeping import one_by_one
from network.clients.actions.erasure import erase_clients_of
from network.clinicians.actions.invitations import forget_invitations
from network.clinicians.actions.leaving import (
    erase_clinician,
    leave_network,
    return_to_network,
)
from network.clinicians.models import Clinician
from network.privacy.actions import forget_words
from referrals.actions.leaving import hold_every_referral, leave_every_referral


@transaction.atomic
def close_account(user: User) -> bool:
    """Out of the search and signed out everywhere, from this moment on."""
    lock_with_administrators(user)
    clinician = _locked_profile(user)
    closed = closing.close_account(user)
    if closed and clinician:
        leave_network(clinician, by=user)
    return closed


@transaction.atomic
def reopen_account(user: User) -> bool:
    closing.lock_account(user)
    clinician = _locked_profile(user)
    reopened = closing.reopen_account(user)
    if reopened and clinician:
        return_to_network(clinician, by=user)
    return reopened


def erase_what_is_due() -> int:
    """Whose week is over; one transaction each, so that one fault stops no other."""
    due = User.objects.filter(erase_at__lte=timezone.now()).order_by("pk")
    return one_by_one(due.values_list("pk", flat=True), erase)


@transaction.atomic
def erase(user_id: int) -> bool:
    """Whether she was: somebody may have come back in the last second, and where a
    legal hold stands it waits.
    """
    rows = User.objects.select_for_update(no_key=True)
    due = rows.filter(erase_at__lte=timezone.now())
    if (user := due.filter(pk=user_id).first()) is None:
        return False
    if clinician := _locked_profile(user):
        hold_every_referral(clinician)
        if not leave_every_conversation(clinician):
            return False
        for subject in (clinician, *clinician.inquiries.all()):
            forget_words(subject)
        leave_every_referral(clinician)
        erase_clients_of(clinician)
        erase_clinician(clinician)
    forget_words(user)
    forget_invitations(user)
    closing.erase_account(user)
    return True


def _locked_profile(user: User) -> Clinician | None:
    rows = Clinician.objects.select_for_update(no_key=True)
    return rows.filter(user=user).first()
