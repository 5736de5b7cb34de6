from django.core.management.base import BaseCommand, CommandParser

from network.privacy.keys import new_key


class Command(BaseCommand):
    help = "Print a new key for CONSILIUM_KEYS; put it before the older ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", help="its name, without colons: 2026-11")

    def handle(self, *args: object, id: str, **options: object) -> None:
        self.stdout.write(new_key(id))
