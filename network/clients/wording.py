"""What a consent may be for and about, in the words that are signed."""

from django.db import models

WORDING = "2026-11"
"""The version of these words; a change of meaning raises it."""


class Purpose(models.TextChoices):
    REFERRAL = "referral", "to find care with this person"
    CONSULTATION = "consultation", "to ask this person for advice about the care"
    COVER = "cover", "so that this person can step in while the therapist is away"


class DataClass(models.TextChoices):
    IDENTITY = "identity", "name"
    CONTACT = "contact", "phone, e-mail or address"
    SUMMARY = "summary", "why help is needed, and what would help"
    HISTORY = "history", "what has been tried before"
    RISK = "risk", "worries about safety"
    MEDICATION = "medication", "medicines"
    RECORDS = "records", "letters and reports"
    ATTENDANCE = "attendance", "whether the first visits took place"
    SUBSTANCE_USE = "substance-use", "care for alcohol or drug use"


# To call a client, and to know why.
TO_CALL = (DataClass.IDENTITY, DataClass.CONTACT, DataClass.SUMMARY)
# What a line of the log was about, by the word that its code begins with.
THINGS = {
    "offer": "asked without a name",
    "packet": "a packet of papers",
    "referral": "a report",
    "release": "opened, to be read",
    "identity": "read",
}


def thing_in_words(thing: str) -> str:
    """Of "packet:3f… v2" what it is; of what is known by no word nothing."""
    return THINGS.get(thing.partition(":")[0], "")


class Why(models.TextChoices):
    """What somebody opens an identity for; the trail keeps the code."""

    CARE = "care", "To give or to arrange care"
    CONTACT = "contact", "To reach the client"
    ASKED = "asked", "The client asked for it"
    EMERGENCY = "emergency", "An emergency"
    CORRECTION = "correction", "To correct it"
