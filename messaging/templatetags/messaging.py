"""How the words of a message are shown."""

import re
from datetime import datetime

from django.template import Library
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from messaging.moments import lasting, when
from messaging.wire import FORMER
from network.clinicians.models import Clinician

register = Library()
register.filter("when", when)
register.filter("lasting", lasting)

# As in static/js/chat/words.js.
ADDRESS = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]", re.IGNORECASE)
LINK = '<a href="{0}" rel="noreferrer noopener nofollow" target="_blank">{0}</a>'


@register.filter
def linked(text: str) -> SafeString:
    """Plain words; only what begins with http(s):// becomes a link."""
    made, at = [], 0
    for found in ADDRESS.finditer(text):
        made += [escape(text[at : found.start()]), LINK.format(escape(found[0]))]
        at = found.end()
    return mark_safe("".join([*made, escape(text[at:])]))  # noqa: S308 all escaped


@register.filter
def on_the_day_of(at: datetime, other: datetime) -> str:
    """The hour; with its day where that is another."""
    at, other = timezone.localtime(at), timezone.localtime(other)
    return date_format(at, "H:i" if at.date() == other.date() else "j F, H:i")


@register.simple_tag
def name_of(person: str) -> str:
    """Of a clinician, by her public id, as it stands in an event."""
    names = Clinician.objects.filter(public_id=person).values_list("name", flat=True)
    return names.first() or FORMER
