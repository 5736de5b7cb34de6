"""Settings in one place: each page of them is one line here and nowhere else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from home import states
from home.requests import PersonRequest
from network.clinicians.requests import VisitorRequest

SECTION = "clinicians:profile_section"


@dataclass(frozen=True)
class Setting:
    """`state` says in words how it stands at present."""

    label: str
    icon: str
    route: str
    state: Callable[[PersonRequest], str]
    section: str = ""

    @property
    def address(self) -> str:
        return reverse(self.route, args=[self.section] if self.section else None)


@dataclass(frozen=True)
class Group:
    """`is_for_all` but for what only somebody with a profile has."""

    label: str
    settings: tuple[Setting, ...]
    is_for_all: bool = True


GROUPS = (
    Group(
        "You among colleagues",
        (
            Setting("Profile", "user-round", "clinicians:profile", states.profile),
            Setting("Openings", "calendar-check", SECTION, states.openings, "openings"),
            Setting(
                "Verification",
                "badge-check",
                "clinicians:own_verification",
                states.verification,
            ),
            Setting(
                "Supervision",
                "users-round",
                "clinicians:supervision",
                states.supervision,
            ),
            Setting(
                "Endorsements",
                "handshake",
                "clinicians:endorsements",
                states.endorsements,
            ),
            Setting("Presence", "eye", "home:presence", states.presence),
            Setting("Blocks", "ban", "clinicians:blocks", states.blocks),
            Setting("Conflicts", "user-x", "clinicians:conflicts", states.conflicts),
            Setting(
                "Word from staff",
                "shield-check",
                "clinicians:standing",
                states.standing,
            ),
        ),
        is_for_all=False,
    ),
    Group(
        "Signing in",
        (
            Setting("E-mail addresses", "mail", "account_email", states.addresses),
            Setting(
                "Password", "key-round", "account_change_password", states.password
            ),
            Setting(
                "Second factor",
                "fingerprint-pattern",
                "mfa_index",
                states.second_factor,
            ),
            Setting("Sessions", "monitor", "accounts:sessions", states.sessions),
            Setting("Tokens", "terminal", "accounts:tokens", states.tokens),
        ),
    ),
    Group(
        "How it behaves",
        (
            Setting(
                "Notifications", "bell", "home:notifications", states.notifications
            ),
            Setting(
                "Language and time zone", "globe", "home:language", states.language
            ),
            Setting("Appearance", "sun-moon", "home:appearance", states.appearance),
        ),
    ),
    Group(
        "Your rights",
        (
            Setting(
                "Privacy and agreements",
                "scroll-text",
                "home:accepted",
                states.agreements,
            ),
            Setting("Your data", "download", "home:data", states.data),
            Setting("Close the account", "door-closed", "home:closing", states.closing),
        ),
    ),
)


def groups_for(request: VisitorRequest) -> list[Group]:
    """Staff need have no profile: then there is nothing of it to set."""
    return [group for group in GROUPS if group.is_for_all or request.clinician]


def overview(request: PersonRequest) -> Iterator[dict[str, object]]:
    """Her groups with every setting and its present state."""
    for group in groups_for(request):
        rows = [(setting, setting.state(request)) for setting in group.settings]
        yield {"label": group.label, "rows": rows}
