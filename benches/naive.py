"""The same search as a first attempt would write it: joins, subqueries, annotations.

Fair: the foreign keys have their indexes, and a box around the circle spares most of
the distances.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import (
    DO_NOTHING,
    Case,
    CharField,
    Exists,
    F,
    ForeignKey,
    IntegerField,
    Min,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import (
    ASin,
    Coalesce,
    Cos,
    Greatest,
    Least,
    Power,
    Radians,
    Sin,
    Sqrt,
)

from benches.crowd import COMPACT, TODAY
from network.clinicians.geography import ZipCode, find_zip
from network.clinicians.jurisdictions import operational
from network.clinicians.models import (
    ApproachSkill,
    Clinician,
    LanguageSkill,
    Licence,
    Opening,
    Place,
    Privilege,
    SpecialtySkill,
)

Wish = Mapping[str, Any]
WEIGHTS = {"specialties": 3, "approaches": 2, "openings": 2, "place": 2, "acuity": 2}
SKILLS: dict[str, Any] = {
    "specialties": SpecialtySkill,
    "approaches": ApproachSkill,
    "languages": LanguageSkill,
}
DEPTHS = ["interest", "trained", "certified", "consults", "teaches"]


class Listed(Model):
    """One term of one list of one clinician."""

    clinician = ForeignKey(Clinician, on_delete=DO_NOTHING, related_name="+")
    list = CharField()
    term = CharField()

    class Meta:
        app_label = "clinicians"
        db_table = "bench_listed"
        managed = False

    def __str__(self) -> str:
        return f"{self.list}: {self.term}"


def search(need: Mapping[str, Any]) -> QuerySet[Any]:
    """The ids and scores of the first twenty."""
    people: QuerySet[Clinician] = Clinician.objects.filter(
        verified_at__isnull=False, accepting=True
    )
    people = _without(people, need)
    score: Any = Value(0)
    for name, weight, wish in _wishes(need):
        people, value = _ASKED[name](people, name, wish)
        score = score + weight * value
    for word in need.get("text", "").split():
        people = people.filter(Q(name__icontains=word) | Q(bio__icontains=word))
    ranked = people.annotate(score=score).order_by("-score", "pk")
    return ranked.values_list("pk", "score")[:20]


def _without(people: QuerySet[Clinician], need: Wish) -> QuerySet[Clinician]:
    exclude = need.get("exclude", {})
    if exclude.get("clinicians"):
        people = people.exclude(public_id__in=exclude["clinicians"])
    if exclude.get("practices"):
        closed = Place.objects.filter(
            clinician=OuterRef("pk"), practice__public_id__in=exclude["practices"]
        )
        people = people.exclude(Exists(closed))
    return people


def _wishes(need: Mapping[str, Any]) -> Iterator[tuple[str, int, Wish]]:
    for name, given in need.items():
        if name in _ASKED:
            weight = need.get("weights", {}).get(name, WEIGHTS.get(name, 1))
            for wish in given if isinstance(given, list) else [given]:
                yield name, weight, wish


Answer = tuple[QuerySet[Clinician], Any]


def _kept(people: QuerySet[Clinician], wish: Wish, holds: Q) -> QuerySet[Clinician]:
    return people.filter(holds) if wish.get("wish") == "must" else people


def _skill(people: QuerySet[Clinician], name: str, wish: Wish) -> Answer:
    rows = SKILLS[name].objects.filter(clinician=OuterRef("pk"), term=wish["term"])
    deep = rows
    if "depth" in wish:
        deep = rows.filter(depth__in=DEPTHS[DEPTHS.index(wish["depth"]) :])
    worth = Case(
        When(depth="interest", then=400),
        When(depth="trained", then=700),
        When(depth="certified", then=900),
        default=1000,
        output_field=IntegerField(),
    )
    value = Coalesce(Subquery(rows.annotate(w=worth).values("w")[:1]), 0)
    return _kept(people, wish, Q(Exists(deep))), value


def _language(people: QuerySet[Clinician], name: str, wish: Wish) -> Answer:
    rows = LanguageSkill.objects.filter(clinician=OuterRef("pk"), term=wish["term"])
    worth = Case(When(level="conversational", then=500), default=1000)
    value = Coalesce(Subquery(rows.annotate(w=worth).values("w")[:1]), 0)
    return _kept(people, wish, Q(Exists(rows))), value


def _one(holds: Q) -> Any:
    return Case(When(holds, then=1000), default=0, output_field=IntegerField())


def _listed(name: str) -> Callable[..., Answer]:
    """The ordinary design of a list: a table of its own between."""

    def answer(people: QuerySet[Clinician], _: str, wish: Wish) -> Answer:
        rows = Listed._default_manager.filter(
            clinician=OuterRef("pk"), list=name, term=wish["term"]
        )
        return _kept(people, wish, Q(Exists(rows))), _one(Q(Exists(rows)))

    return answer


def _gender(people: QuerySet[Clinician], name: str, wish: Wish) -> Answer:
    holds = Q(gender=wish["term"])
    return _kept(people, wish, holds), _one(holds)


def _acuity(people: QuerySet[Clinician], name: str, wish: Wish) -> Answer:
    level = wish["level"]
    holds = Q(acuity_min__lte=level, acuity_max__gte=level)
    outside = Greatest(F("acuity_min") - level, level - F("acuity_max"), 0)
    return _kept(people, wish, holds), Greatest(1000 - 500 * outside, 0)


def _payment(people: QuerySet[Clinician], name: str, wish: Wish) -> Answer:
    if "payer" in wish:
        return _listed("payers")(people, name, {**wish, "term": wish["payer"]})
    most = wish["max_fee"]
    above = Greatest(1000 * (2 * most - F("fee_min")) / most, 0)
    value = Coalesce(Least(above, 1000), 0)
    return _kept(people, wish, Q(fee_min__lte=most)), value


def _openings(people: QuerySet[Clinician], name: str, wish: Wish) -> Answer:
    last = TODAY + timedelta(weeks=wish["within_weeks"])
    fresh = Opening.objects.filter(
        clinician=OuterRef("pk"), confirmed_on__gte=TODAY - timedelta(days=21)
    )
    soon = Q(available_on__isnull=True) | Q(available_on__lte=last)
    fits = fresh.filter(soon, count__gt=0)
    if wish.get("slots"):
        fits = fits.filter(slots__overlap=wish["slots"])
    value = Case(
        When(Exists(fits), then=1000), When(Exists(fresh), then=0), default=300
    )
    return _kept(people, wish, Q(Exists(fits))), value


def _place(people: QuerySet[Clinician], name: str, wish: Wish) -> Answer:
    ways = []
    if wish["mode"] != "in_person":
        ways.append(_by_screen(wish))
    near: Any = Value(0)
    if wish["mode"] != "telehealth":
        centre = find_zip(wish["zip"])
        assert centre is not None  # noqa: S101 the needs are around real people
        rooms = _rooms(centre, wish["radius_miles"])
        closest = rooms.order_by().values("clinician").annotate(m=Min("miles"))
        near = Coalesce(Subquery(closest.values("m")[:1]), 0.0)
        ways.append(Q(Exists(rooms)) & _offers(["in_person"]))
    holds = ways[0] | ways[1] if len(ways) > 1 else ways[0]
    radius = wish.get("radius_miles", 1)
    value = 1000 - near * 1000 / radius
    return _kept(people, wish, holds), value


def _by_screen(wish: Wish) -> Q:
    state = state_of(wish)
    licensed = Licence.objects.filter(
        clinician=OuterRef("pk"), state=state, verified_at__isnull=False
    )
    legal = Q(Exists(licensed))
    if state in operational(COMPACT, TODAY):
        compact = Privilege.objects.filter(clinician=OuterRef("pk"), compact=COMPACT)
        legal |= Q(Exists(compact))
    return _offers(["video", "phone"]) & legal


def _offers(formats: list[str]) -> Q:
    rows = Listed._default_manager.filter(
        clinician=OuterRef("pk"), list="formats", term__in=formats
    )
    return Q(Exists(rows))


def _rooms(centre: ZipCode, radius: int) -> QuerySet[Any]:
    high = radius / 69.0
    wide = high / 0.6
    half = Power(Sin(Radians(F("practice__latitude") - centre.latitude) / 2), 2)
    turn = Power(Sin(Radians(F("practice__longitude") - centre.longitude) / 2), 2)
    both = Cos(Radians(F("practice__latitude"))) * Cos(Radians(Value(centre.latitude)))
    miles = 2 * 3958.8 * ASin(Sqrt(half + both * turn))
    licensed = Licence.objects.filter(
        clinician=OuterRef("clinician"), state=OuterRef("practice__state")
    )
    return (
        Place.objects.filter(
            Exists(licensed),
            clinician=OuterRef("pk"),
            practice__latitude__range=(centre.latitude - high, centre.latitude + high),
            practice__longitude__range=(
                centre.longitude - wide,
                centre.longitude + wide,
            ),
        )
        .annotate(miles=miles)
        .filter(miles__lte=radius)
    )


def state_of(place: Wish) -> str:
    found = find_zip(place.get("zip", ""))
    return str(place.get("state") or (found.state if found else ""))


_ASKED: dict[str, Callable[..., Answer]] = {
    "specialties": _skill,
    "approaches": _skill,
    "languages": _language,
    "acuity": _acuity,
    "age_group": _listed("age_groups"),
    "gender": _gender,
    "faith": _listed("faiths"),
    "payment": _payment,
    "openings": _openings,
    "place": _place,
}
