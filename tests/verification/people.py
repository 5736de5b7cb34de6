"""People whose claims wait for staff, made by the actions of the product."""

from datetime import date, timedelta
from io import BytesIO

from PIL import Image

from network.accounts.models import User
from network.activity.models import Event
from network.clinicians.actions.decisions import Finding, decide
from network.clinicians.actions.licences import (
    LicenceClaim,
    PrivilegeClaim,
    claim_licences,
    claim_privileges,
)
from network.clinicians.actions.membership import admit_member
from network.clinicians.models import Clinician, Licence, Privilege
from tests.factories import a_user

VERIFY = Finding("verify", checked=("number", "end"), source="board")
REJECT = Finding("reject", ground="not-found")
HOLD = Finding("hold", ground="board-action")
ASK = Finding("ask", ground="number")


def somebody_waiting(name: str = "Ivy Waits", *, npi: str = "") -> Clinician:
    """Unverified, with an account, a licence and perhaps an NPI."""
    person = admit_member(a_user(), name=name, profession="psychologist")
    Clinician.objects.filter(pk=person.pk).update(npi=npi)
    say_licence(person, "NY", "1")
    return again(person)


def say_licence(
    person: Clinician, state: str, number: str, ends: date | None = None
) -> Licence:
    """Beside those she has said already."""
    said = [
        LicenceClaim(one.state, one.type, one.number, one.expires_on)
        for one in person.licences.all()
    ]
    claim_licences(
        person, [*said, LicenceClaim(state, "PhD", number, ends)], by=user_of(person)
    )
    return person.licences.get(state=state, number=number, expires_on=ends)


def say_privilege(person: Clinician, ends: date) -> Privilege:
    begins = ends - timedelta(days=365)
    claim = PrivilegeClaim("psypact-apit", "PA", ("*",), begins, ends)
    claim_privileges(person, [claim], by=user_of(person))
    return person.privileges.get()


def decided(claim: Licence | Privilege, finding: Finding, by: User) -> None:
    kind = "licence" if isinstance(claim, Licence) else "privilege"
    decide(again(claim.clinician), [f"{kind}:{claim.pk}"], finding, by=by)
    claim.refresh_from_db()


def again(person: Clinician) -> Clinician:
    return Clinician.objects.select_related("user").get(pk=person.pk)


def user_of(person: Clinician) -> User:
    assert person.user is not None
    return person.user


def verbs(person: Clinician) -> list[str]:
    return [event.verb for event in Event.objects.about(person)]


def a_png(size: tuple[int, int] = (3, 2)) -> bytes:
    file = BytesIO()
    Image.new("1", size).save(file, "PNG")
    return file.getvalue()


def a_photograph(note: str) -> bytes:
    """A JPEG that says where it was taken."""
    image = Image.new("RGB", (4, 4), "teal")
    exif = image.getexif()
    exif[0x010E] = note
    file = BytesIO()
    image.save(file, "JPEG", exif=exif, comment=note.encode())
    return file.getvalue()
