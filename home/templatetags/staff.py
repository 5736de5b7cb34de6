"""Where staff can go, for the frame of their pages."""

from django import template

from home.staff.places import Place, places
from network.accounts.models import User

register = template.Library()


@register.simple_tag
def staff_places(user: User, path: str) -> list[tuple[Place, bool]]:
    """Each with whether one is there; the longest address that fits is the one."""
    found = list(places(user))
    fitting = [place.address for place in found if path.startswith(place.address)]
    here = max(fitting, key=len, default="")
    return [(place, place.address == here) for place in found]
