from django.core.management.base import BaseCommand

from messaging.actions.epochs import renew_epochs


class Command(BaseCommand):
    help = "Makes clients read every log anew: before serving, after any restore."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{renew_epochs()} logs begin anew")
