"""Whether a packet may leave: what is lacking, in sentences, and what goes with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format

from network.clients.models import Consent
from network.clients.terms import terms_of
from network.clients.wording import DataClass
from referrals.acting import chosen
from referrals.models import Offer, Referral
from referrals.packets.parts import NOTICE
from referrals.packets.reading import Content, Covered, covered
from referrals.packets.sealed import Words

NOBODY = "a colleague who is a member is chosen"
EMPTY = "something is written, or enclosed"
REVOCABLE = (
    "The client may take it back at any time; then nothing more is read. What was read "
    "before cannot be taken back."
)


@dataclass(frozen=True)
class Leave:
    """Of a draft: to whom, by which permissions, and what is lacking still."""

    offer: Offer | None
    covered: Covered
    lacking: list[str]

    @property
    def consents(self) -> list[Consent]:
        """Each once."""
        return list({one.pk: one for one in self.covered.values()}.values())


def leave_of(referral: Referral, content: Content | None) -> Leave:
    offer = to_whom(referral)
    if content is None or content.is_empty:
        return Leave(offer, {}, [EMPTY, *([] if offer else [NOBODY])])
    if offer is None:
        return Leave(None, {}, [NOBODY])
    open_now = covered(offer, content.classes)
    missing = [one for one in content.classes if one not in open_now]
    return Leave(offer, open_now, [_unsaid(offer, one) for one in missing])


def to_whom(referral: Referral) -> Offer | None:
    """A verified member; nobody reads a packet by a link."""
    found = chosen(referral)
    receiver = found.receiver if found else None
    return found if receiver is not None and receiver.is_verified else None


def travelling(content: Content, leave: Leave) -> Words:
    """As it is sent: with what the client allowed, and with the notice of Part 2."""
    copies = [_copy(one) for one in leave.consents]
    notice = NOTICE if content.version.is_part2 else ""
    return Words(content.words.parts, copies, notice)


def _unsaid(offer: Offer, data_class: DataClass) -> str:
    return f"the client has agreed that {offer.name} reads: {data_class.label}"


def _copy(consent: Consent) -> list[str]:
    terms = terms_of(consent)
    return [
        f"{terms.giver} may tell {terms.receiver}, {terms.purpose}: "
        f"{', '.join(terms.what)}.",
        f"From {_day(consent.valid_from)} until {_day(consent.expires_on)}. "
        f"Wording {consent.wording}.",
        *_signatures(consent),
        REVOCABLE,
    ]


def _signatures(consent: Consent) -> Iterable[str]:
    for one in consent.signatures.select_related("party").order_by("pk"):
        yield (
            f"{one.party.label}: {one.get_how_display().lower()}, "
            f"{_day(one.signed_at)}."
        )


def _day(day: object) -> str:
    return str(date_format(day, "j F Y"))  # type: ignore[arg-type]
