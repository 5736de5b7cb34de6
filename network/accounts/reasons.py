"""Why staff open or change something of a person: a code in the trail."""

from django.db.models import TextChoices


class Why(TextChoices):
    ASKED = "asked", "The person asked for it"
    VERIFICATION = "verification", "Verification of who this is"
    REPORT = "report", "A report is being looked at"
    SECURITY = "security", "The sign-in may be in the wrong hands"
    DUTY = "duty", "A duty begins or ends"
    LEFT = "left", "The person has left"
    MISTAKE = "mistake", "To put a mistake right"
