"""What travels through Valkey: names of channels and frames without a content."""

PREFIX = "live:"
# A person's id on it: look again whether her sockets may stay.
CONTROL = f"{PREFIX}control"


def of_person(person: str) -> str:
    return f"{PREFIX}person:{person}"


def of_room(room: str) -> str:
    return f"{PREFIX}room:{room}"
