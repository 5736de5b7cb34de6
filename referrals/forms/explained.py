"""Choices that are sentences, or have one that says what they mean."""

from django import forms
from django.db.models import TextChoices
from django.utils.html import format_html

Option = tuple[str, str]
WORDS = '<b>{}</b><span class="option__words">{}</span>'


class Explained(forms.RadioSelect):
    """One under the other: they are read before one is picked."""

    template_name = "referrals/_explained.html"


class Sentences(forms.CheckboxSelectMultiple):
    """So are these, before they are ticked."""

    template_name = "referrals/_explained.html"


def explained(one: TextChoices, words: str) -> Option:
    return str(one.value), format_html(WORDS, one.label, words)
