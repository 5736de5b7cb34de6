import sys
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count

from network.privacy.keys import new_key, ring
from network.privacy.keystore.models import DestroyedKey, WrappedKey
from network.privacy.sealed.everything import (
    look_at_all,
    needed_of_the_ring,
    rotation,
)

MARKS = frozenset(":, \t'\"")
DOINGS = {
    "list": "which keys there are, and in how many rows each is needed",
    "add": "print a new key for the ring",
    "rotate": "seal everything by the first key of the ring",
    "verify": "open everything; name what does not open, and exit 1",
}


class Command(BaseCommand):
    help = "The ring of CONSILIUM_KEYS, and the data keys of the keystore."

    def add_arguments(self, parser: CommandParser) -> None:
        doings = parser.add_subparsers(dest="doing", required=True)
        for name, what in DOINGS.items():
            doing = doings.add_parser(name, help=what)
            if name == "add":
                doing.add_argument("id", help="its name, such as 2026-11")

    def handle(self, *args: object, doing: str, **options: object) -> None:
        does: dict[str, Callable[[], None]] = {
            "list": self.list_them,
            "add": lambda: self.add(str(options["id"])),
            "rotate": self.rotate,
            "verify": self.verify,
        }
        does[doing]()

    def list_them(self) -> None:
        for line in _ring_lines():
            self.stdout.write(line)
        for line in _data_key_lines():
            self.stdout.write(line)

    def add(self, name: str) -> None:
        """The key alone goes where a script can take it; what to do with it, beside."""
        if not name or MARKS & set(name):
            raise CommandError("A key's name has no colons, commas, quotes or spaces.")
        if name in ring().keys:
            raise CommandError(f"The ring has a key named {name}: choose another name.")
        self.stdout.write(new_key(name))
        place = "CONSILIUM_KEYS" if settings.CONSILIUM_KEYS else str(settings.KEYS_PATH)
        self.stderr.write(
            f"Put it into {place}, after the keys that are there, with a comma between;"
            " restart everything. Then put it first, restart everything again, and run"
            " `manage.py keys rotate`. An older key may go when `manage.py keys list`"
            " says that it seals nothing. Keep a copy apart from every backup."
        )

    def rotate(self) -> None:
        total = 0
        for moved in rotation():
            total += moved.done
            self.stdout.write(f"{total} sealed anew, now in {moved.holding}")
            self.stdout.flush()
        self.stdout.write(f"all is sealed by {ring().primary.id}; {total} were not")

    def verify(self) -> None:
        found = 0
        for look in look_at_all():
            for fault in look.faults:
                self.stdout.write(str(fault))
            self.stdout.write(
                f"{look.holding}: {look.opened} open, {len(look.faults)} do not,"
                f" {look.destroyed} are destroyed"
            )
            found += len(look.faults)
        if found:
            sys.exit(1)


def _ring_lines() -> Iterator[str]:
    """Never a key: its name, and in how many rows it is needed."""
    needed = needed_of_the_ring()
    known = list(ring().keys)
    strangers = {name for counts in needed.values() for name in counts} - set(known)
    for name in [*known, *sorted(strangers)]:
        counted = ((column, counts[name]) for column, counts in needed.items())
        where = [f"{column} {count}" for column, count in counted if count]
        yield f"ring {name}{_rank(name)}: {', '.join(where) or 'seals nothing'}"


def _rank(name: str) -> str:
    if name not in ring().keys:
        return " (MISSING)"
    return " (first)" if name == ring().primary.id else ""


def _data_key_lines() -> Iterator[str]:
    months = WrappedKey.objects.values("month").annotate(count=Count("pk"))
    for row in months.order_by("month"):
        yield f"data keys {row['month']:%Y-%m}: {row['count']}"
    yield f"data keys destroyed: {DestroyedKey.objects.count()}"
