"""A pasted list of addresses, line by line, with what is wrong with each."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from network.clinicians.actions.invitations import is_here

MOST = 200


@dataclass(frozen=True)
class Row:
    """One line as it was pasted; an address, or what is wrong."""

    number: int
    text: str
    email: str = ""
    problem: str = ""


def read(pasted: str) -> list[Row]:
    found = [line.strip() for line in pasted.replace(",", "\n").splitlines()]
    return list(_rows([line for line in found if line][: MOST + 1]))


def _rows(texts: list[str]) -> Iterator[Row]:
    seen: set[str] = set()
    for number, text in enumerate(texts, start=1):
        email = parseaddr(text)[1].lower()
        if problem := _problem(number, email, seen):
            yield Row(number, text, problem=problem)
        else:
            yield Row(number, text, email=email)
        seen.add(email)


def _problem(number: int, email: str, seen: set[str]) -> str:
    if number > MOST:
        return f"More than {MOST} at once: send these first, then the others."
    if not _is_address(email):
        return "This is no e-mail address."
    if email in seen:
        return "This address stands above already."
    return "Somebody signs in with this address already." if is_here(email) else ""


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
