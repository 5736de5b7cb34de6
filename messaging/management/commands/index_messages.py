from django.core.management.base import BaseCommand

from messaging.actions.indexing import index_messages


class Command(BaseCommand):
    help = "Makes messages findable that were kept before there was a search."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{index_messages()} messages indexed")
