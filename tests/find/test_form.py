"""The form and the need are one object: what is shown is what is sent."""

import re
from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network.clinicians import vocabulary
from network.clinicians.forms.find_criteria import MANY, ONE
from network.clinicians.forms.find_form import need_from
from network.clinicians.forms.find_need import judged, kept
from network.clinicians.forms.find_panel import panel

WISHES = st.sampled_from(["must", "prefer", "avoid"])


def slugs(list_name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([term.slug for term in vocabulary.terms(list_name)])


def several(list_name: str, **more: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    one = st.fixed_dictionaries(
        {"term": slugs(list_name), "wish": WISHES}, optional=more
    )
    return st.lists(one, max_size=3, unique_by=lambda each: each["term"])


def single(list_name: str) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"term": slugs(list_name), "wish": WISHES})


def fields(
    wish: st.SearchStrategy[str] = WISHES, **more: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"wish": wish}, optional=more)


NEEDS = st.fixed_dictionaries(
    {},
    optional={
        **{
            criterion.name: several(
                criterion.vocabulary,
                **({"depth": slugs("depths")} if criterion.deep else {}),
            )
            for criterion in MANY
        },
        **{criterion.name: single(criterion.vocabulary) for criterion in ONE},
        "acuity": st.fixed_dictionaries({"level": st.integers(0, 4), "wish": WISHES}),
        "style": st.lists(
            st.fixed_dictionaries(
                {"axis": slugs("styles"), "value": st.integers(1, 5), "wish": WISHES}
            ),
            max_size=2,
            unique_by=lambda each: each["axis"],
        ),
        "place": fields(
            mode=st.sampled_from(["in_person", "telehealth", "either"]),
            zip=st.sampled_from(["10583", "10001", "94110"]),
            radius_miles=st.integers(1, 500),
            state=slugs("states"),
        ),
        "openings": fields(
            within_weeks=st.integers(1, 52),
            slots=st.lists(slugs("slots"), max_size=5, unique=True),
        ),
        "payment": fields(
            payer=slugs("payers"),
            network=slugs("networks"),
            max_fee=st.integers(0, 900),
            sliding_scale=st.booleans(),
        ),
        "kind": slugs("kinds"),
        "reasons": st.lists(slugs("reasons"), max_size=3, unique=True),
        "text": st.text("abc é", max_size=20).map(str.strip),
        "include_unclaimed": st.booleans(),
        "weights": st.dictionaries(
            st.sampled_from(["specialties", "place", "style"]), st.integers(0, 9)
        ),
        "exclude": st.fixed_dictionaries({"own_practice": st.booleans()}),
    },
)


class Sent(HTMLParser):
    """What a browser without scripts would send of a form."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self.menu = ""
        self.first = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "input" and said.get("name"):
            self._input(said)
        elif tag == "select":
            self.menu, self.first = said["name"] or "", True
        elif tag == "option" and ("selected" in said or self.first):
            if not self.first:
                self.pairs = self.pairs[:-1]
            self.pairs.append((self.menu, said.get("value") or ""))
            self.first = False

    def _input(self, said: dict[str, str | None]) -> None:
        ticked = said.get("type") not in ("checkbox", "radio") or "checked" in said
        if ticked:
            self.pairs.append((said["name"] or "", said.get("value", "on") or ""))


def sent(need: dict[str, Any]) -> QueryDict:
    """The panel rendered for this need, and sent as it is."""
    context = {
        "groups": panel(need, {}),
        "depths": vocabulary.terms("depths"),
        "five": range(1, 6),
        "excluded": {},
    }
    reader = Sent()
    for group in context["groups"]:
        html = render_to_string(
            "clinicians/find/_group.html", {**context, "group": group}
        )
        reader.feed(html)
    data = QueryDict(mutable=True)
    for name, value in reader.pairs:
        data.appendlist(name, value)
    return data


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(NEEDS)
def test_a_need_survives_being_shown_and_sent(raw: dict[str, Any]) -> None:
    need, errors = judged(raw)
    assert need is not None, errors
    before = kept(need)

    again, errors = judged(need_from(sent(before)))

    assert again is not None, errors
    assert same(kept(again)) == same(before)


def same(need: dict[str, Any]) -> dict[str, Any]:
    """Slots and reasons are sets: their order says nothing."""
    sets = {"reasons": sorted(need.get("reasons", []))}
    style = sorted(need.get("style", []), key=lambda each: str(each["axis"]))
    openings = dict(need.get("openings") or {})
    openings["slots"] = sorted(openings.get("slots", []))
    return {**need, **sets, "style": style, "openings": openings}


def test_what_cannot_be_is_said_beside_its_field() -> None:
    data = QueryDict("place-zip=00000&acuity=9&place-mode=in_person")

    need, errors = judged(need_from(data))

    assert need is None
    assert set(errors) == {"place", "acuity"}
    wrong = [
        field.name
        for group in panel(need_from(data), {}, errors)
        for field in group.fields
        if field.errors
    ]
    assert sorted(wrong) == ["acuity", "place"]


def test_every_control_of_the_panel_has_a_name_of_its_own() -> None:
    ids = re.findall(
        r' id="([^"]+)"',
        "".join(
            render_to_string(
                "clinicians/find/_group.html",
                {"group": group, "depths": (), "five": (), "excluded": {}},
            )
            for group in panel({}, {})
        ),
    )

    assert len(ids) == len(set(ids))
