"""What templates ask about notifications."""

from typing import TYPE_CHECKING

from django import template
from django.template.loader import select_template

from network.activity.addresses import address_of
from network.activity.models import Event, Notification

if TYPE_CHECKING:
    from network.accounts.models import User

register = template.Library()


@register.simple_tag
def unread_count(user: "User") -> int:
    """One indexed count; only frames that show a bell ask for it."""
    return Notification.objects.visible_to(user).unread().count()


@register.filter
def sentence(event: Event) -> str:
    """An app says what its event means in templates/<app>/events/<verb>.txt."""
    app = event.subject_type.partition(".")[0]
    own = f"{app}/events/{event.verb}.txt"
    words = select_template([own, "activity/events/any.txt"])
    return str(words.render({"event": event})).strip()


@register.filter
def leads_on(event: Event) -> bool:
    return bool(address_of(event))
