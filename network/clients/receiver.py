"""To whom something of a client goes: a colleague here, or a guest by link."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from network.clinicians.models import Clinician


class ReceiverKind(models.TextChoices):
    CLINICIAN = "clinician", "A colleague in this network"
    GUEST = "guest", "Somebody outside it, by link"


@dataclass(frozen=True)
class Receiver:
    """By kind and public id: what was agreed to outlives the receiver's account."""

    kind: ReceiverKind
    id: UUID
    name: str = field(compare=False)

    @classmethod
    def of(cls, clinician: Clinician) -> "Receiver":
        return cls(ReceiverKind.CLINICIAN, clinician.public_id, clinician.display_name)

    @property
    def columns(self) -> dict[str, Any]:
        """As a row keeps it."""
        kept = {"kind": self.kind, "id": self.id, "name": self.name}
        return {f"receiver_{part}": value for part, value in kept.items()}

    @classmethod
    def guest(cls, public_id: UUID, name: str) -> "Receiver":
        return cls(ReceiverKind.GUEST, public_id, name)


def receiver_of(to: "Clinician | Receiver") -> Receiver:
    return to if isinstance(to, Receiver) else Receiver.of(to)
