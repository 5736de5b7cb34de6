"""Give the people of the demonstration a few clients."""

from typing import Any

from django.core.management.base import BaseCommand

from network.clients.demo import consult


class Command(BaseCommand):
    help = "Add a few clients for the people that load_demo loads."

    def handle(self, *args: Any, **options: Any) -> None:
        consult()
