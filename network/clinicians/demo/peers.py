"""What the people of the demonstration are to each other: by their own actions."""

from network.accounts.models import User
from network.clinicians.actions.endorsements import Claim, endorse
from network.clinicians.actions.supervision import (
    Limits,
    ask_supervision,
    confirm_supervision,
)
from network.clinicians.models import Clinician

_ENDORSED = (
    ("dana", "ben", Claim("ocd", "consulted", 2021, 2025)),
    ("eli", "ben", Claim("anxiety-general", "co-treated", 2023, 2025)),
    ("ana", "ben", Claim("ocd", "co-treated", 2022, 2024)),
    ("ben", "dana", Claim("ptsd", "consulted", 2021, 2025)),
    ("fay", "dana", Claim("ptsd", "supervised", 2025, 2026)),
)


def introduce() -> None:
    """Fay works under Dana, and some know each other's work."""
    fay, dana = _clinician("fay"), _clinician("dana")
    limits = Limits(acuity_max=2, refused_risks=["active-sud"], clients_max=8)
    supervision = ask_supervision(fay, dana, by=_user(fay))
    confirm_supervision(supervision, limits, by=_user(dana))
    for giver, taker, claim in _ENDORSED:
        endorser = _clinician(giver)
        endorse(endorser, _clinician(taker), claim, by=_user(endorser))


def _clinician(key: str) -> Clinician:
    return Clinician.objects.select_related("user").get(external_id=f"cast-{key}")


def _user(clinician: Clinician) -> User:
    return User.objects.get(clinician=clinician)
