"""What a card says of a colleague beside her skills: opening, place, payment."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from network.clinicians import vocabulary
from network.clinicians.forms.find_phrases import slots_phrase
from network.clinicians.geography import ZipCode, find_zip
from network.clinicians.matching.circle import tenths_of_miles, unit_vector
from network.clinicians.models.opening import FRESH_FOR, SHOWN_FOR

Card = Mapping[str, Any]
Need = Mapping[str, Any]


@dataclass(frozen=True)
class Fact:
    """A few words with the icon that stands before them."""

    icon: str
    words: str
    state: str = ""


def facts_of(card: Card, need: Need, today: date) -> Iterator[Fact]:
    yield opening_fact(card, need, today)
    if where := _where(card, need):
        yield Fact("map-pin", where)
    if pays := payment_words(card, need):
        yield Fact("wallet", pays)


def opening_fact(card: Card, need: Need, today: date) -> Fact:
    if "openings" not in card:
        return Fact("calendar", "does not show openings")
    fresh = [one for one in card["openings"] if _age(one, today) <= FRESH_FOR.days]
    open_now = [one for one in fresh if one["count"]]
    if not fresh:
        return Fact("calendar", _unknown(card["openings"], today), "wait")
    if not open_now:
        return Fact("calendar", f"no opening, {_confirmed(fresh[0], today)}")
    best = max(open_now, key=lambda one: _suits(one, need))
    wanted = _wanted_slots(need)
    fitting = wanted & set(best["slots"]) or set(best["slots"])
    words = f"{slots_phrase(fitting) or 'an opening'}, {_confirmed(best, today)}"
    if wanted.isdisjoint(fitting) and wanted:
        return Fact("calendar", words)
    return Fact("calendar-check", words, "good")


def _unknown(openings: Iterable[Mapping[str, Any]], today: date) -> str:
    """How old the last word is, while it is still shown."""
    ages = [_age(one, today) for one in openings]
    shown = [age for age in ages if age <= SHOWN_FOR.days]
    said = f", last confirmed {min(shown)} days ago" if shown else ""
    return f"openings unknown{said}"


def _suits(opening: Mapping[str, Any], need: Need) -> tuple[int, str]:
    common = _wanted_slots(need) & set(opening["slots"])
    return len(common), opening["confirmed_on"]


def _wanted_slots(need: Need) -> set[str]:
    return set((need.get("openings") or {}).get("slots") or ())


def _age(opening: Mapping[str, Any], today: date) -> int:
    return (today - date.fromisoformat(opening["confirmed_on"])).days


def _confirmed(opening: Mapping[str, Any], today: date) -> str:
    days = _age(opening, today)
    if days < 2:
        return "confirmed yesterday" if days else "confirmed today"
    return f"confirmed {days} days ago"


def place_words(card: Card, need: Need) -> str:
    """“4 mi, White Plains NY” from the nearest place; towns alone without a ZIP."""
    places = card.get("places") or ()
    here = find_zip((need.get("place") or {}).get("zip") or "")
    if here is None:
        return " · ".join(dict.fromkeys(_town(place) for place in places))
    near = sorted((_tenths(here, place), _town(place)) for place in places)
    known = [f"{tenths / 10:.0f} mi, {town}" for tenths, town in near if tenths >= 0]
    return known[0] if known else ""


def _tenths(here: ZipCode, place: Mapping[str, str]) -> int:
    """Minus one where the ZIP of the place is not known."""
    there = find_zip(place["zip"])
    if there is None:
        return -1
    return tenths_of_miles(
        unit_vector(here.latitude, here.longitude),
        unit_vector(there.latitude, there.longitude),
    )


def _town(place: Mapping[str, str]) -> str:
    return f"{place['city']} {place['state']}".strip()


def _where(card: Card, need: Need) -> str:
    video = "video" if "video" in card.get("formats", ()) else ""
    room = place_words(card, need) if "in_person" in card.get("formats", ()) else ""
    return " or ".join(filter(None, (room, video)))


def payment_words(card: Card, need: Need) -> str:
    """The payer that was asked for; otherwise the fee, or how many payers."""
    payer = (need.get("payment") or {}).get("payer")
    if payer and payer in card.get("payers", ()):
        return vocabulary.label("payers", payer)
    return fee_words(card)


def fee_words(card: Card) -> str:
    low, high = card.get("fee") or (None, None)
    known = [f"${fee}" for fee in dict.fromkeys((low, high)) if fee is not None]
    scale = "sliding scale" if card.get("sliding_scale") else ""
    return ", ".join(filter(None, ("–".join(known), scale)))
