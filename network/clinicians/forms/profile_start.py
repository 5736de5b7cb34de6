"""The first two things that a profile says."""

from django import forms

from network.clinicians.forms.profile_fields import TermField


class StartForm(forms.Form):
    name = forms.CharField(max_length=120, label="Your name, as colleagues know it")
    profession = TermField("professions", label="Your profession")
