"""The suggestions are learnt from the sentences beside them, and from no others."""

import json

from network.clinicians import vocabulary
from network.clinicians.reading.suggestions import WEIGHTS, model
from network.clinicians.reading.training import sentences
from network.clinicians.reading.training.fitting import fit

MEGABYTE = 1_000_000


def test_the_model_was_learnt_from_the_sentences_as_they_are() -> None:
    stored = json.loads(WEIGHTS.read_text("utf-8"))

    assert stored["sentences"] == sentences.fingerprint()


def test_the_model_is_small() -> None:
    assert WEIGHTS.stat().st_size < MEGABYTE


def test_every_specialty_that_can_be_suggested_is_in_the_list() -> None:
    assert vocabulary.slugs("specialties").issuperset(model().specialties)


def test_every_specialty_with_sentences_can_be_suggested() -> None:
    _, classes, _ = sentences.read()

    assert set(model().specialties) == set(classes)


def test_the_texts_to_learn_from_are_the_same_every_time() -> None:
    assert [*sentences.texts()][:200] == [*sentences.texts()][:200]


def test_the_same_texts_make_the_same_model() -> None:
    texts = [
        ("I cannot sleep at night", "insomnia"),
        ("I lie awake at night", "insomnia"),
        ("I am afraid of flying", "phobias"),
        ("afraid of spiders and of flying", "phobias"),
    ]

    model = fit(texts)

    assert model == fit(texts)
    assert model["specialties"] == ["insomnia", "phobias"]
