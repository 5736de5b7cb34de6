"""Who sees what of a profile: field by field, and identity by an explicit act only."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from network.activity.models import Event
from network.clinicians.actions.identity import hide_field, say_identities, show_field
from network.clinicians.actions.profile import Payment
from network.clinicians.forms.profile_sections import SECTION_OF
from network.clinicians.matching.layout import word_tag
from network.clinicians.models import Clinician, Listing
from tests.conftest import signed_in
from tests.factories import a_colleague

pytestmark = pytest.mark.django_db
FEES = Payment(["aetna"], [], 155, 155, sliding_scale=False, superbill=False)


@pytest.fixture
def wren(db: None) -> Clinician:
    """She has said her fees, and what she belongs to, and shared the first alone."""
    colleague = a_colleague(sections=[FEES])
    assert colleague.user is not None
    say_identities(colleague, ["deaf"], shared=False, by=colleague.user)
    return colleague


def seen(by: Clinician, who: Clinician) -> str:
    address = reverse("clinicians:colleague", args=[who.public_id])
    return str(signed_in(by).get(address).content.decode())


def identity_events(clinician: Clinician) -> list[str]:
    found = Event.objects.about(clinician).filter(verb__contains="identities")
    return [event.verb for event in found]


def test_every_field_that_may_be_hidden_has_its_section() -> None:
    assert set(SECTION_OF) == set(Clinician.HIDEABLE)


def test_identity_is_nobodys_until_it_is_shared(
    ana: Clinician, wren: Clinician
) -> None:
    assert wren.user is not None
    assert "Deaf and hard of hearing" not in seen(ana, wren)
    assert (
        "Deaf and hard of hearing" in signed_in(wren).get("/profile/").content.decode()
    )

    say_identities(wren, ["deaf"], shared=True, by=wren.user)
    assert "Deaf and hard of hearing" in seen(ana, wren)
    say_identities(wren, ["deaf", "parents"], shared=True, by=wren.user)
    say_identities(wren, [], shared=True, by=wren.user)
    say_identities(wren, ["deaf"], shared=False, by=wren.user)

    assert "Deaf and hard of hearing" not in seen(ana, wren)
    assert identity_events(wren) == [
        "clinician.identities_shared",
        "clinician.identities_withdrawn",
    ]


def test_nobody_shares_the_identity_of_another(ana: Clinician, wren: Clinician) -> None:
    assert ana.user is not None
    with pytest.raises(PermissionDenied):
        say_identities(wren, ["deaf"], shared=True, by=ana.user)
    with pytest.raises(PermissionDenied):
        show_field(wren, "identities", by=ana.user)
    with pytest.raises(PermissionDenied):
        hide_field(wren, "fees", by=ana.user)
    wren.refresh_from_db()
    assert wren.identities_shared_at is None
    assert wren.shows("fees")


def test_a_field_is_hidden_and_shown_with_one_tap(
    ana: Clinician, wren: Clinician
) -> None:
    client = signed_in(wren)
    address = reverse("clinicians:visibility", args=["fees"])
    assert "$155" in seen(ana, wren)
    assert "Colleagues see this" in client.get("/profile/").content.decode()

    for _ in range(2):
        answer = client.post(address, {"seen_by": "me"}, headers={"HX-Request": "true"})
        assert "Only you" in answer.content.decode()
        assert "$155" not in seen(ana, wren)
    wren.refresh_from_db()
    assert wren.hidden_fields == ["fees"]
    assert "Only you see this." in client.get("/profile/payment/").content.decode()

    assert client.post(address, {"seen_by": "colleagues"}).status_code == 302
    assert "$155" in seen(ana, wren)


def test_sharing_an_identity_is_one_tap_too(ana: Clinician, wren: Clinician) -> None:
    client = signed_in(wren)
    address = reverse("clinicians:visibility", args=["identities"])

    client.post(address, {"seen_by": "colleagues"})
    assert "Deaf and hard of hearing" in seen(ana, wren)
    client.post(address, {"seen_by": "me"})
    assert "Deaf and hard of hearing" not in seen(ana, wren)


def test_what_may_not_be_hidden_has_no_such_door(wren: Clinician) -> None:
    client = signed_in(wren)
    for field in ("name", "verified_at", "npi"):
        assert client.post(f"/profile/visibility/{field}/").status_code == 404


def test_no_tap_is_offered_on_the_page_of_a_colleague(
    ana: Clinician, wren: Clinician
) -> None:
    assert "Colleagues see this" not in seen(ana, wren)
    assert "/profile/visibility/" not in seen(ana, wren)


def test_what_is_shared_is_found_by_its_words(wren: Clinician) -> None:
    assert wren.user is not None
    before = Listing.objects.get(pk=wren.pk).tags
    show_field(wren, "identities", by=wren.user)

    assert word_tag("deaf") not in before
    assert word_tag("deaf") in Listing.objects.get(pk=wren.pk).tags
