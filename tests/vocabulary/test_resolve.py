"""Typed forms -> terms: by name, by typo, in parts, or asked."""

import random
import string

import pytest

from network.clinicians.vocabulary import LISTS, Resolution, Term, resolve, terms
from network.clinicians.vocabulary.index import names

PAIRS = [(name, each) for name in LISTS for each in terms(name)]
IDS = [f"{name}:{each.slug}" for name, each in PAIRS]


def top(text: str, *lists: str) -> list[str]:
    found = resolve(text, lists) if lists else resolve(text)
    return [choice.term.slug for choice in found.choices[:3]]


def holds(found: Resolution, each: Term, *, among: int) -> bool:
    wanted = each.merged_into or each.slug
    return wanted in [choice.term.slug for choice in found.choices[:among]]


@pytest.mark.parametrize(("text", "slug"), [
    ("Obsessive-Compulsive Disorder", "ocd"),
    ("post-partum depression", "perinatal-mood"),
    ("Generalised Anxiety Disorder (GAD)", "anxiety-general"),
    ("paediatric OCD", "ocd"),
    ("women’s issues", "women"),
    ("C-PTSD", "cptsd"),
    ("Self Harm", "nssi"),
    ("ageing", "aging"),
    ("EMDR: Eye Movement Desensitization and Reprocessing", "emdr"),
    ("Certified Imago Relationship Therapist", "imago"),
    ("Person centred counselling", "person-centred"),
    ("Trauma-Focused CBT", "tf-cbt"),
    ("EX/RP", "erp"),
])  # fmt: skip
def test_a_form_names_its_term_first(text: str, slug: str) -> None:
    assert top(text)[0] == slug


@pytest.mark.parametrize(("text", "name", "slug"), [
    ("Blue Cross", "payers", "bcbs"),
    ("BCBS", "payers", "bcbs"),
    ("UHC", "payers", "uhc"),
    ("United", "payers", "uhc"),
    ("Optum", "payers", "optum"),
    ("private pay", "payers", "self-pay"),
    ("superbill", "payers", "out-of-network"),
    ("Español", "languages", "es"),
    ("Spanish", "languages", "es"),
    ("ASL", "languages", "ase"),
    ("Chinese (Mandarin)", "languages", "zh"),
    ("Farsi/Persian", "languages", "fa"),
    ("female", "genders", "woman"),
    ("man", "genders", "man"),
    ("she/her", "genders", "woman"),
    ("LCSW", "professions", "social-worker"),
    ("Ph.D.", "professions", "psychologist"),
    ("PH. D.", "professions", "psychologist"),
    ("PSYD", "professions", "psychologist"),
    ("LICSW,CEAP,BCD", "professions", "social-worker"),
    ("L.I.C.S.W.", "professions", "social-worker"),
    ("psych NP", "professions", "psychiatric-nurse"),
    ("teen", "age_groups", "teen"),
    ("adolescents", "age_groups", "teen"),
    ("12-17", "age_groups", "teen"),
    ("geriatric", "age_groups", "older-adult"),
    ("in-person", "formats", "in_person"),
    ("telehealth", "formats", "video"),
    ("New York", "states", "NY"),
    ("ny", "states", "NY"),
    ("OR", "states", "OR"),
    ("Tuesday evenings", "slots", "tue-evening"),
    ("Latter-day Saints", "faiths", "lds"),
    ("hispanic", "communities", "latine"),
    ("partial hospitalization", "levels_of_care", "php"),
    ("PSYPACT", "compacts", "psypact-apit"),
    ("LPC", "licence_types", "LPC"),
    ("103TC0700X", "taxonomies", "103TC0700X"),
    ("Alma", "networks", "alma"),
    ("wheelchair accessible", "access", "wheelchair"),
    ("second opinion", "kinds", "consultation"),
])  # fmt: skip
def test_every_kind_of_list_resolves(text: str, name: str, slug: str) -> None:
    assert top(text, name)[0] == slug


