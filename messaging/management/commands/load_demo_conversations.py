"""Let the people of the demonstration write to each other."""

from typing import Any

from django.core.management.base import BaseCommand

from messaging.demo import converse


class Command(BaseCommand):
    help = "Begin a few conversations among the people that load_demo loads."

    def handle(self, *args: Any, **options: Any) -> None:
        converse()
