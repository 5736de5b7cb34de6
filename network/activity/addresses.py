"""Where news lead whoever is told of them."""

from django.template.loader import select_template

from network.activity.models import Event


def address_of(event: Event) -> str:
    """An app says it in templates/<app>/addresses/<verb>.txt; blank where news lead
    nowhere.
    """
    app = event.subject_type.partition(".")[0]
    own = f"{app}/addresses/{event.verb}.txt"
    said = select_template([own, "activity/addresses/any.txt"])
    return str(said.render({"event": event})).strip()
