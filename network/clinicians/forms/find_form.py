"""The criteria form of the find page as the JSON of a need, and nothing else.

Field names: “specialties” (ticked terms), “specialties-ocd-wish”, “age_group”,
“place-zip”. An empty field is a criterion that was not given.
"""

from typing import Any

from django.http import QueryDict

from network.clinicians import vocabulary
from network.clinicians.forms.find_criteria import MANY, ONE, Criterion
from network.clinicians.matching.need import WEIGHTS


def need_from(data: QueryDict) -> dict[str, Any]:
    """What the form says, as typed: the need's own validation judges it."""
    said: dict[str, Any] = {
        **{criterion.name: _many(data, criterion) for criterion in MANY},
        **{criterion.name: _one(data, criterion) for criterion in ONE},
        "acuity": _acuity(data),
        "style": _style(data),
        "place": _place(data),
        "openings": _openings(data),
        "payment": _payment(data),
        "kind": data.get("kind", ""),
        "reasons": data.getlist("reasons"),
        "exclude": _exclude(data),
        "text": data.get("text", "").strip(),
        "weights": _weights(data),
        "include_unclaimed": "include_unclaimed" in data,
    }
    return _given(said)


def _given(said: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in said.items()
        if value is not None and value is not False and value not in ("", [], {})
    }


def _many(data: QueryDict, criterion: Criterion) -> list[dict[str, Any]]:
    name = criterion.name
    return [
        _given(
            {
                "term": term,
                "wish": data.get(f"{name}-{term}-wish") or "prefer",
                "depth": data.get(f"{name}-{term}-depth", ""),
            }
        )
        for term in dict.fromkeys(filter(None, data.getlist(name)))
    ]


def _one(data: QueryDict, criterion: Criterion) -> dict[str, Any] | None:
    term = data.get(criterion.name)
    return {"term": term, "wish": _wish(data, criterion.name)} if term else None


def _wish(data: QueryDict, name: str) -> str:
    return data.get(f"{name}-wish") or "prefer"


def _number(data: QueryDict, name: str) -> int | str:
    """A whole number, or the words that were typed instead of one."""
    typed = data.get(name, "").strip().lstrip("$")
    return int(typed) if typed.isdecimal() and len(typed) < 6 else typed


def _acuity(data: QueryDict) -> dict[str, Any] | None:
    if data.get("acuity", "") == "":
        return None
    return {"level": _number(data, "acuity"), "wish": _wish(data, "acuity")}


def _style(data: QueryDict) -> list[dict[str, Any]]:
    axes = [axis.slug for axis in vocabulary.terms("styles")]
    return [
        {
            "axis": axis,
            "value": _number(data, f"style-{axis}"),
            "wish": _wish(data, f"style-{axis}"),
        }
        for axis in axes
        if data.get(f"style-{axis}")
    ]


def _wished(data: QueryDict, name: str, said: dict[str, Any]) -> dict[str, Any]:
    given = _given(said)
    return {**given, "wish": _wish(data, name)} if given else {}


def _place(data: QueryDict) -> dict[str, Any]:
    said = _given(
        {
            "zip": data.get("place-zip", "").strip(),
            "radius_miles": _number(data, "place-radius_miles"),
            "state": data.get("place-state", ""),
        }
    )
    mode = data.get("place-mode", "")
    located = said.keys() - {"radius_miles"}
    if mode:
        said["mode"] = mode
    elif located:
        said["mode"] = "either"
    return _wished(data, "place", said) if mode or located else {}


def _openings(data: QueryDict) -> dict[str, Any]:
    said = {
        "within_weeks": _number(data, "openings-within_weeks"),
        "slots": data.getlist("openings-slots"),
    }
    return _wished(data, "openings", said)


def _payment(data: QueryDict) -> dict[str, Any]:
    said = {
        "payer": data.get("payment-payer", ""),
        "network": data.get("payment-network", ""),
        "plan": data.get("payment-plan", "").strip(),
        "max_fee": _number(data, "payment-max_fee"),
        "sliding_scale": "payment-sliding_scale" in data,
        "superbill": "payment-superbill" in data,
    }
    return _wished(data, "payment", said)


def _exclude(data: QueryDict) -> dict[str, Any]:
    return _given(
        {
            "clinicians": data.getlist("exclude-clinicians"),
            "practices": data.getlist("exclude-practices"),
            "own_practice": "exclude-own_practice" in data,
        }
    )


def _weights(data: QueryDict) -> dict[str, Any]:
    said = {name: _number(data, f"weights-{name}") for name in WEIGHTS}
    return {name: weight for name, weight in said.items() if weight != ""}
