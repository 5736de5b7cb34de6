"""The criteria that name terms of the vocabulary, as the find page lays them out."""

from dataclasses import dataclass

WISHES = ("must", "prefer")
WITH_AVOID = (*WISHES, "avoid")
WISH_WORDS = {"must": "must", "prefer": "prefer", "avoid": "not"}


@dataclass(frozen=True)
class Criterion:
    """One key of the need; `many` holds a list of terms, otherwise one."""

    name: str
    label: str
    vocabulary: str
    many: bool = False
    deep: bool = False
    wishes: tuple[str, ...] = WITH_AVOID
    add: str = ""


CRITERIA = {
    criterion.name: criterion
    for criterion in (
        Criterion(
            "specialties", "Specialty", "specialties", True, True, add="Add a specialty"
        ),
        Criterion(
            "approaches", "Approach", "approaches", True, True, add="Add an approach"
        ),
        Criterion("age_group", "Age", "age_groups"),
        Criterion("participants", "Who comes", "participants"),
        Criterion("gender", "Gender", "genders"),
        Criterion(
            "languages", "Language", "languages", many=True, add="Add a language"
        ),
        Criterion(
            "communities", "Community", "communities", many=True, add="Add a community"
        ),
        Criterion("faith", "Faith", "faiths"),
        Criterion("risk", "Risk", "risks", many=True, add="Add a risk"),
        Criterion("level_of_care", "Level of care", "levels_of_care"),
        Criterion("format", "Format", "formats"),
    )
}
MANY = tuple(c for c in CRITERIA.values() if c.many)
ONE = tuple(c for c in CRITERIA.values() if not c.many)
