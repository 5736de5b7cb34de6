"""Who acts: the kinds of actor that the trail knows."""

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

if TYPE_CHECKING:
    from network.accounts.models import User


class ActorKind(enum.StrEnum):
    CLINICIAN = "clinician"
    LINK = "link"
    CLIENT = "client"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """A kind and a public id; the trail keeps both when the person is gone."""

    kind: ActorKind
    id: str = ""

    @classmethod
    def of(cls, user: "User | AnonymousUser") -> "Actor":
        """The signed-in person; nobody signed in acts by the system's own forms."""
        if isinstance(user, AnonymousUser):
            return cls.system()
        return cls(ActorKind.CLINICIAN, str(user.public_id))

    @classmethod
    def by_link(cls, user: "User") -> "Actor":
        """She did not sign in: whoever has the link from her mail acts for her."""
        return cls(ActorKind.LINK, str(user.public_id))

    @classmethod
    def of_client(cls, link: UUID) -> "Actor":
        """A client has no account: one of her parties acts, by a link and its code."""
        return cls(ActorKind.CLIENT, str(link))

    @classmethod
    def staff(cls, user: "User") -> "Actor":
        return cls(ActorKind.STAFF, str(user.public_id))

    @classmethod
    def system(cls) -> "Actor":
        return cls(ActorKind.SYSTEM)
