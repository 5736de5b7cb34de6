"""What the commands that make an account share: its password, and what they say."""

import sys

from django.core.management.base import BaseCommand, CommandParser

from network.accounts.actions.staff import Standing, take_in
from network.accounts.models import User
from network.accounts.passwords import checked, generated

SAID = {
    Standing.CONFIRMED: "",
    Standing.NEW: "",
    Standing.TAKEN_OVER: (
        "Somebody had signed up with this address and never confirmed it: her password,"
        " sessions and tokens open nothing any more."
    ),
}


class AccountCommand(BaseCommand):
    """An operator who runs it vouches for the address."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password from standard input; else one is printed, once",
        )

    def account(self, email: str, *, from_stdin: bool, given: str = "") -> User:
        if from_stdin:
            given = checked(sys.stdin.readline().rstrip("\n"))
        password = checked(given) if given else generated()
        user, standing = take_in(email, password)
        self._tell(standing, given, password)
        return user

    def _tell(self, standing: Standing, given: str, password: str) -> None:
        if said := SAID[standing]:
            self.stdout.write(said)
        if standing is Standing.CONFIRMED and given:
            self.stdout.write("There is an account already: its password stays.")
        if standing is not Standing.CONFIRMED and not given:
            self.stdout.write(f"Password, shown this once: {password}")
