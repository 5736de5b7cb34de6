"""Towns, counties and ZIP codes of the United States, as somebody may name them."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from network.privacy.guard.spelling import folded
from network.privacy.zip_codes import all_zips

STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR",
    "california": "CA", "colorado": "CO", "connecticut": "CT", "delaware": "DE",
    "florida": "FL", "georgia": "GA", "hawaii": "HI", "idaho": "ID", "illinois": "IL",
    "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA",
    "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI",
    "minnesota": "MN", "mississippi": "MS", "missouri": "MO", "montana": "MT",
    "nebraska": "NE", "nevada": "NV", "new hampshire": "NH", "new jersey": "NJ",
    "new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND",
    "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA",
    "rhode island": "RI", "south carolina": "SC", "south dakota": "SD",
    "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT", "virginia": "VA",
    "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
    "puerto rico": "PR", "district of columbia": "DC",
}  # fmt: skip
NAMES = {code: name.title() for name, code in STATES.items()}
CODES = frozenset(NAMES)
MEANT = {
    "la": "los angeles", "nyc": "new york", "philly": "philadelphia",
    "sf": "san francisco", "san fran": "san francisco", "vegas": "las vegas",
}  # fmt: skip
Counties = Mapping[str, str]


@cache
def towns() -> Mapping[str, Counties]:
    """Town in small letters -> state -> the county most of its ZIP codes lie in."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for each in all_zips():
        town = found.setdefault(folded(each.city), {})
        counties = town.setdefault(each.state, {})
        counties[each.county] = counties.get(each.county, 0) + 1
    return MappingProxyType({
        town: {state: most(counties) for state, counties in states.items()}
        for town, states in found.items()
    })  # fmt: skip


@cache
def zips() -> Mapping[str, tuple[str, str]]:
    """ZIP code -> its county and state."""
    places = {each.code: (each.county, each.state) for each in all_zips()}
    return MappingProxyType(places)


@cache
def counties() -> frozenset[str]:
    """Names of counties that are no town's in their state: wide enough to be said."""
    return frozenset(
        bare
        for states in towns().values()
        for state, county in states.items()
        if state not in towns().get(bare := folded(short(county)), ())
    )


def short(county: str) -> str:
    return county.removesuffix(" County").removesuffix(" Parish")


def most(counties: Mapping[str, int]) -> str:
    return max(counties, key=lambda county: counties[county])


def wider(town: str, state: str | None) -> str:
    """The county of a town; its state where town and county are one."""
    states = towns().get(MEANT.get(town, town), {})
    if state is None and len(states) == 1:
        state = next(iter(states))
    if state is None:
        return "the region"
    county = short(states.get(state, ""))
    if not county or folded(county) == town:
        return NAMES.get(state, "the region")
    return county
