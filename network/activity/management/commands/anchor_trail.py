from django.core.management.base import BaseCommand

from network.activity.anchors import write_anchor


class Command(BaseCommand):
    help = "Seal all chains of the trail as they stand now, outside the database."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(str(write_anchor()))
