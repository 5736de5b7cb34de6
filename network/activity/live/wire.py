"""What travels through Valkey: names of channels and frames without a content."""

from collections.abc import Iterable, Iterator, Sequence

PREFIX = "live:"
# A person's id on it: look again whether her sockets may stay.
CONTROL = f"{PREFIX}control"
# Ids of people, and a frame that each of them is told. One channel for all: every
# process hears of everybody, which costs less than a channel for each, heard or not.
PEOPLE = f"{PREFIX}people"
# What is said in several rooms at once, a line each: a command and an answer for all of
# them. Whoever has nobody in a room passes over its line.
ROOMS = f"{PREFIX}rooms"


def addressed(people: Iterable[str], said: str) -> str:
    return f"{','.join(people)} {said}"


def addressees(heard: str) -> tuple[Sequence[str], str]:
    """What `addressed` made, taken apart."""
    people, _, said = heard.partition(" ")
    return people.split(","), said


def gathered(said: Iterable[tuple[str, str]]) -> str:
    """Of each a room and what is said there, on one line."""
    return "\n".join(f"{room} {hers}" for room, hers in said)


def scattered(heard: str) -> Iterator[tuple[str, str]]:
    """What `gathered` made, taken apart."""
    for line in heard.split("\n"):
        room, _, said = line.partition(" ")
        yield room, said


def of_room(room: str) -> str:
    return f"{PREFIX}room:{room}"
