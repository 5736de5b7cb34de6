"""What is kept about a person, table by table: every app names its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

Line = dict[str, object]
Portion = dict[str, list[Line]]
# Keys of our own that say nothing about anybody.
NEVER = frozenset({"encryption_id"})


@dataclass(frozen=True)
class Table:
    """The rows of one model that are somebody's, by the path that leads to her.

    A new field is given out too, unless it is named in `without`.
    """

    name: str
    model: str
    path: str
    without: frozenset[str] = frozenset()

    @property
    def relation(self) -> str:
        """The field by which it belongs to her."""
        return f"{self.model}.{self.path.partition('__')[0]}"

    def lines(self, user_id: int) -> list[Line]:
        rows = apps.get_model(self.model)._default_manager
        mine = rows.filter(**{self.path: user_id}).order_by("pk")
        return [dict(self._values(row)) for row in mine]

    def _values(self, row: models.Model) -> Iterator[tuple[str, object]]:
        for field in row._meta.concrete_fields:
            if field.primary_key or field.name in self.without | NEVER:
                continue
            value = getattr(row, field.name)
            yield field.name, str(value) if isinstance(value, models.Model) else value


def portion_of(user_id: int, tables: tuple[Table, ...]) -> Portion:
    return {table.name: table.lines(user_id) for table in tables}
