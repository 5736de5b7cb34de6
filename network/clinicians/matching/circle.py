"""How far two places are apart, and which cells of a grid a circle touches."""

import math
from collections.abc import Iterator

from network.clinicians.geography import ZipCode

EARTH_MILES = 3958.8
# Cells in degrees, and the largest radius in miles that each is fine enough for.
FINE, COARSE = 0.1, 0.5
FINE_MILES, COARSE_MILES = 12, 150

Vector = tuple[float, float, float]


def unit_vector(latitude: float, longitude: float) -> Vector:
    phi, lam = math.radians(latitude), math.radians(longitude)
    return (
        math.cos(phi) * math.cos(lam),
        math.cos(phi) * math.sin(lam),
        math.sin(phi),
    )


def tenths_of_miles(one: Vector, other: Vector) -> int:
    """The great-circle distance; half the chord is the root of the haversine."""
    half = math.dist(one, other) / 2
    return math.floor(2 * EARTH_MILES * math.asin(min(1.0, half)) * 10 + 0.5)


def cell(latitude: float, longitude: float, degrees: float) -> int:
    """Which square of the grid a point lies in, as one number."""
    row = math.floor((latitude + 90) / degrees)
    return row * round(360 / degrees) + math.floor((longitude + 180) / degrees)


def cells_around(centre: ZipCode, miles: int) -> tuple[float, list[int]] | None:
    """The cells of the box around a circle; none when it is too wide to be worth it."""
    if miles > COARSE_MILES:
        return None
    degrees = FINE if miles <= FINE_MILES else COARSE
    return degrees, sorted(set(_box(centre, miles + 0.1, degrees)))


def _box(centre: ZipCode, miles: float, degrees: float) -> Iterator[int]:
    """The box is wider than the circle at its middle, hence the arc sine."""
    height = math.degrees(miles / EARTH_MILES)
    ratio = math.sin(miles / EARTH_MILES) / math.cos(math.radians(centre.latitude))
    width = math.degrees(math.asin(ratio)) if ratio < 1 else 180.0
    for latitude in _steps(centre.latitude, height, degrees):
        for longitude in _steps(centre.longitude, width, degrees):
            yield cell(latitude, longitude, degrees)


def _steps(middle: float, reach: float, degrees: float) -> Iterator[float]:
    count = math.ceil(2 * reach / degrees)
    yield from (middle - reach + step * degrees for step in range(count))
    yield middle + reach
