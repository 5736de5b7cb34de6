"""What no form of ours sends: every door answers it, and the need stays whole."""

from collections.abc import Sequence

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network.clinicians.actions.list_entries import list_colleague
from network.clinicians.actions.needs import save_need
from network.clinicians.matching.need import Need
from network.clinicians.models import Clinician, SavedNeed
from tests.conftest import signed_in
from tests.factories import shortlist

HTMX = {"HX-Request": "true"}
NEED = {
    "kind": "transfer",
    "reasons": ["specialty"],
    "specialties": [{"term": "ocd", "wish": "must"}],
    "approaches": [{"term": "erp", "wish": "prefer"}],
    "age_group": {"term": "adult", "wish": "must"},
    "place": {"mode": "either", "zip": "10601", "radius_miles": 15, "wish": "must"},
    "style": [{"axis": "directive", "value": 4, "wish": "prefer"}],
    "weights": {"gender": 3},
    "exclude": {"clinicians": [], "practices": [], "own_practice": True},
    "text": "quiet",
}
QUESTION = {
    "words": "PD",
    "wish": "prefer",
    "choices": [{"field": "specialties", "term": "panic", "label": "Panic"}],
}
DOORS = {
    "find": ("words",),
    "need_people": ("exclude-add",),
    "need_terms": ("specialties-add",),
    "need_answers": ("answer",),
    "need_chips": ("turn", "remove"),
    "need_clearance": (),
    "comparison": ("compared",),
    "need_criteria": (
        "specialties",
        "specialties-add",
        "exclude-add",
        "exclude-clinicians",
        "acuity",
        "age_group",
        "place-zip",
        "place-radius_miles",
        "style-directive",
        "reasons",
        "payment-max_fee",
        "text",
        "weights-gender",
        "compared",
    ),
    "need_more": ("cursor",),
    "need_relaxation": ("way",),
    "need_unclaimed": (),
    "need_words": ("words",),
    "list_entry": ("next",),
    "list_entry_words": ("note", "tags", "is_note_shared"),
    "list_name": ("name",),
    "list_share": ("reader",),
    "lists": ("name",),
    "handout": ("person",),
    "handout_pdf": ("person",),
}
FIELDS = [(door, name) for door, names in DOORS.items() for name in names]
LONG = "x" * 100_000
NASTY = (
    *("", " ", "\0", "ocd\0", "9" * 5000, f"{'9' * 5000}/0", f"0/{'9' * 5000}", LONG),
    *("٣", "-1", "0/-1", "1e9", "[]", "{}", "%00", "../..", "\u202e", "’"),
    *("kind", "text", "exclude", "weights", "include_unclaimed", "limit", "cursor"),
    *("reasons/x", "reasons/specialty", "weights/gender", "kind/transfer", "text/q"),
    *("specialties", "specialties/", "specialties/nothing", "place/zip", "style/"),
    *("age_group/adult", "exclude/own_practice", "/:prefer", "/kind:prefer", ":"),
    *("/text/0:prefer", "/specialties/-1:prefer", "/specialties/9:prefer"),
    *("/specialties:prefer", "/specialties:radius", "/kind:radius", "/text:radius"),
    *("/place/0:prefer", "/weights:prefer", "/exclude:prefer", "/reasons/0:prefer"),
    *(f"/specialties/{'9' * 5000}:prefer", "/place:avoid", "//place:radius"),
)


@pytest.fixture
def tab(ana: Clinician, ben: Clinician) -> Client:
    """A browser of Ana's, who has Ben on her list."""
    assert ana.user is not None
    list_colleague(shortlist(ana), ben, by=ana.user)
    return signed_in(ana)


@pytest.fixture
def anas(ana: Clinician) -> SavedNeed:
    """A search of Ana's with something of everything."""
    assert ana.user is not None
    content = {"need": NEED, "questions": [QUESTION] * 2, "compared": []}
    return save_need(content, owner=ana, by=ana.user)


