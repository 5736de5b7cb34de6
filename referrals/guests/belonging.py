"""Which of the offers asked of guests are a member's, by her confirmed address."""

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from network.accounts.agreements import has_agreed
from network.clinicians.models import Clinician
from network.privacy.keys import ring
from referrals.machine.words import LIVE, OVER, O
from referrals.models import Offer, Referral

PURPOSE = "guest address"
# Somebody was taken at her word: for an associate a supervisor would have been asked.
TAKEN = frozenset({O.ACCEPTED, O.SELECTED})


def email_hash(email: str) -> str:
    return ring().keyed_hash(_plain(email), PURPOSE)


def addressed_to(me: Clinician) -> QuerySet[Offer]:
    """What she was asked as a guest, has not taken over, and is not over."""
    hashes = [one for email in _confirmed(me) for one in _hashes(email)]
    asked = Offer.objects.filter(
        guest_link__email_hash__in=hashes,
        receiver=None,
        link_expires_at__isnull=False,
        sent_at__isnull=False,
        state__in=LIVE,
        referral__sender__in=Clinician.objects.visible_to(me).verified(),
    )
    going = asked.exclude(referral__state__in=OVER).exclude(referral__sender=me)
    return going.select_related("referral__sender", "referral__client").order_by("pk")


def may_join(me: Clinician, referral: Referral, offer: Offer) -> bool:
    """Her confirmed address is the one that the link was mailed to, and she is asked
    here as a member by nobody. Which link she has in hand is not asked.
    """
    if offer.receiver_id or offer.link_expires_at is None or not _is_a_member(me):
        return False
    if me.is_associate and offer.state in TAKEN:
        return False
    if _plain(offer.guest_email) not in {_plain(one) for one in _confirmed(me)}:
        return False
    seen = Clinician.objects.visible_to(me).verified().filter(pk=referral.sender_id)
    asked = referral.offers.filter(receiver=me, state__in=LIVE)
    return seen.exists() and not asked.exists()


def _is_a_member(me: Clinician) -> bool:
    return me.is_verified and me.user is not None and has_agreed(me.user)


def _confirmed(me: Clinician) -> list[str]:
    known = EmailAddress.objects.filter(user=me.user_id, verified=True)
    return list(known.values_list("email", flat=True))


def _hashes(email: str) -> list[str]:
    return ring().keyed_hashes(_plain(email), PURPOSE)


def _plain(email: str) -> str:
    """In small letters; ß and ss are two domains, and so two people."""
    return email.strip().lower()
