"""The find page as its templates see it, whole or in pieces."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from network.clinicians import vocabulary
from network.clinicians.forms.find_cards import Marked, ResultCard, card_of
from network.clinicians.forms.find_chips import chips_of
from network.clinicians.forms.find_menus import Option
from network.clinicians.forms.find_need import Errors
from network.clinicians.forms.find_panel import panel
from network.clinicians.forms.find_peers import peers_of
from network.clinicians.forms.find_rescue import ways_out
from network.clinicians.forms.find_unclaimed import unclaimed_card
from network.clinicians.forms.lists import listed
from network.clinicians.matching import Matches, Need, match
from network.clinicians.models import Clinician, ListEntry, Practice, SavedNeed
from network.clinicians.requests import is_uuid

SHOWN = 10


@dataclass(frozen=True)
class Draft:
    """The form as it was sent, where it could not be kept as it is."""

    need: Mapping[str, Any]
    errors: Errors


def page_of(
    saved: SavedNeed,
    searcher: Clinician,
    *,
    draft: Draft | None = None,
    found: Matches | None = None,
) -> dict[str, Any]:
    """`found`: a later page of the matches instead of the first."""
    need = saved.content["need"]
    found = found or search(need, searcher)
    shown = draft or Draft(need, {})
    return {
        "saved": saved,
        "chips": chips_of(need),
        "questions": saved.content.get("questions", []),
        "notes": saved.content.get("notes", []),
        "identifier_kinds": saved.content.get("identifiers", []),
        "groups": panel(shown.need, counts_of(found), shown.errors),
        "has_errors": bool(shown.errors),
        "depths": vocabulary.terms("depths"),
        "five": range(1, 6),
        "excluded": excluded(shown.need, searcher),
        **results_of(found, saved, searcher),
    }


def search(
    need: Mapping[str, Any], searcher: Clinician, cursor: str | None = None
) -> Matches:
    """One page of the matches: as many as one reads before refining."""
    asked = Need.model_validate({**need, "limit": SHOWN, "cursor": cursor})
    return match(asked, searcher=searcher)


def counts_of(found: Matches) -> dict[str, dict[str, int]]:
    return {
        name: {count.term: count.count for count in counts}
        for name, counts in found.facets.items()
    }


def results_of(found: Matches, saved: SavedNeed, searcher: Clinician) -> dict[str, Any]:
    need = saved.content["need"]
    shortlisted = shortlisted_by(searcher)
    return {
        "saved": saved,
        "next": saved.get_absolute_url(),
        "matches": found,
        "total": total_words(found),
        "open_now": counts_of(found).get("openings", {}).get("confirmed", 0),
        "weeks": (need.get("openings") or {}).get("within_weeks", 4),
        "cards": cards_of(found, saved, searcher, shortlisted),
        "shortlisted_count": len(shortlisted),
        "has_unclaimed": need.get("include_unclaimed", False),
        "unclaimed": [unclaimed_card(one) for one in found.unclaimed],
        "ways": ways_out(found, need),
        "state": client_state(need),
        "compared_count": len(saved.content.get("compared", ())),
    }


def cards_of(
    found: Matches, saved: SavedNeed, searcher: Clinician, shortlisted: frozenset[str]
) -> list[ResultCard]:
    today = timezone.localdate()
    compared = frozenset(saved.content.get("compared", ()))
    people = [one.clinician_id for one in found.results]
    marked = Marked(
        compared,
        shortlisted,
        peers_of(found, searcher, today),
        listed(searcher, people),
    )
    need = saved.content["need"]
    return [card_of(one, need, marked, today) for one in found.results]


def shortlisted_by(searcher: Clinician) -> frozenset[str]:
    entries = ListEntry.objects.of_owner(searcher).on_shortlist().kept()
    ids = entries.values_list("colleague__public_id", flat=True)
    return frozenset(str(public_id) for public_id in ids)


def total_words(found: Matches) -> str:
    number = f"{found.total.value:,}{'' if found.total.exact else '+'}"
    return f"{number} colleague{'' if found.total.value == 1 else 's'}"


def client_state(need: Mapping[str, Any]) -> str:
    """The name of the state for which reach was checked, or nothing."""
    state = Need.model_validate(need).place
    slug = state.client_state if state else None
    return vocabulary.label("states", slug) if slug else ""


def excluded(need: Mapping[str, Any], searcher: Clinician) -> dict[str, list[Option]]:
    """Whom the need leaves out, by name; only those whom the searcher may see."""
    seen = Clinician.objects.visible_to(searcher)
    people = seen.filter(public_id__in=_left_out(need, "clinicians"))
    practices = Practice.objects.filter(
        public_id__in=_left_out(need, "practices"), places__clinician__in=seen
    )
    return {
        "clinicians": [Option(str(one.public_id), one.display_name) for one in people],
        "practices": [
            Option(str(one.public_id), str(one)) for one in practices.distinct()
        ],
    }


def _left_out(need: Mapping[str, Any], kind: str) -> list[str]:
    """A draft may name them in any way."""
    given = (need.get("exclude") or {}).get(kind) or ()
    return [one for one in given if is_uuid(one)]
