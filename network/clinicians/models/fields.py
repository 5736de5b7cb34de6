"""Fields that hold slugs of the controlled vocabulary."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.deconstruct import deconstructible

from network.clinicians import vocabulary


@deconstructible
class InList:
    """Refuses a slug that the named list does not have."""

    def __init__(self, list_name: str) -> None:
        self.list_name = list_name

    def __call__(self, slug: str) -> None:
        if slug not in vocabulary.slugs(self.list_name):
            raise ValidationError(
                "“%(slug)s” is not one of the %(list)s.",
                code="unknown_term",
                params={"slug": slug, "list": self.list_name.replace("_", " ")},
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, InList) and other.list_name == self.list_name

    def __hash__(self) -> int:
        return hash(self.list_name)


def term_field(list_name: str, **options: Any) -> "models.CharField[str, str]":
    """One slug of a list."""
    return models.CharField(max_length=40, validators=[InList(list_name)], **options)


def terms_field(list_name: str) -> "ArrayField[list[str], list[str]]":
    """Several slugs of a list, none by default."""
    return ArrayField(term_field(list_name), default=list, blank=True)
