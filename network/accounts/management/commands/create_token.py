from django.core.management.base import BaseCommand, CommandError, CommandParser

from network.accounts.actions.staff import has_confirmed_address
from network.accounts.actions.tokens import make_token
from network.accounts.models import Scope, User


class Command(BaseCommand):
    help = "Make a personal token for a member and print it, this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="made by an operator")
        parser.add_argument("--days", type=int, default=90)
        parser.add_argument("--scope", choices=Scope.values, default=Scope.READ)

    def handle(
        self, *, email: str, name: str, days: int, scope: str, **options: object
    ) -> None:
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            raise CommandError(f"Nobody has the address {email}.")
        if not has_confirmed_address(user):
            raise CommandError(f"Nobody has confirmed the address {email} yet.")
        self.stdout.write(make_token(user, name=name, days=days, scope=scope))
