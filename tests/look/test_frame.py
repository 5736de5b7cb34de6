"""What every page says of itself: its headers, its frame, its words."""

import pytest
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from config import ui
from network.clinicians.models import Clinician
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_every_page_says_that_nobody_watches_it(ana: Clinician) -> None:
    for client, address in (
        (Client(), "/"),
        (Client(), "/account/login/"),
        (Client(), "/nothing-here/"),
        (signed_in(ana), "/"),
        (signed_in(ana), "/account/email/"),
    ):
        page = client.get(address).content.decode()

        assert "Not monitored and not for emergencies." in page
        assert "tel:988" in page


def test_a_page_allows_only_what_is_its_own() -> None:
    policy = Client().get("/").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_import_map_carries_the_nonce_of_the_answer() -> None:
    one, other = Client().get("/"), Client().get("/")
    nonce = nonce_of(one.headers["Content-Security-Policy"])

    assert f'<script type="importmap" nonce="{nonce}">' in one.content.decode()
    assert nonce != nonce_of(other.headers["Content-Security-Policy"])


def nonce_of(policy: str) -> str:
    return policy.partition("'nonce-")[2].partition("'")[0]


def test_a_members_page_is_kept_by_no_cache(ana: Clinician) -> None:
    answer = signed_in(ana).get("/")

    assert "no-store" in answer.headers["Cache-Control"]
    assert "HX-Request" in answer.headers["Vary"]
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_no_page_is_part_of_another_sites_nor_uses_what_it_need_not() -> None:
    answer = Client().get("/")

    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=(), " in answer.headers["Permissions-Policy"]


def test_a_page_travels_compressed_and_never_twice_the_same_length() -> None:
    asked = {"Accept-Encoding": "gzip"}
    pages = [Client().get("/", headers=asked) for _ in range(20)]

    assert {page.headers["Content-Encoding"] for page in pages} == {"gzip"}
    assert len({len(page.content) for page in pages}) > 1
    assert len(pages[0].content) < len(Client().get("/").content) / 2


def test_signing_out_clears_what_the_browser_kept(ana: Clinician) -> None:
    client = signed_in(ana)

    answer = client.post("/account/logout/")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/account/email/").status_code == 302


def test_reading_the_sign_out_page_signs_nobody_out(ana: Clinician) -> None:
    client = signed_in(ana)

    answer = client.get("/account/logout/")

    assert "Clear-Site-Data" not in answer.headers
    assert client.get("/account/email/").status_code == 200


def test_a_fragment_asked_for_too_late_opens_the_sign_in() -> None:
    answer = Client().get("/settings/appearance/", headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == "/account/login/"


def test_the_rail_marks_where_one_is(ana: Clinician) -> None:
    page = signed_in(ana).get("/account/email/").content.decode()
    rail = page.partition('aria-label="Main"')[2].partition("</nav>")[0]

    assert rail.count('aria-current="page"') == 1
    assert 'href="/settings/" data-key="g e" aria-current="page"' in rail


def test_a_visitor_sees_no_rail() -> None:
    assert 'aria-label="Main"' not in Client().get("/").content.decode()


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ines Okafor, PsyD", "IO"),
        ("Dr. Ana María de la Vega", "AV"),
        ("Cher", "C"),
        ("ana@consilium.example", "A"),
        ("", ""),
    ],
)
def test_a_person_is_drawn_by_her_initials(name: str, letters: str) -> None:
    assert ui.initials(name) == letters


def test_a_name_keeps_its_tint() -> None:
    tints = {ui.tint(f"Person {number}") for number in range(200)}

    assert ui.tint("Ines Okafor") == ui.tint("Ines Okafor")
    assert tints == set(range(1, 13))


def test_the_choice_of_a_device_is_kept_in_it(ana: Clinician) -> None:
    client = signed_in(ana)

    chosen = {"appearance": "dark", "keys": "off", "text": "large", "motion": "none"}
    client.post("/settings/appearance/", chosen)

    page = client.get("/settings/appearance/").content.decode()
    assert '<html lang="en" data-appearance="dark" data-text="large"' in page
    assert 'data-motion="none">' in page
    assert client.cookies["keys"].value == "off"


def test_when_something_breaks_the_page_stays_calm(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/"))

    assert answer.status_code == 500
    assert "It is not your doing." in answer.content.decode()
    assert "tel:988" in answer.content.decode()


def test_a_page_left_open_too_long_says_so(ana: Clinician) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/account/login/", {"login": "ana@consilium.example"})

    assert answer.status_code == 403
    assert "The page was open too long" in answer.content.decode()


def test_an_appearance_nobody_offered_is_ignored() -> None:
    client = Client()
    client.cookies["appearance"] = '"><script>'

    assert '<html lang="en">' in client.get("/").content.decode()
