import io
import json
import sys
from collections.abc import Iterator

from django.core.management.base import BaseCommand

from network.privacy.guard import guard


class Command(BaseCommand):
    help = (
        "Read lines of text, and print for each a line of JSON with the words that "
        "could tell who somebody is. Nothing of the text is kept."
    )

    def handle(self, *args: object, **options: object) -> None:
        for line in lines():
            found = {"spans": [one._asdict() for one in guard(line)]}
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            self.stdout.flush()


def lines() -> Iterator[str]:
    """As they came: only a line feed ends one, so that offsets stay true."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    for line in sys.stdin:
        yield line.removesuffix("\n").removesuffix("\r")
