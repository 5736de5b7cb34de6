from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from network.accounts.actions.staff import the_operator
from network.accounts.management.account_command import AccountCommand
from network.clinicians import vocabulary
from network.clinicians.actions.membership import admit_member
from network.clinicians.models import Clinician


class Command(AccountCommand):
    help = "Make a member with a confirmed address; run again, it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--verified", action="store_true", help="she may search")
        parser.add_argument("--name", default="", help="else from the address")
        parser.add_argument("--profession", default="psychologist")
        parser.add_argument(
            "--password", default="", help="other users of the machine may see it"
        )

    @transaction.atomic
    def handle(self, *, email: str, **options: str) -> None:
        if options["profession"] not in vocabulary.slugs("professions"):
            known = ", ".join(sorted(vocabulary.slugs("professions")))
            raise CommandError(f"The professions are: {known}.")
        user = self.account(
            email,
            from_stdin=bool(options["password_stdin"]),
            given=str(options["password"]),
        )
        clinician = admit_member(
            user,
            name=options["name"] or _name_of(email),
            profession=options["profession"],
            verified_by=the_operator() if options["verified"] else None,
        )
        self.stdout.write(_said(clinician, email))


def _name_of(email: str) -> str:
    words = email.partition("@")[0].replace(".", " ").replace("_", " ")
    return words.title()


def _said(clinician: Clinician, email: str) -> str:
    state = "verified" if clinician.is_verified else "not verified"
    return f"{clinician.display_name} ({email}) is a member, {state}."
