"""Of what holds for a time: consents, openings, licences."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from home.week.entry import Entry
from home.week.span import Span
from network.clients.models import Consent
from network.clinicians import vocabulary
from network.clinicians.models import Clinician, Licence, Privilege
from network.clinicians.models.opening import ASKED_AFTER, FRESH_FOR, oldest


def consents(me: Clinician, span: Span) -> Iterator[Entry]:
    """On the first day on which it does not hold any more."""
    ending = Consent.objects.visible_to(me).filter(
        state__in=Consent.SIGNED_BY_ALL,
        expires_on__gte=span.monday,
        expires_on__lte=span.sunday,
    )
    for one in ending.select_related("client").order_by("expires_on", "pk"):
        address = reverse("clients:consent", args=[one.client.public_id, one.public_id])
        what = f"The consent for {one.receiver_name} ends"
        yield Entry(one.expires_on, what, "key-round", address, one.client.handle)


def openings(me: Clinician, span: Span) -> Iterator[Entry]:
    """Once it is asked for, once it is not believed any more."""
    confirmed_on = oldest(list(me.openings.all()))
    if confirmed_on is None:
        return
    address, icon = reverse("clinicians:profile"), "calendar-check"
    asked, unknown = confirmed_on + ASKED_AFTER, confirmed_on + FRESH_FOR
    if asked in span:
        yield Entry(asked, "Confirm your openings", icon, address)
    if (day := unknown + timedelta(days=1)) in span:
        what = "Your openings count as unknown, unless you confirm them"
        yield Entry(day, what, icon, address)


def credentials(me: Clinician, span: Span) -> Iterator[Entry]:
    """The last day of each."""
    address = reverse("clinicians:own_verification")
    rights: list[Licence | Privilege] = [*me.licences.all(), *me.privileges.all()]
    for right in rights:
        ends_on = right.ends_on
        if ends_on is not None and ends_on in span:
            yield Entry(ends_on, _ending(right), "shield-check", address)


def _ending(right: Licence | Privilege) -> str:
    if isinstance(right, Licence):
        return f"Your licence for {vocabulary.label('states', right.state)} ends"
    return "A privilege of yours ends"
