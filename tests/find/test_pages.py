"""Whoever searches sees her own search; everybody else sees nothing of it."""

import pytest
from django.test import Client
from django.urls import reverse

from network.clinicians.models import Clinician, SavedNeed
from tests.conftest import signed_in
from tests.factories import a_colleague

FIRST_STORY = (
    "19-year-old, OCD with tics, ERP, CBT did not help, evenings, Aetna, 10583"
)


def test_a_text_becomes_chips_and_a_match(ana: Clinician) -> None:
    a_colleague("Ines Okafor", specialties=[("ocd", "consults")])
    browser = signed_in(ana)

    page = browser.post(reverse("clinicians:find"), {"words": "OCD"}, follow=True)

    saved = SavedNeed.objects.get()
    assert page.redirect_chain == [(saved.get_absolute_url(), 302)]
    assert saved.content["need"]["specialties"][0]["term"] == "ocd"
    assert "Ines Okafor" in page.content.decode()
    assert "OCD" in page.content.decode()
