import sys

from django.core.management.base import BaseCommand, CommandParser

from network.accounts.actions.staff import appoint_staff, open_account
from network.accounts.models import User
from network.accounts.passwords import checked, generated


class Command(BaseCommand):
    help = "Make a staff member: the first one vouches for the others."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password from standard input; else one is printed, once",
        )

    def handle(self, *, email: str, password_stdin: bool, **options: object) -> None:
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            given = sys.stdin.readline().rstrip("\n") if password_stdin else ""
            password = checked(given) if given else generated()
            user = open_account(email, password)
            if not given:
                self.stdout.write(f"Password, shown this once: {password}")
        if user.is_staff:
            self.stdout.write(f"{user.email} is a staff member already.")
            return
        appoint_staff(user)
        self.stdout.write(f"{user.email} is a staff member now.")
