"""What the mail about openings needs to know."""

from django import template
from django.urls import reverse

from network.activity.models import Event
from network.clinicians.models import OpeningsLink
from network.clinicians.openings_token import token_of

register = template.Library()


@register.simple_tag
def openings_address(event: Event) -> str:
    """Signed anew whenever it is asked for: the secret is in the mail alone."""
    links = OpeningsLink.objects.select_related("clinician__user")
    link = links.filter(public_id=event.detail["link"]).first()
    if link is None:
        return reverse("clinicians:profile")
    return reverse("clinicians:openings_arrival", args=[token_of(link)])
