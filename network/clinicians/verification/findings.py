"""What staff may find of a claim, in codes: the trail keeps these, never words."""

from django.db.models import TextChoices


class Rejected(TextChoices):
    NOT_FOUND = "not-found", "The register of the board does not have it"
    SOMEBODY_ELSE = "somebody-else", "It is somebody else’s"
    OTHER_KIND = "other-kind", "It is of another kind than stated"
    ENDED = "ended", "It has ended"
    NOT_SHOWN = "not-shown", "What was asked for did not come"


class Held(TextChoices):
    BOARD_ACTION = "board-action", "The board has taken action"
    RESTRICTED = "restricted", "It is restricted or on probation"
    IN_DOUBT = "in-doubt", "There is reason to doubt it"


class Asked(TextChoices):
    NUMBER = "number", "The number"
    END = "end", "The day on which it ends"
    NAME = "name", "The name: it differs from the register’s"
    NPI = "npi", "The NPI: it is not the one of the registry, or another’s"
    EVIDENCE = "evidence", "Something that shows it: a link or a copy"


class Checked(TextChoices):
    NAME = "name", "name"
    NUMBER = "number", "number"
    KIND = "kind", "kind"
    END = "end", "end"
    DISCIPLINE = "discipline", "discipline"
    NPI = "npi", "NPI"


class Source(TextChoices):
    BOARD = "board", "the state board’s own register"
    COMPACT = "compact", "the compact’s own register"
    REGISTRY = "registry", "the national provider registry"
    TELEPHONE = "telephone", "a call to the board"
    EVIDENCE = "evidence", "what was attached"


# What each decision has to give as its ground.
GROUNDS: dict[str, type[TextChoices]] = {
    "reject": Rejected,
    "hold": Held,
    "ask": Asked,
}


def ground_label(verb: str, code: str) -> str:
    grounds = GROUNDS.get(verb)
    return dict(grounds.choices).get(code, "") if grounds else ""