def address(door: str, saved: SavedNeed, person: Clinician) -> str:
    if door in ("need_people", "need_terms"):
        return reverse(f"clinicians:{door}")
    if door == "comparison" or door.startswith("need_"):
        return reverse(f"clinicians:{door}", args=[saved.public_id])
    if door.startswith("list_entry"):
        return reverse(f"clinicians:{door}", args=["shortlist", person.public_id])
    if door.startswith("list_"):
        return reverse(f"clinicians:{door}", args=["shortlist"])
    return reverse(f"clinicians:{door}")


def nasty(door: str, field: str) -> Sequence[str]:
    """Where a door has many fields, each value is tried on every third of them."""
    fields = DOORS[door]
    return NASTY if len(fields) < 4 else NASTY[fields.index(field) % 3 :: 3]


def assert_whole(saved: SavedNeed) -> None:
    content = SavedNeed.objects.get(pk=saved.pk).content
    assert Need.model_validate(content["need"])
    assert len(str(content)) < 20_000


@pytest.mark.parametrize(("door", "field"), FIELDS)
def test_no_value_breaks_a_door(
    door: str, field: str, tab: Client, anas: SavedNeed, ben: Clinician
) -> None:
    where = address(door, anas, ben)
    for value in nasty(door, field):
        answer = tab.post(where, {field: [value, value]})
        assert answer.status_code < 500, value[:40]
    assert tab.get(anas.get_absolute_url()).status_code == 200
    assert_whole(anas)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_door_bears_an_empty_form(
    door: str, headers: dict[str, str], tab: Client, anas: SavedNeed, ben: Clinician
) -> None:
    answer = tab.post(address(door, anas, ben), headers=headers)

    assert answer.status_code < 500
    assert_whole(anas)


@pytest.mark.parametrize("character", [rb"\x00", rb"\ud800"], ids=["nul", "half"])
def test_what_no_database_can_hold_is_refused(
    character: bytes, tab: Client, anas: SavedNeed, ben: Clinician
) -> None:
    """An odd charset is the way in for half of a surrogate pair."""
    kind = "multipart/form-data; boundary=x; charset=unicode_escape"
    for door, field in FIELDS:
        disposition = b'Content-Disposition: form-data; name="%s"' % field.encode()
        body = b"\r\n".join(
            [b"--x", disposition, b"", b"ab" + character, b"--x--", b""]
        )

        answer = tab.generic("POST", address(door, anas, ben), body, kind)

        assert answer.status_code == 400, (door, field)
    assert SavedNeed.objects.get().content["need"] == NEED


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    data=st.dictionaries(
        st.sampled_from(["turn", "remove", "answer", "way", "cursor"]),
        st.one_of(
            st.sampled_from(NASTY),
            st.text(max_size=30),
            st.from_regex(r"\A/?[a-z_]{1,12}(/[a-z0-9-]{0,6})?(:[a-z]{0,8})?\Z"),
            st.builds(
                "{}{}{}".format,
                st.sampled_from([*NEED, "faith", ""]),
                st.sampled_from(["", "/", "/0", "/1", "/ocd", "/-1"]),
                st.sampled_from(["", ":", ":prefer", ":radius", ":must"]),
            ),
        ),
        max_size=3,
    ),
    door=st.sampled_from(
        ["need_chips", "need_answers", "need_relaxation", "need_more"]
    ),
)
def test_whatever_is_sent_the_need_stays_a_need(
    data: dict[str, str], door: str, tab: Client, anas: SavedNeed, ben: Clinician
) -> None:
    assert tab.post(address(door, anas, ben), data).status_code < 500
    assert_whole(anas)


@pytest.mark.parametrize("route", ["account_logout", "foo", "clinicians:find", "."])
def test_the_way_back_is_an_address_not_a_route(
    route: str, tab: Client, ben: Clinician
) -> None:
    where = reverse("clinicians:list_entry", args=["shortlist", ben.public_id])

    answer = tab.post(where, {"next": route})

    assert answer.status_code == 302
    assert answer["Location"] in (route, reverse("clinicians:list", args=["shortlist"]))
