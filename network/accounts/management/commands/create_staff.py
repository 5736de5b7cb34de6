from django.db import transaction

from network.accounts.actions.staff import appoint_staff
from network.accounts.management.account_command import AccountCommand


class Command(AccountCommand):
    help = "Make a staff member: the first one vouches for the others."

    @transaction.atomic
    def handle(self, *, email: str, password_stdin: bool, **options: object) -> None:
        user = self.account(email, from_stdin=password_stdin)
        if user.is_staff:
            self.stdout.write(f"{user.email} is a staff member already.")
            return
        appoint_staff(user)
        self.stdout.write(f"{user.email} is a staff member now.")