@pytest.mark.parametrize(("text", "slugs"), [
    ("Neurofeedback / biofeedback", {"neurofeedback", "biofeedback"}),
    ("Certified in CBT, MBT, and DBT", {"cbt", "mbt", "dbt"}),
    ("Midlife Issues, Step-parenting", {"life-transitions", "blended-family"}),
    ("anxiety + OCD", {"anxiety-general", "ocd"}),
    ("grief and divorce", {"grief", "divorce-coparenting"}),
])  # fmt: skip
def test_a_form_of_several_terms_gives_all_of_them(text: str, slugs: set[str]) -> None:
    assert slugs <= set(top(text))


@pytest.mark.parametrize("text", ["EFT", "PD", "ASD", "SAD", "DD", "SA", "SM", "ED"])
def test_a_short_form_of_several_meanings_asks(text: str) -> None:
    found = resolve(text)
    assert found.ask
    assert len(found.choices) > 1


@pytest.mark.parametrize(("text", "slug"), [
    ("EFT for marital work", "eft-couples"),
    ("EFT (tapping)", "eft-tapping"),
    ("ED, anorexia", "ed"),
    ("ASD in autistic children", "autism"),
    ("MST veterans", "sexual-assault"),
    ("SM in kindergarten child", "selective-mutism"),
])  # fmt: skip
def test_the_words_around_a_short_form_decide(text: str, slug: str) -> None:
    found = resolve(text)
    assert not found.ask
    assert slug in [choice.term.slug for choice in found.choices[:3]]


def test_a_field_that_leaves_one_meaning_need_not_ask() -> None:
    found = resolve("ACT", ("levels_of_care",))
    assert not found.ask
    assert [choice.term.slug for choice in found.choices] == ["act"]


def test_common_words_are_not_taken_for_abbreviations() -> None:
    assert "act" not in top("help with how to act in company")
    assert "act" in top("CBT and ACT")


@pytest.mark.parametrize(
    "text", ["", "   ", "??", "zzzz qqqq", "x" * 3000, "💬", "and"]
)
def test_what_says_nothing_gives_nothing(text: str) -> None:
    assert not resolve(text).choices


def test_the_same_form_gives_the_same_answer_by_falling_certainty() -> None:
    found = resolve("Trauma, grief & relationship stuff")
    certainties = [choice.certainty for choice in found.choices]
    assert certainties == sorted(certainties, reverse=True)
    assert all(0 < certainty <= 1 for certainty in certainties)
    assert resolve(" Trauma, grief & relationship stuff ") == found


@pytest.mark.parametrize(("name", "each"), PAIRS, ids=IDS)
def test_every_name_of_a_term_resolves_to_it_or_asks(name: str, each: Term) -> None:
    for phrase, _ in names(each):
        found = resolve(phrase, (name,))
        assert found.ask or holds(found, each, among=1), phrase


@pytest.mark.parametrize(("name", "each"), PAIRS, ids=IDS)
def test_a_label_with_one_wrong_letter_still_finds_it(name: str, each: Term) -> None:
    for typo in typos(each.label):
        found = resolve(typo, (name,))
        assert found.ask or holds(found, each, among=3), typo


def typos(label: str) -> list[str]:
    """One letter left out, doubled, swapped, changed: one of each, not the first."""
    if sum(letter.isalpha() for letter in label) < 7:
        return []
    chance = random.Random(label)  # noqa: S311
    places = [at for at in range(1, len(label) - 1) if label[at : at + 2].isalpha()]
    at, new = chance.choice(places), chance.choice(string.ascii_lowercase)
    before, letter, after = label[:at], label[at], label[at + 1 :]
    swapped = before + after[:1] + letter + after[1:]
    return [
        before + after,
        before + letter + letter + after,
        swapped,
        before + new + after,
    ]
