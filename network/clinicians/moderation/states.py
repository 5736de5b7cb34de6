"""The states of an inquiry, their clocks, and every way from one to another: data."""

from datetime import timedelta

from django.db.models import TextChoices


class State(TextChoices):
    FILED = "filed", "Filed"
    TRIAGED = "triaged", "Looked at"
    REMEDY_ASKED = "remedy_asked", "A change is asked for"
    PROPOSED = "proposed", "A suspension is proposed"
    SUSPENDED = "suspended", "Suspended"
    APPEALED = "appealed", "Appealed"
    RESOLVED = "resolved", "Resolved"
    UPHELD = "upheld", "The suspension stands"


CLOSED = (State.RESOLVED, State.UPHELD)
# How long an inquiry may stay; in the others it waits for nobody of the staff.
CLOCKS: dict[str, timedelta] = {
    State.FILED: timedelta(hours=24),
    State.TRIAGED: timedelta(hours=48),
    State.REMEDY_ASKED: timedelta(hours=48),
    State.PROPOSED: timedelta(hours=24),
    State.APPEALED: timedelta(hours=48),
}
TRANSITIONS: dict[tuple[str, str], State] = {
    (State.FILED, "triage"): State.TRIAGED,
    (State.FILED, "resolve"): State.RESOLVED,
    (State.TRIAGED, "ask for a remedy"): State.REMEDY_ASKED,
    (State.TRIAGED, "propose a suspension"): State.PROPOSED,
    (State.TRIAGED, "resolve"): State.RESOLVED,
    (State.REMEDY_ASKED, "propose a suspension"): State.PROPOSED,
    (State.REMEDY_ASKED, "resolve"): State.RESOLVED,
    (State.PROPOSED, "confirm the suspension"): State.SUSPENDED,
    (State.PROPOSED, "reject the suspension"): State.TRIAGED,
    (State.SUSPENDED, "appeal"): State.APPEALED,
    (State.SUSPENDED, "lift the suspension"): State.RESOLVED,
    (State.APPEALED, "lift the suspension"): State.RESOLVED,
    (State.APPEALED, "uphold the suspension"): State.UPHELD,
}


class Ground(TextChoices):
    """Why a member reports a profile, and why staff hold somebody back."""

    IDENTITY = "identity", "Not the person the profile names"
    LICENCE = "licence", "No right to practise, or a licence misstated"
    UNTRUE = "untrue", "Says something that is not true"
    CONDUCT = "conduct", "Unprofessional conduct"
    CONFIDENCE = "confidence", "Breaks somebody's confidence"
    ADVERTISING = "advertising", "Advertises, or solicits"
    OTHER = "other", "Something else"


WORDS_LIMIT = 2000
