"""What travels through Valkey: names of channels and frames without a content."""

from collections.abc import Iterable, Sequence

PREFIX = "live:"
# A person's id on it: look again whether her sockets may stay.
CONTROL = f"{PREFIX}control"
# Ids of people, and a frame that each of them is told. One channel for all: every
# process hears of everybody, which costs less than a channel for each, heard or not.
PEOPLE = f"{PREFIX}people"


def addressed(people: Iterable[str], said: str) -> str:
    return f"{','.join(people)} {said}"


def addressees(heard: str) -> tuple[Sequence[str], str]:
    """What `addressed` made, taken apart."""
    people, _, said = heard.partition(" ")
    return people.split(","), said


def of_room(room: str) -> str:
    return f"{PREFIX}room:{room}"
