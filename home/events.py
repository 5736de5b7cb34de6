"""What happens to everything about a person that she takes with her."""

from enum import StrEnum


class ExportEvent(StrEnum):
    ASKED = "export.asked"
    MADE = "export.made"
    FETCHED = "export.fetched"
