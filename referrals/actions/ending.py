"""How a referral ends, pauses, begins again, and whether it held."""

from dataclasses import asdict, dataclass, replace

from django.db import transaction

from network.activity.recorder import record
from referrals.acting import By
from referrals.actions.noting import note
from referrals.actions.passages import Kind as About
from referrals.actions.passages import Words, in_words, say
from referrals.actions.stepping import Click, begin, finish
from referrals.actions.timers import wind
from referrals.events import ReferralEvent
from referrals.machine.continuity import Care, is_kept
from referrals.machine.words import ARRIVED, Kind, O, Outcome
from referrals.models import Passage, Referral
from referrals.sealed import opened

CARRIED = (
    "sender",
    "client",
    "kind",
    "reason",
    "sub_reason",
    "urgency",
    "planned_on",
    "mode",
    "jurisdiction",
    "acuity",
    "tells",
)


@dataclass(frozen=True)
class Ending:
    """How it ended; and of a transfer that did not arrive, what was done so that the
    client is not left alone.
    """

    outcome: Outcome
    words: str = ""
    continuity: frozenset[Care] = frozenset()
    guard_reason: str = ""

    def facts(self, kind: str) -> frozenset[str]:
        arrived = "arrived" if self.outcome in ARRIVED else "not_arrived"
        kept = is_kept(self.outcome, self.continuity, self.words)
        is_done = kept or kind != Kind.TRANSFER
        return frozenset({"outcome", arrived, *(["continuity"] if is_done else [])})

    @property
    def fingerprint(self) -> str:
        return in_words({**asdict(self), "continuity": self.care})

    @property
    def care(self) -> str:
        return ",".join(sorted(self.continuity))


@transaction.atomic
def close_referral(referral: Referral, ending: Ending, *, by: By, click: Click) -> None:
    said, words = ending.facts(referral.kind), ending.fingerprint
    move = begin("close", referral, by, click, said=said, words=words)
    if move is None:
        return

    move.referral.outcome = ending.outcome
    said_to = next((one for one in move.offers if one.state == O.SELECTED), None)
    note(move, About.OUTCOME, Words(ending.words, ending.guard_reason), said_to)

    detail = {"care": ending.care} if ending.continuity else None
    finish(move, ReferralEvent.CLOSED, why=ending.outcome, detail=detail)


@transaction.atomic
def withdraw_referral(
    referral: Referral,
    *,
    by: By,
    click: Click,
    words: str = "",
    guard_reason: str = "",
) -> None:
    """All whom it went to read it no more from this moment on, and not why."""
    if move := begin("withdraw", referral, by, click, words=words):
        note(move, About.REASON, Words(words, guard_reason))
        finish(move, ReferralEvent.WITHDRAWN, why="withdrawn")


@transaction.atomic
def request_cancel(
    referral: Referral,
    *,
    by: By,
    click: Click,
    words: str = "",
    guard_reason: str = "",
) -> None:
    """Where the client was handed over already the colleague has to agree."""
    if move := begin("request_cancel", referral, by, click, words=words):
        move.referral.cancel_asked_at = move.referral.changed_at
        note(move, About.REASON, Words(words, guard_reason), move.its)
        finish(move, ReferralEvent.CANCEL_ASKED)


@transaction.atomic
def confirm_cancel(referral: Referral, *, by: By, click: Click) -> None:
    if move := begin("confirm_cancel", referral, by, click):
        finish(move, ReferralEvent.WITHDRAWN, why="withdrawn")


@transaction.atomic
def redirect_referral(
    referral: Referral,
    *,
    by: By,
    click: Click,
    words: str = "",
    guard_reason: str = "",
) -> None:
    """To others: back to where it is ready, with nobody on the list."""
    if move := begin("redirect", referral, by, click, words=words):
        note(move, About.REASON, Words(words, guard_reason))
        finish(move, ReferralEvent.REDIRECTED, why="redirected")


@transaction.atomic
def pause_referral(referral: Referral, *, by: By, click: Click) -> None:
    """Nobody's clock runs meanwhile."""
    if move := begin("pause", referral, by, click):
        finish(move, ReferralEvent.PAUSED)


@transaction.atomic
def resume_referral(referral: Referral, *, by: By, click: Click) -> None:
    if move := begin("resume", referral, by, click):
        finish(move, ReferralEvent.RESUMED)


@transaction.atomic
def expire_referral(referral: Referral) -> None:
    """By its clock, of which the sender was told three days before."""
    if move := begin("expire", referral, By.system(), None):
        finish(move, ReferralEvent.EXPIRED)


@transaction.atomic
def check_back(referral: Referral, held: str, *, by: By, click: Click) -> None:
    """One question, after 30 and after 90 days: `yes`, `no` or `unknown`."""
    if move := begin("check_back", referral, by, click, words=held):
        days = str(move.referral.asked_back)
        move.referral.held = {**move.referral.held, days: held}
        move.referral.asked_back = None
        finish(move, ReferralEvent.CHECKED_BACK, detail={"days": days, "held": held})


@transaction.atomic
def reopen_referral(
    referral: Referral,
    *,
    by: By,
    click: Click,
    words: str = "",
    guard_reason: str = "",
) -> Referral | None:
    """What is over stays so: a new draft goes on from it, with the same words."""
    move = begin("reopen", referral, by, click, words=words)
    if move is None:
        return referral.episodes.order_by("-pk").first()

    old = move.referral
    carried = {name: getattr(old, name) for name in CARRIED}
    episode = Referral.objects.create(episode_of=old, **carried)
    for kind in (Passage.Kind.NEED, Passage.Kind.CRITERIA):
        if text := "".join(opened(old.passages.filter(kind=kind))):
            say(episode, kind, text)
    again = replace(move, referral=episode, offers=[])
    note(again, About.REASON, Words(words, guard_reason))

    record(by.actor, ReferralEvent.BEGUN, episode)
    wind(episode, [])
    finish(move, ReferralEvent.REOPENED)
    return episode
