"""The steps of an inquiry in words, and what has been done so far."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from home.staff.sentences import SENTENCES
from network.accounts.models import User
from network.activity.models import Event
from network.clinicians.events import InquiryEvent
from network.clinicians.models import Inquiry
from network.privacy.models import ReasonWords


@dataclass(frozen=True)
class Step:
    verb: str
    label: str
    lead: str
    kind: str = ""

    @property
    def slug(self) -> str:
        return self.verb.replace(" ", "-")


STEPS = (
    Step("triage", "Take it up", "You have looked at it. The reporters are told so."),
    Step(
        "ask for a remedy",
        "Ask for a change",
        "The person reads what you write, and has two days.",
    ),
    Step(
        "propose a suspension",
        "Propose a suspension",
        "A second moderator decides. Nobody outside is told yet.",
    ),
    Step(
        "confirm the suspension",
        "Suspend the profile",
        "You are the second person. The suspended reads what you write, and may "
        "appeal; the reporters learn only that you have finished.",
        "danger",
    ),
    Step(
        "reject the suspension",
        "Do not suspend",
        "It goes back to be looked at. Nobody outside is told.",
    ),
    Step(
        "uphold the suspension",
        "Let the suspension stand",
        "The suspended is told.",
    ),
    Step(
        "lift the suspension",
        "Lift the suspension",
        "Colleagues find the person again. The person is told.",
    ),
    Step(
        "resolve",
        "Close it",
        "The reporters are told that you have finished, not what came of it.",
    ),
)


@dataclass(frozen=True)
class Entry:
    at: datetime
    what: str
    who: str
    words: str


def history(inquiry: Inquiry) -> Iterator[Entry]:
    """Oldest first; that moderators read it is left to the trail."""
    done = Event.objects.about(inquiry).exclude(verb=InquiryEvent.OPENED)
    events = list(done)
    kept = ReasonWords.objects.filter(event_id__in=[one.public_id for one in events])
    words = {one.event_id: one.words for one in kept}
    staff = User.objects.filter(
        public_id__in=[one.actor_id for one in events if one.actor_kind == "staff"]
    )
    names = {str(one.public_id): one.email for one in staff}
    for one in events:
        what = SENTENCES[one.verb].said
        who = names.get(one.actor_id, "")
        yield Entry(one.at, what, who, words.get(one.public_id, ""))


def words_of_proposal(inquiry: Inquiry, verb: str) -> str:
    """The second person begins with what the first would have written."""
    if verb != "confirm the suspension":
        return ""
    proposed = Event.objects.about(inquiry).filter(verb=InquiryEvent.PROPOSED).last()
    if proposed is None:
        return ""
    kept = ReasonWords.objects.filter(event_id=proposed.public_id).first()
    return str(kept.words) if kept else ""
