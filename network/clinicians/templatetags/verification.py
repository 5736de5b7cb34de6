"""Claims in a list of several people's."""

from django.template import Library

from network.clinicians.verification.claims import title_of

register = Library()
register.filter(title_of)
