"""One line of the week."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone


@dataclass(frozen=True)
class Entry:
    """`about` is a handle, or whom it is about: never a word of a case."""

    when: date | datetime
    what: str
    icon: str
    address: str
    about: str = ""
    file: str = ""  # for a calendar

    @property
    def at(self) -> datetime | None:
        """Nothing where it is all day long."""
        return self.when if isinstance(self.when, datetime) else None

    @property
    def day(self) -> date:
        return timezone.localdate(self.at) if self.at else self.when
