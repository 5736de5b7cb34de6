"""A week from Monday to Sunday, on the clock of whoever reads."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

DAYS = 7


@dataclass(frozen=True)
class Span:
    monday: date

    @classmethod
    def of_today(cls) -> "Span":
        today = timezone.localdate()
        return cls(today - timedelta(days=today.weekday()))

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=DAYS - 1)

    @property
    def next(self) -> "Span":
        return Span(self.monday + timedelta(days=DAYS))

    @property
    def previous(self) -> "Span":
        return Span(self.monday - timedelta(days=DAYS))

    @property
    def since(self) -> datetime:
        return _midnight(self.monday)

    @property
    def until(self) -> datetime:
        """Not in it any more."""
        return _midnight(self.next.monday)

    @property
    def days(self) -> list[date]:
        return [self.monday + timedelta(days=number) for number in range(DAYS)]

    @property
    def is_now(self) -> bool:
        return timezone.localdate() in self

    def __contains__(self, day: date) -> bool:
        return self.monday <= day <= self.sunday


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
