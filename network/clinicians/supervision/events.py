"""What happens between associates and supervisors, in the past tense."""

from enum import StrEnum


class SupervisionEvent(StrEnum):
    ASKED = "supervision.asked"
    CONFIRMED = "supervision.confirmed"
    DECLINED = "supervision.declined"
    WITHDRAWN = "supervision.withdrawn"
    LIMITED = "supervision.limited"
    ENDED = "supervision.ended"
