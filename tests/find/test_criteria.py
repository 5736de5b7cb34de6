"""Changing a need: form, chips, answers, ways out; with htmx and without."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from network.clinicians.actions.needs import save_need
from network.clinicians.models import Clinician, SavedNeed
from tests.conftest import signed_in
from tests.factories import a_colleague

HTMX = {"HX-Request": "true"}
NEED = {
    "specialties": [{"term": "ocd", "wish": "must"}],
    "age_group": {"term": "elder", "wish": "must"},
}


@pytest.fixture
def anas(ana: Clinician) -> SavedNeed:
    """A search of Ana's that nobody fits: no colleague of the tests sees elders."""
    assert ana.user is not None
    return save_need({"need": NEED}, owner=ana, by=ana.user)


@pytest.fixture
def tab(ana: Clinician) -> Client:
    return signed_in(ana)


def send(tab: Client, saved: SavedNeed, name: str, **data: Any) -> Any:
    return tab.post(reverse(f"clinicians:{name}", args=[saved.public_id]), data)


def need_of(saved: SavedNeed) -> Any:
    return SavedNeed.objects.get(pk=saved.pk).content["need"]


def test_the_form_replaces_the_need(tab: Client, anas: SavedNeed) -> None:
    answer = send(
        tab,
        anas,
        "need_criteria",
        **{"specialties": ["tics"], "specialties-tics-wish": "must", "acuity": "2"},
    )

    assert answer.status_code == 302
    assert need_of(anas) == {
        "specialties": [{"term": "tics", "wish": "must"}],
        "acuity": {"level": 2, "wish": "prefer"},
    }


def test_htmx_gets_the_pieces_and_an_announcement(tab: Client, anas: SavedNeed) -> None:
    a_colleague("Ines Okafor")
    address = reverse("clinicians:need_criteria", args=[anas.public_id])

    answer = tab.post(address, {"specialties": ["ocd"]}, headers=HTMX)

    content = answer.content.decode()
    assert answer.status_code == 200
    assert content.lstrip().startswith('<section id="results"')
    assert '<p id="said" class="visually-hidden" role="status"' in content
    assert "1 colleague." in content
    assert "<html" not in content


def test_a_mistake_keeps_the_need_and_is_said_beside_the_field(
    tab: Client, anas: SavedNeed
) -> None:
    answer = send(
        tab, anas, "need_criteria", **{"place-mode": "in_person", "place-zip": "00000"}
    )

    assert answer.status_code == 422
    assert "00000" in answer.content.decode()
    assert need_of(anas) == NEED


@pytest.mark.parametrize("typed", ["exposure and response prevention", "erp", "ERP"])
def test_a_typed_term_is_found_by_any_of_its_names(
    typed: str, tab: Client, anas: SavedNeed
) -> None:
    send(tab, anas, "need_criteria", **{"approaches-add": typed})

    assert need_of(anas)["approaches"] == [{"term": "erp", "wish": "prefer"}]


def test_a_typed_word_that_is_nothing_is_said_so(tab: Client, anas: SavedNeed) -> None:
    answer = send(tab, anas, "need_criteria", **{"specialties-add": "qqzzxx"})

    assert answer.status_code == 422
    assert "Nothing in the list is called “qqzzxx”." in answer.content.decode()


def test_an_ambiguous_word_becomes_a_question_and_its_answer_a_criterion(
    tab: Client, anas: SavedNeed
) -> None:
    send(tab, anas, "need_words", words="PD")
    page = tab.get(anas.get_absolute_url())
    assert "“PD” could mean" in page.content.decode()
    meanings = [one["term"] for one in page.context["questions"][0]["choices"]]

    send(tab, anas, "need_answers", answer=f"0/{meanings.index('panic')}")

    assert [one["term"] for one in need_of(anas)["specialties"]] == ["ocd", "panic"]
    saved = SavedNeed.objects.get(pk=anas.pk)
    assert saved.content["questions"] == []


def test_none_of_these_drops_the_question_alone(tab: Client, anas: SavedNeed) -> None:
    send(tab, anas, "need_words", words="PD")

    send(tab, anas, "need_answers", answer="0/none")

    saved = SavedNeed.objects.get(pk=anas.pk)
    assert saved.content["questions"] == []
    assert saved.content["need"] == NEED


@pytest.mark.parametrize("answer", ["", "7/0", "x/y", "-1/0"])
def test_a_strange_answer_changes_nothing_of_the_need(
    answer: str, tab: Client, anas: SavedNeed
) -> None:
    assert send(tab, anas, "need_answers", answer=answer).status_code == 302
    assert need_of(anas) == NEED


