from django.core.management.base import BaseCommand

from network.privacy import actions


class Command(BaseCommand):
    help = "Destroy again what was destroyed: before serving, after any restore."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{actions.replay_destroyed_keys()} keys destroyed again")
