"""What a staff member is there for, and what each role may do: data, no code."""

from django.db.models import TextChoices


class Role(TextChoices):
    VERIFIER = "verifier", "Verifier"
    MODERATOR = "moderator", "Moderator"
    ADMINISTRATOR = "administrator", "Administrator"


ABOUT = {
    Role.VERIFIER: "looks at licences and evidence, and invites people",
    Role.MODERATOR: "answers reports, suspends and reinstates",
    Role.ADMINISTRATOR: "all of it, and sign-ins, roles and the trail",
}
VERIFIES = frozenset({"verify", "invite"})
MODERATES = frozenset({"suspend", "reinstate", "moderate"})
ADMINISTERS = frozenset(
    {
        "appoint",
        "deactivate",
        "reactivate",
        "end sessions",
        "start a password reset",
        "forget factors",
        "read the trail",
        "set the mode",
        "hold",
    }
)
POWERS: dict[str, frozenset[str]] = {
    Role.VERIFIER: VERIFIES,
    Role.MODERATOR: MODERATES,
    Role.ADMINISTRATOR: VERIFIES | MODERATES | ADMINISTERS,
}
