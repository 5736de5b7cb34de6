"""Leaving out a colleague or a practice by name."""

from django.db.models import QuerySet
from django.http import QueryDict

from network.clinicians.forms.find_words import Typed
from network.clinicians.models import Clinician, Practice

Found = tuple[QuerySet[Clinician], QuerySet[Practice]]


def named_like(typed: str, searcher: Clinician) -> Found:
    """Among the colleagues whom the searcher may see, and where they work."""
    seen = Clinician.objects.visible_to(searcher)
    people = seen.filter(name__icontains=typed).exclude(pk=searcher.pk)
    practices = Practice.objects.filter(
        name__icontains=typed, places__clinician__in=seen
    ).distinct()
    return people.order_by("name", "pk"), practices.order_by("name", "pk")


def leave_out(typed: Typed, data: QueryDict, searcher: Clinician) -> None:
    """What was typed and not picked: it counts when it means exactly one."""
    words = data.get("exclude-add", "").strip()
    if not words:
        return
    people, practices = named_like(words, searcher)
    exact = people.filter(name__iexact=words)
    found = [
        *(("clinicians", one.public_id) for one in (exact or people)[:2]),
        *(("practices", one.public_id) for one in practices[:2] if not exact),
    ]
    if len(found) != 1:
        said = "Several match" if found else "Nobody and no practice matches"
        typed.errors["exclude"] = [f"{said} “{words[:40]}”: please pick one."]
        return
    kind, public_id = found[0]
    exclude = typed.need.setdefault("exclude", {})
    exclude[kind] = [*exclude.get(kind, ()), str(public_id)]
