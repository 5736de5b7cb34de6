from django.core.management.base import BaseCommand

from network.accounts.push.keys import new_key, public_of


class Command(BaseCommand):
    help = "Print a new pair for web push: the private half is VAPID_PRIVATE_KEY."

    def handle(self, *args: object, **options: object) -> None:
        private = new_key()
        self.stdout.write(f"VAPID_PRIVATE_KEY={private}")
        self.stdout.write(
            f"# its public half, which browsers are given: {public_of(private)}"
        )
