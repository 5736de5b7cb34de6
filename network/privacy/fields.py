"""Model fields whose words are sealed in the database and plain in Python."""

import json
from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from network.privacy.keys import ring


class Sealed(str):
    """A ciphertext as it stands in the database, not opened yet."""

    __slots__ = ()


class Opening(DeferredAttribute):
    """Opens a sealed text when it is first read."""

    field: "EncryptedTextField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Sealed):
            value = self.field.opened(instance, value)
            self.__set__(instance, value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Bound to its row by the model's `encryption_id`, a UUID that never changes.

    Where the row has an owner it is bound to her too: given to somebody else, it
    does not open.
    It can be neither searched nor sorted, nor written by `update()`: without the
    row there is nothing to bind to.
    """

    descriptor_class = Opening

    def from_db_value(self, value: str | None, *_: object) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = model_instance.__dict__[self.attname]
        if value is None or isinstance(value, Sealed):
            return value
        return Sealed(ring().seal(self.written(value), self.place(model_instance)))

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, Sealed):
            return value
        raise TypeError(f"{self} is written by saving its row, and never searched")

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def opened(self, instance: models.Model, sealed: Sealed) -> Any:
        return self.read(ring().open(sealed, self.place(instance)))

    def place(self, instance: models.Model) -> str:
        row = instance.encryption_id  # type: ignore[attr-defined]
        owner = getattr(instance, "owner_id", None)
        whose = f"{row}:{owner}" if owner else row
        return f"{self.model._meta.label_lower}.{self.name}:{whose}"

    def written(self, value: Any) -> str:
        return str(value)

    def read(self, text: str) -> Any:
        return text

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_binding()]

    def _check_binding(self) -> Sequence[checks.CheckMessage]:
        if hasattr(self.model, "encryption_id"):
            return []
        return [
            checks.Error(
                "Nothing binds it to its row.",
                "Give the model a UUIDField encryption_id with default=uuid4.",
                self,
                "privacy.E001",
            )
        ]


class EncryptedJSONField(EncryptedTextField):
    """The same for what JSON can say."""

    def written(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def read(self, text: str) -> Any:
        return json.loads(text)

    def formfield(self, **kwargs: Any) -> None:
        """Forms know its parts, never the whole."""
