"""Evidence: what may be attached, who may open it, and when it goes."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from network.accounts.models import User
from network.activity.models import Event
from network.clinicians.actions.evidence import (
    MOST,
    EnoughError,
    attach_evidence,
    discard_old_evidence,
    open_evidence,
    remove_evidence,
)
from network.clinicians.actions.licences import LicenceClaim, claim_licences
from network.clinicians.models import Clinician, Evidence, EvidenceFile
from network.clinicians.verification.files import LARGEST, read_file
from network.privacy.files import Kind, RefusedFileError, Screened
from tests.conftest import signed_in
from tests.verification.people import (
    REJECT,
    VERIFY,
    a_photograph,
    a_png,
    again,
    decided,
    somebody_waiting,
    user_of,
    verbs,
)

pytestmark = pytest.mark.django_db
A_PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture
def person() -> Clinician:
    return somebody_waiting()


def key_of(person: Clinician) -> str:
    return f"licence:{person.licences.get().pk}"


def two_in_one() -> bytes:
    file, pictures = BytesIO(), [Image.new("RGB", (20, 20)) for _ in range(2)]
    pictures[0].save(file, "MPO", save_all=True, append_images=pictures[1:])
    return file.getvalue()


def attached(person: Clinician, content: bytes = A_PDF) -> Evidence:
    file = read_file(content)
    return attach_evidence(person, key_of(person), "", file, by=user_of(person))


def sent(person: Clinician, content: bytes, name: str = "a.png") -> tuple[int, str]:
    page = reverse("clinicians:claim_evidence", args=[key_of(person)])
    file = SimpleUploadedFile(name, content, "image/png")
    answer = signed_in(person).post(page, {"file": file})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("content", [A_PDF, a_png(), a_photograph("x")])
def test_a_pdf_or_an_image_is_kept_with_its_hash(
    person: Clinician, content: bytes
) -> None:
    assert sent(person, content)[0] == 302
    evidence = Evidence.objects.get()
    kept = open_evidence(evidence, by=user_of(person))
    assert evidence.sha256 == hashlib.sha256(kept).hexdigest()
    assert evidence.size == len(kept)
    assert verbs(person)[-1] == "evidence.attached"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (HTML, "a web page"),
        (a_png()[:20], "damaged"),
        (b"\x89PNG\r\n\x1a\n" + HTML, "damaged"),
        (b"GIF89a" + bytes(100), "save it as JPEG or PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a drawing"),
        (b"plain words", "no JPEG, PNG or PDF"),
        (b"", "empty"),
        (b"%PDF-" + bytes(LARGEST), "larger than 5 MB"),
    ],
)
def test_what_only_claims_to_be_one_is_refused(
    person: Clinician, content: bytes, words: str
) -> None:
    status, page = sent(person, content)
    assert (status, Evidence.objects.count()) == (422, 0)
    assert words in page


def test_an_image_of_too_many_pixels_is_refused_before_it_is_drawn() -> None:
    with pytest.raises(RefusedFileError, match="pixels"):
        read_file(a_png((7000, 6000)))


def test_an_image_loses_where_it_was_taken() -> None:
    note = "12 Elm Street"
    original = a_photograph(note)
    assert note.encode() in original
    assert note.encode() not in read_file(original).content


def test_of_a_telephones_two_pictures_in_one_the_first_is_kept() -> None:
    kept = read_file(two_in_one())

    assert kept.kind == Kind.JPEG
    assert Image.open(BytesIO(kept.content)).format == "JPEG"


def test_what_hides_behind_an_image_is_gone() -> None:
    assert HTML not in read_file(a_png() + HTML).content


def test_a_file_is_sealed_in_the_database(person: Clinician) -> None:
    attached(person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM clinicians_evidencefile")
        [(content,)] = cursor.fetchall()
    assert content.startswith("v1:")
    assert "JVBERi0x" not in content  # %PDF-1 in base64


def test_a_file_is_downloaded_and_runs_nothing(person: Clinician) -> None:
    evidence = attached(person)
    page = reverse("clinicians:evidence", args=[evidence.public_id])
    answer = signed_in(person).get(page)
    assert answer.content == A_PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("staff", 200), ("cleo", 404), ("finn", 404), ("moderator", 404)],
)
def test_its_owner_and_verifiers_open_it_and_nobody_else(
    who: str, status: int, person: Clinician, request: pytest.FixtureRequest
) -> None:
    evidence = attached(person)
    actor = person if who == "owner" else request.getfixturevalue(who)
    page = reverse("clinicians:evidence", args=[evidence.public_id])

    assert signed_in(actor).get(page).status_code == status

    opened = Event.objects.about(person).filter(verb="evidence.opened")
    assert [event.why for event in opened] == ["verification"] * (who == "staff")


@pytest.fixture
def moderator(staff: User) -> User:
    User.objects.filter(pk=staff.pk).update(roles=["moderator"])
    return User.objects.get(pk=staff.pk)


def test_a_visitor_is_asked_to_sign_in(person: Clinician) -> None:
    page = reverse("clinicians:evidence", args=[attached(person).public_id])
    assert Client().get(page).status_code == 302


def test_nobody_attaches_to_or_takes_from_another(
    person: Clinician, cleo: Clinician
) -> None:
    evidence = attached(person)
    browser, key = signed_in(cleo), key_of(person)
    for page in (
        reverse("clinicians:claim_evidence", args=[key]),
        reverse("clinicians:evidence_removal", args=[evidence.public_id]),
    ):
        assert browser.post(page, {"link": "https://x.example"}).status_code == 404
    with pytest.raises(PermissionDenied):
        attach_evidence(person, key, "https://x.example", None, by=user_of(cleo))
    with pytest.raises(PermissionDenied):
        remove_evidence(evidence, by=user_of(cleo))


def test_there_is_an_end_to_what_is_attached(person: Clinician) -> None:
    for _ in range(MOST):
        attached(person)
    with pytest.raises(EnoughError):
        attached(person)


def test_what_staff_have_not_decided_by_can_be_taken_away(
    person: Clinician, staff: User
) -> None:
    first, second = attached(person), attached(person)
    remove_evidence(first, by=user_of(person))
    decided(person.licences.get(), VERIFY, staff)
    second.refresh_from_db()
    with pytest.raises(PermissionDenied):
        remove_evidence(second, by=user_of(person))
    assert EvidenceFile.objects.count() == 1


def test_thirty_days_after_the_decision_the_file_goes_and_its_hash_stays(
    person: Clinician, staff: User
) -> None:
    evidence = attached(person)
    assert discard_old_evidence() == 0
    decided(again(person).licences.get(), VERIFY, staff)
    assert discard_old_evidence() == 0
    Evidence.objects.update(decided_at=timezone.now() - timedelta(days=31))

    assert discard_old_evidence() == 1
    assert discard_old_evidence() == 0

    evidence.refresh_from_db()
    assert evidence.sha256
    assert not EvidenceFile.objects.exists()
    assert verbs(person)[-1] == "evidence.discarded"


def test_a_file_whose_licence_is_withdrawn_goes_too(person: Clinician) -> None:
    evidence = attached(person)
    person.licences.all().delete()
    Evidence.objects.update(attached_at=timezone.now() - timedelta(days=31))
    assert discard_old_evidence() == 1
    evidence.refresh_from_db()
    assert evidence.licence is None


def test_a_link_is_of_the_web_and_nothing_else(person: Clinician) -> None:
    page = reverse("clinicians:claim_evidence", args=[key_of(person)])
    browser = signed_in(person)
    for link in ("javascript:alert(1)", "data:text/html,x", "ftp://a.example/x"):
        assert browser.post(page, {"link": link}).status_code == 422
    assert browser.post(page, {"link": "https://board.example/1"}).status_code == 302


def test_an_attachment_says_what_it_is() -> None:
    assert read_file(A_PDF) == Screened(Kind.PDF, A_PDF)


def test_evidence_goes_with_the_correction_of_its_licence(person: Clinician) -> None:
    evidence = attached(person)

    claim_licences(
        person,
        [LicenceClaim("CT", "PhD", "9"), LicenceClaim("NY", "PhD", "12345")],
        by=user_of(person),
    )

    evidence.refresh_from_db()
    assert evidence.licence == person.licences.get(state="NY")


def test_evidence_of_one_state_shows_nothing_in_another(person: Clinician) -> None:
    evidence = attached(person)

    claim_licences(person, [LicenceClaim("CT", "PhD", "1")], by=user_of(person))

    evidence.refresh_from_db()
    assert evidence.licence is None


def test_what_staff_decided_by_is_not_handed_on(person: Clinician, staff: User) -> None:
    evidence = attached(person)
    decided(person.licences.get(), REJECT, staff)

    claim_licences(person, [LicenceClaim("NY", "PhD", "2")], by=user_of(person))

    evidence.refresh_from_db()
    assert evidence.licence is None
