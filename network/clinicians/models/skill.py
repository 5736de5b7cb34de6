"""What a clinician does, how deeply, and what she does not do."""

from django.db import models

from network.clinicians.models.clinician import Clinician
from network.clinicians.models.fields import term_field


class Depth(models.TextChoices):
    """The ladder from interest to teaching it; labels are the vocabulary's."""

    INTEREST = "interest", "Interest"
    TRAINED = "trained", "Trained"
    CERTIFIED = "certified", "Certified"
    CONSULTS = "consults", "Consults on it"
    TEACHES = "teaches", "Teaches it"


class SpecialtySkill(models.Model):
    """A presenting need that this clinician treats."""

    class Cases(models.TextChoices):
        NONE = "0", "none"
        FEW = "1-5", "1 to 5"
        SOME = "6-20", "6 to 20"
        MANY = "21+", "more than 20"

    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="specialty_skills"
    )
    term = term_field("specialties")
    depth = models.CharField(
        max_length=10, choices=Depth.choices, default=Depth.TRAINED
    )
    evidence = models.CharField(max_length=200, blank=True)
    hours = models.PositiveSmallIntegerField("training hours", null=True, blank=True)
    cases = models.CharField(
        "cases in 24 months", max_length=5, choices=Cases.choices, blank=True
    )

    class Meta:
        ordering = ["term"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinician", "term"], name="a_specialty_is_listed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.term} ({self.depth})"


class ApproachSkill(models.Model):
    """A way of working that this clinician offers."""

    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="approach_skills"
    )
    term = term_field("approaches")
    depth = models.CharField(
        max_length=10, choices=Depth.choices, default=Depth.TRAINED
    )
    issuer = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["term"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinician", "term"], name="an_approach_is_listed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.term} ({self.depth})"


class LanguageSkill(models.Model):
    """A language in which this clinician can do therapy, and how well."""

    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="language_skills"
    )
    term = term_field("languages")
    level = term_field("language_levels", default="full")

    class Meta:
        ordering = ["term"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinician", "term"], name="a_language_is_listed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.term} ({self.level})"


class NotForMe(models.Model):
    """Something this clinician does not take on; matching obeys it."""

    LISTS = ("specialties", "age_groups", "participants", "risks")

    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="not_for_me"
    )
    list = models.CharField(max_length=20, choices=[(name, name) for name in LISTS])
    term = models.CharField(max_length=40)

    class Meta:
        ordering = ["list", "term"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinician", "list", "term"],
                name="an_exclusion_is_listed_once",
            )
        ]

    def __str__(self) -> str:
        return f"not {self.term}"
