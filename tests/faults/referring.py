"""A referral in the words of a canary, from its draft to its end.

What is said on pages in between, whoever calls this says there.
"""

from datetime import timedelta

from django.utils import timezone

from network.clinicians.models import Clinician
from referrals.actions import arriving, ending
from referrals.machine.continuity import Care
from referrals.machine.words import Outcome
from referrals.models import Offer
from tests.referrals.packets.packing import agreed, enclosed, packed, wrote
from tests.referrals.story import accepted, by, click, opened, sent

# What of it its sender reads on its page, in the end.
READ = ("need", "question", "answer", "attempt", "report", "outcome")


def begin(word: str) -> str:
    """As it is asked of Rosa: the offer, the referral, and by what she signs in."""
    ana = Clinician.objects.get(name="Ana Heron")
    rosa = Clinician.objects.get(name="Rosa Wren")
    other = sent(ana, rosa, need=f"{word}another")
    ending.withdraw_referral(
        other, by=by(ana), click=click(other), words=f"{word}reason"
    )
    one = sent(ana, rosa, kind="adjunct", need=f"It is {word}need.")
    offer = opened(rosa, one)
    assert rosa.user is not None
    return f"{offer.public_id} {one.public_id} {rosa.user.email}"


def end(word: str, public_id: str) -> None:
    offer = Offer.objects.get(public_id=public_id)
    one, rosa = offer.referral, offer.receiver
    assert rosa is not None
    accepted(rosa, one)
    agreed(one, rosa)
    wrote(one, {"reason": f"It is {word}part."})
    enclosed(one, f"{word}enclosed".encode(), f"{word}name.txt")
    packed(one, reason="consented")
    arriving.self_contact(one, by=by(one.sender), click=click(one))
    attempt = arriving.Attempt("phone", f"{word}attempt")
    arriving.log_attempt(one, attempt, by=by(rosa), click=click(one))
    soon = timezone.now() + timedelta(days=2)
    arriving.book(one, soon, by=by(rosa), click=click(one))
    arriving.note_attended(one, by=by(rosa), click=click(one))
    arriving.report(one, f"{word}report", by=by(rosa), click=click(one))
    how = ending.Ending(Outcome.ENGAGED, f"{word}outcome", frozenset(Care))
    ending.close_referral(one, how, by=by(one.sender), click=click(one))
