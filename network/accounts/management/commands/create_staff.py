from django.db import transaction

from network.accounts.actions.staff import appoint_staff
from network.accounts.management.account_command import AccountCommand
from network.accounts.roles import Role


class Command(AccountCommand):
    help = "Make an administrator: the first one appoints the other staff."

    @transaction.atomic
    def handle(self, *, email: str, password_stdin: bool, **options: object) -> None:
        user = self.account(email, from_stdin=password_stdin)
        if Role.ADMINISTRATOR in user.roles:
            self.stdout.write(f"{user.email} is an administrator already.")
            return
        appoint_staff(user)
        self.stdout.write(f"{user.email} is an administrator now.")
