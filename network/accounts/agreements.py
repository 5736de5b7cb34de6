"""The agreements in force: a new version is a new day, and is asked for again."""

from dataclasses import dataclass

from network.accounts.models import User


@dataclass(frozen=True)
class Agreement:
    """Its text is templates/agreements/<slug>/<version>.html; old ones stay there."""

    slug: str
    title: str
    version: str

    @property
    def template(self) -> str:
        return f"agreements/{self.slug}/{self.version}.html"


TERMS = Agreement("terms", "Terms of use", "2026-11-22")
PRIVACY = Agreement("privacy", "Privacy notice", "2026-11-22")
IN_FORCE = (TERMS, PRIVACY)


def stamp() -> str:
    """What is in force today, in one line: an account keeps the one it agreed to."""
    return " ".join(f"{each.slug} {each.version}" for each in IN_FORCE)


def has_agreed(user: User) -> bool:
    return user.agreed_to == stamp()
