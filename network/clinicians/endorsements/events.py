"""What happens to endorsements, in the past tense."""

from enum import StrEnum


class EndorsementEvent(StrEnum):
    GIVEN = "endorsement.given"
    RENEWED = "endorsement.renewed"
    WITHDRAWN = "endorsement.withdrawn"
    HIDDEN = "endorsement.hidden"
    SHOWN = "endorsement.shown"