def test_a_chip_turns_and_goes(tab: Client, anas: SavedNeed) -> None:
    send(tab, anas, "need_chips", turn="specialties/ocd")
    assert need_of(anas)["specialties"][0]["wish"] == "prefer"

    send(tab, anas, "need_chips", remove="specialties/ocd")
    assert "specialties" not in need_of(anas)

    send(tab, anas, "need_clearance")
    assert need_of(anas) == {}


def test_clearing_all_answers_with_the_pieces(tab: Client, anas: SavedNeed) -> None:
    address = reverse("clinicians:need_clearance", args=[anas.public_id])

    answer = tab.post(address, headers=HTMX)

    assert answer.content.decode().lstrip().startswith('<section id="results"')
    assert need_of(anas) == {}


def test_unclaimed_entries_come_after_the_matches_and_are_marked(
    tab: Client, anas: SavedNeed
) -> None:
    a_colleague("Ines Okafor")
    imported = Clinician.objects.create(name="Hugo Unclaimed", profession="counselor")
    send(tab, anas, "need_criteria", specialties="ocd")
    assert "Hugo Unclaimed" not in tab.get(anas.get_absolute_url()).content.decode()

    send(tab, anas, "need_unclaimed")

    content = tab.get(anas.get_absolute_url()).content.decode()
    assert content.index("Ines Okafor") < content.index(imported.name)
    assert "Listed, not verified, availability unknown" in content
    send(tab, anas, "need_unclaimed")
    assert "include_unclaimed" not in need_of(anas)


def test_nobody_fits_so_the_page_says_what_would_help(
    tab: Client, anas: SavedNeed
) -> None:
    a_colleague("Ines Okafor")

    page = tab.get(anas.get_absolute_url())

    assert page.context["matches"].total.value == 0
    assert "are never relaxed" in page.content.decode()
    way = page.context["ways"][0]
    assert (way.path, way.change, way.yields) == ("/age_group", "prefer", "1")
    send(tab, anas, "need_relaxation", way=f"{way.path}:{way.change}")
    assert need_of(anas)["age_group"]["wish"] == "prefer"
    assert "Ines Okafor" in tab.get(anas.get_absolute_url()).content.decode()


def test_a_colleague_left_out_by_name_is_gone(tab: Client, anas: SavedNeed) -> None:
    left_out = a_colleague("Ines Okafor")
    a_colleague("Omar Weiss")

    said = {"specialties": "ocd", "exclude-add": "ines okafor"}
    send(tab, anas, "need_criteria", **said)

    page = tab.get(anas.get_absolute_url())
    names = [card.name for card in page.context["cards"]]
    assert names == ["Omar Weiss"]
    assert need_of(anas)["exclude"]["clinicians"] == [str(left_out.public_id)]


def test_names_are_suggested_only_among_those_whom_she_may_see(
    tab: Client, finn: Clinician
) -> None:
    a_colleague("Ines Okafor")
    address = reverse("clinicians:need_people")

    assert "Ines Okafor" in tab.post(address, {"exclude-add": "okaf"}).content.decode()
    assert "Finn" not in tab.post(address, {"exclude-add": "Finn"}).content.decode()


@pytest.mark.parametrize(
    ("typed", "label"),
    [("obses", "OCD"), ("trichotilomania", "Body-focused"), ("postpart", "postpartum")],
)
def test_terms_are_suggested_by_beginnings_typos_and_synonyms(
    typed: str, label: str, tab: Client
) -> None:
    answer = tab.post(reverse("clinicians:need_terms"), {"specialties-add": typed})

    assert label in answer.content.decode()


def test_more_matches_come_one_page_at_a_time(tab: Client, anas: SavedNeed) -> None:
    everybody = {f"Wren {number}" for number in range(13)}
    for name in everybody:
        a_colleague(name)
    send(tab, anas, "need_criteria", specialties="ocd")
    first = tab.get(anas.get_absolute_url())
    shown = {card.name for card in first.context["cards"]}

    address = reverse("clinicians:need_more", args=[anas.public_id])
    more = {"cursor": first.context["matches"].next}
    rest = tab.post(address, more, headers=HTMX)

    assert len(shown) == 10
    assert shown | {card.name for card in rest.context["cards"]} == everybody
    assert rest.content.decode().count("autofocus") == 1
    whole = tab.post(address, more)
    assert "<html" in whole.content.decode()
    stale = {"cursor": "nonsense"}
    assert tab.post(address, stale)["Location"] == anas.get_absolute_url()
    again = tab.post(address, stale, headers=HTMX)
    assert again["HX-Redirect"] == anas.get_absolute_url()
