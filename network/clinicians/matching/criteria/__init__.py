"""The criteria of a need, as one table: another one is one more entry here."""

from collections.abc import Mapping

from network.clinicians.matching.criteria.acuity import Acuity
from network.clinicians.matching.criteria.criterion import (
    Criterion,
    points,
    points_sql,
)
from network.clinicians.matching.criteria.listed import Graded, Listed, Near, Spoken
from network.clinicians.matching.criteria.openings import Openings
from network.clinicians.matching.criteria.payment import Payment
from network.clinicians.matching.criteria.place import Place

__all__ = ["CRITERIA", "Criterion", "points", "points_sql"]

_TABLE: tuple[Criterion, ...] = (
    Graded("specialties", refusals="specialties", region="specialties"),
    Graded("approaches", region="approaches"),
    Acuity("acuity"),
    Listed("age_group", refusals="age_groups", region="age_groups", yes="Sees: {}"),
    Listed(
        "participants", refusals="participants", region="participants", yes="Sees: {}"
    ),
    Listed("gender", region="genders", no="Not listed as {}"),
    Spoken("languages", region="languages"),
    Listed("communities", region="communities", yes="At home with: {}"),
    Listed("faith", region="faiths", yes="Faith: {}"),
    Place("place"),
    Openings("openings"),
    Payment("payment"),
    Listed("risk", refusals="risks", region="risks", yes="Works with: {}"),
    Listed("level_of_care", region="levels_of_care", yes="Offers: {}"),
    Listed("format", region="formats", yes="Offers: {}", no="Does not offer: {}"),
    Near("style", region="styles"),
)
CRITERIA: Mapping[str, Criterion] = {one.name: one for one in _TABLE}
