"""Pseudonyms for clients: drawn by lot, so that nothing leads back from one."""

import secrets
import tomllib
from collections.abc import Container
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("data") / "handle_words.toml"
NUMBERS = range(10, 100)


def new_handle(taken: Container[str]) -> str:
    """ "Blue Heron 42": one that its owner has not given yet."""
    while (handle := _drawn()) in taken:
        pass
    return handle


def _drawn() -> str:
    colours, animals = _words()
    words = secrets.choice(colours), secrets.choice(animals)
    return f"{words[0]} {words[1]} {secrets.choice(NUMBERS)}"


@cache
def _words() -> tuple[list[str], list[str]]:
    lists = tomllib.loads(WORDS.read_text())
    return lists["colours"], lists["animals"]
