from django.core.management.base import BaseCommand

from network.privacy import actions


class Command(BaseCommand):
    help = "Seal every encrypted text by the first key of CONSILIUM_KEYS."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{actions.rotate()} texts sealed anew")
