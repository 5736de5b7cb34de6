"""What in the words of a message could tell who somebody is, and what follows."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import TextChoices

from messaging.log import Refusal, Submission
from messaging.models import Attachment, Conversation
from network.clinicians.models import Clinician
from network.clinicians.town import town_of
from network.privacy.guard import Span, guard

HIGH = "high"
CLEAN, TELLING = "clean", "telling"
REFUSALS = (Refusal.NEEDS_REASON, Refusal.IDENTIFIES_SOMEBODY)
Guarding = Conversation.Guarding


class Reason(TextChoices):
    """Why somebody is named on purpose."""

    CONSENTED = "consented", "The client has consented to it"
    COLLEAGUE = "colleague-not-client", "It is a colleague, not a client"
    NOT_A_PERSON = "not-a-person", "It is not about a person"
    EMERGENCY = "emergency", "It is an emergency"


class Finding(NamedTuple):
    """A span, and the words that stand there."""

    span: Span
    words: str


@dataclass(frozen=True)
class Looked:
    """What was found in words for a conversation of that level."""

    findings: list[Finding]
    level: str
    reason: str = ""

    reasons = Reason.choices

    @property
    def stops(self) -> str:
        """What keeps it from being sent: the level, where it is more than a warning."""
        is_telling = self.level != Guarding.WARN and is_high(self.findings)
        return self.level if is_telling else ""


def findings(text: str, author: Clinician) -> list[Finding]:
    """In the order of the text. Nothing of it is kept."""
    spans = guard(text, place=town_of(author))
    return [Finding(span, text[span.start : span.end]) for span in spans]


def is_high(found: list[Finding]) -> bool:
    """Whether some of it tells by itself who it is."""
    return any(one.span.level == HIGH for one in found)


def looked_through(asked: Submission, text: str, reason: str) -> Submission:
    """With what the guard says of its words, for a log that wants to know."""
    author = Clinician.objects.filter(user__public_id=asked.person).first()
    if author is None:
        return asked
    known = reason if reason in Reason.values else TELLING
    is_telling = is_high(findings(text, author)) or _has_telling_files(asked)
    return replace(asked, guarded=known if is_telling else CLEAN)


def _has_telling_files(asked: Submission) -> bool:
    files = Attachment.objects.filter(public_id__in=asked.files, is_telling=True)
    return bool(asked.files) and files.exists()
