"""A member list becomes profiles: what is read, what is reported, what is kept."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from network.accounts.models import User
from network.accounts.roles import Role
from network.activity.models import Event
from network.clinicians.actions.membership import admit_member
from network.clinicians.models import (
    Clinician,
    Evidence,
    Invitation,
    Licence,
    Practice,
)
from network.clinicians.roster import run
from network.clinicians.roster.run import batches, entries
from tests.clinicians.lines import MINIMAL, imported, one_imported
from tests.factories import a_user

pytestmark = pytest.mark.django_db

LICENCE = {"state": "NY", "type": "LCSW", "number": "1", "expires": "2027-05-31"}
WHOLE: dict[str, Any] = {
    "external_id": "m-17",
    "name": "Linden Sparrow",
    "email": "Linden@Practice.example",
    "npi": "1234567893",
    "credentials": "LCSW",
    "profession": "social-worker",
    "gender": "woman",
    "licences": [LICENCE],
    "compacts": [
        {
            "compact": "psypact-apit",
            "home_state": "NY",
            "jurisdictions": ["*"],
            "from": "2024-07-01",
            "to": "2027-06-30",
        }
    ],
    "practices": [{"name": "Elm Rooms", "street": "1 Elm Street", "zip": "10583"}],
    "specialties": [{"term": "OCD", "depth": "certified"}, "ADHD"],
    "approaches": ["ERP", {"term": "EMDR", "depth": "trained"}],
    "age_groups": ["teen"],
    "participants": ["individual"],
    "acuity": {"min": 0, "max": 3},
    "formats": ["in_person", "video"],
    "languages": ["en", {"term": "es", "level": "full"}],
    "communities": [],
    "faith": [],
    "payers": ["aetna"],
    "fee": {"min": 150, "max": 200},
    "sliding_scale": True,
    "accepting": True,
    "openings": [
        {
            "slots": ["tue-evening"],
            "format": "video",
            "count": 2,
            "confirmed": "2026-11-20",
        }
    ],
    "bio": "Works with people who check.",
    "verified": True,
}


def test_a_whole_line_is_kept_whole(staff: User) -> None:
    outcome, problems = imported(WHOLE, vouched_by=staff)

    person = Clinician.objects.with_profile().get(external_id="m-17")
    assert (outcome.created, outcome.rejected, problems) == (1, 0, [])
    assert (person.name, person.credentials) == ("Linden Sparrow", "LCSW")
    assert (person.fee_min, person.fee_max, person.acuity_max) == (150, 200, 3)
    assert (person.payers, person.age_groups) == (["aetna"], ["teen"])
    skills = {skill.term: skill.depth for skill in person.specialty_skills.all()}
    assert skills == {"ocd": "certified", "adhd": "trained"}
    assert {s.term for s in person.approach_skills.all()} == {"erp", "emdr"}
    assert person.places.get().practice.city == "Scarsdale"
    assert person.openings.get().confirmed_on == date(2026, 11, 20)
    assert person.licences.get().verified_by == staff
    assert person.is_verified
    assert person.npi_bound_at is not None


def test_no_user_is_made_only_an_invitation() -> None:
    imported(WHOLE)
    assert Invitation.objects.get().email == "linden@practice.example"
    assert not User.objects.filter(email__startswith="linden").exists()


def test_nothing_is_verified_unless_somebody_vouches() -> None:
    imported(WHOLE)
    person = Clinician.objects.get(external_id="m-17")
    assert person.verified_at is None
    assert person.npi_bound_at is None
    assert person.licences.get().verified_at is None


def test_a_line_that_does_not_say_verified_is_not() -> None:
    staff = a_user("vouches@consilium.example", is_staff=True)
    imported({**WHOLE, "verified": False}, vouched_by=staff)
    assert not Clinician.objects.get(external_id="m-17").is_verified


def test_again_is_the_same(staff: User) -> None:
    imported(WHOLE, vouched_by=staff)
    before = _everything()
    outcome, _ = imported(WHOLE, vouched_by=staff)
    assert (outcome.created, outcome.updated) == (0, 1)
    assert _everything() == before


def test_keys_that_are_absent_stay_untouched(staff: User) -> None:
    imported(WHOLE, vouched_by=staff)
    imported({**MINIMAL, "external_id": "m-17", "specialties": []})

    person = Clinician.objects.get(external_id="m-17")
    assert person.name == MINIMAL["name"]
    assert person.specialty_skills.count() == 0
    assert person.approach_skills.count() == 2
    assert person.bio == WHOLE["bio"]
    assert person.is_verified


def test_a_licence_repeated_word_for_word_stays_verified(staff: User) -> None:
    imported(WHOLE, vouched_by=staff)
    imported(WHOLE)
    assert Clinician.objects.get().licences.get().verified_by == staff


def test_a_licence_that_changed_waits_for_staff(staff: User) -> None:
    imported(WHOLE, vouched_by=staff)
    licence = {**WHOLE["licences"][0], "expires": "2031-05-31"}
    imported({**WHOLE, "licences": [licence]})
    assert Clinician.objects.get().licences.get().verified_at is None


@pytest.mark.parametrize("pending", ["held", "rejected", "asked"])
def test_what_staff_have_decided_no_list_undoes(staff: User, pending: str) -> None:
    imported(WHOLE, vouched_by=staff)
    Licence.objects.update(pending=pending, verified_at=None, verified_by=None)
    imported(WHOLE, vouched_by=staff)
    licence = Licence.objects.get()
    assert (licence.pending, licence.verified_at) == (pending, None)


@pytest.mark.parametrize("licences", [[], [{**LICENCE, "expires": "2029-05-31"}]])
def test_a_hold_is_not_shaken_off_by_a_list(
    staff: User, licences: list[dict[str, str]]
) -> None:
    imported(WHOLE, vouched_by=staff)
    Licence.objects.update(pending="held", verified_at=None, verified_by=None)
    imported({**WHOLE, "licences": licences}, vouched_by=staff)
    licence = Licence.objects.get()
    assert (licence.pending, licence.verified_at) == ("held", None)


def test_a_licence_repeated_keeps_its_evidence_and_its_notices(staff: User) -> None:
    imported(WHOLE, vouched_by=staff)
    licence = Licence.objects.get()
    Licence.objects.update(told_days=30)
    shown = Evidence.objects.create(clinician=licence.clinician, licence=licence)
    imported(WHOLE, vouched_by=staff)
    shown.refresh_from_db()
    assert shown.licence == Licence.objects.get()
    assert Licence.objects.get().told_days == 30


def test_what_waited_is_verified_by_a_list_that_somebody_vouches_for(
    staff: User,
) -> None:
    imported(WHOLE)
    imported(WHOLE, vouched_by=staff)
    person = Clinician.objects.get()
    assert person.licences.get().verified_by == staff
    assert person.privileges.get().verified_at


def test_the_same_npi_is_the_same_person() -> None:
    npi = "1234567893"
    imported({**MINIMAL, "npi": npi}, {**MINIMAL, "npi": npi, "gender": "man"})
    assert Clinician.objects.get().gender == "man"


def test_an_npi_that_a_member_only_typed_does_not_win_her_the_entry(
    staff: User,
) -> None:
    squatter = admit_member(a_user(), name="Not She", profession="psychologist")
    Clinician.objects.filter(pk=squatter.pk).update(npi=WHOLE["npi"])
    imported(WHOLE, vouched_by=staff)
    squatter.refresh_from_db()
    assert not squatter.is_verified
    assert Clinician.objects.filter(npi=WHOLE["npi"]).count() == 2


def test_an_id_and_an_npi_of_two_people_are_reported() -> None:
    imported({**MINIMAL, "external_id": "a"}, {**MINIMAL, "npi": "1234567893"})
    _, problems = imported({**MINIMAL, "external_id": "a", "npi": "1234567893"})
    assert problems == [
        "line 1: npi: 1234567893 belongs to somebody else in the network"
    ]
    assert Clinician.objects.get(external_id="a").npi == ""


def test_people_of_one_address_are_not_one_person() -> None:
    shared = {"email": "office@practice.example"}
    imported(
        {**MINIMAL, **shared, "external_id": "a"},
        {**MINIMAL, **shared, "external_id": "b", "name": "Ivy Test"},
        {**MINIMAL, **shared, "name": "Ash Test"},
        {**MINIMAL, **shared, "name": "Ash Test"},
    )
    assert Clinician.objects.count() == 3


def test_colleagues_who_name_the_same_practice_share_it() -> None:
    place = WHOLE["practices"]
    imported(
        {**MINIMAL, "external_id": "a", "practices": place},
        {**MINIMAL, "external_id": "b", "practices": [*place, *place]},
        {**MINIMAL, "external_id": "c", "practices": [{"zip": "10583"}]},
        {**MINIMAL, "external_id": "d", "practices": [{"zip": "10583"}]},
    )
    assert Practice.objects.count() == 3
    assert Practice.objects.get(name="Elm Rooms").places.count() == 2


def test_a_practice_that_everybody_left_is_gone() -> None:
    one_imported(practices=WHOLE["practices"])
    one_imported(practices=[{"name": "Oak Rooms", "zip": "10601"}])
    assert [practice.name for practice in Practice.objects.all()] == ["Oak Rooms"]


def test_an_invited_person_takes_her_entry_over(staff: User) -> None:
    imported(WHOLE, vouched_by=staff)
    user = a_user("linden@practice.example")
    person = admit_member(user, name="Other", profession="counselor")
    assert (person.external_id, person.name) == ("m-17", "Linden Sparrow")


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"name": ""}, "name: is missing"),
        ({"name": None}, "name: is missing"),
        ({"profession": "wizard"}, "profession: “wizard” is not one of the profe"),
        ({"profession": 7}, "profession: “7” is not one of the profe"),
        ({"name": ["a"]}, "name: should be text, not ['a']"),
    ],
)
def test_without_a_name_and_a_profession_there_is_nobody(
    said: dict[str, Any], problem: str
) -> None:
    outcome, problems = imported({**MINIMAL, **said})
    assert outcome.rejected == 1
    assert problems[0].startswith(f"line 1: {problem}")
    assert not Clinician.objects.exists()


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"npi": "1234567890"}, "npi: “1234567890” is not an NPI"),
        ({"gender": "wombat"}, "gender: “wombat” is not one of the genders"),
        ({"specialties": ["qqqqzzzz"]}, "specialties[0]: “qqqqzzzz” is not one"),
        ({"specialties": [5.5]}, "specialties[0]: should be text, not 5.5"),
        ({"specialties": True}, "specialties: should be a list, not True"),
        (
            {"specialties": [{"term": "OCD", "depth": "zzz"}]},
            "specialties[0].depth: “zzz” is not one of the depths",
        ),
        ({"fee": {"min": 9, "max": 5}}, "fee: ends below its beginning"),
        ({"fee": 150}, "fee: should be an object, not 150"),
        ({"fee": {"min": -1}}, "fee.min: should be from 0 to"),
        ({"acuity": {"max": 7}}, "acuity.max: should be from 0 to 4, not 7"),
        ({"accepting": "yes"}, "accepting: should be true or false, not 'yes'"),
        ({"licences": [{"state": "ZZ"}]}, "licences[0].state: “ZZ” is not one"),
        (
            {"licences": [{"state": "NY", "expires": "soon"}]},
            "licences[0].expires: should be a day like",
        ),
        ({"practices": [{"zip": "00000"}]}, "practices[0].zip: '00000' is not a"),
        ({"practices": "here"}, "practices[0]: should be an object"),
        ({"openings": [{"slots": []}]}, "openings[0].confirmed: should be a day"),
        (
            {"openings": [{"confirmed": "2999-01-01"}]},
            "openings[0].confirmed: 2999-01-01 is still to come",
        ),
        ({"email": "nobody"}, "email: 'nobody' is not an e-mail address"),
        ({"styles": {"structured": 9}}, "styles.structured: should be from 1 to 5"),
        ({"hidden": ["name"]}, "hidden[0]: 'name' is not a field"),
        ({"bio": "x" * 2001}, "bio: is longer than 2000 characters and was cut"),
        ({"favourite_colour": 1}, "favourite_colour: is not a key of this form"),
        (
            {"compacts": [{"compact": "psypact-apit", "home_state": 1}]},
            "compacts[0].home_state: “1” is not one of the states",
        ),
        ({"not_for_me": ["qqqqzzzz"]}, "not_for_me[0]: “qqqqzzzz” is not a known"),
    ],
)
def test_what_does_not_resolve_is_reported_and_the_rest_is_kept(
    said: dict[str, Any], problem: str
) -> None:
    outcome, problems = imported({**MINIMAL, **said})
    assert outcome.created == 1
    assert problems[0].startswith(f"line 1: {problem}")
    assert len(problems) == 1


def test_bytes_that_no_database_takes_are_left_out() -> None:
    person = one_imported(bio="a\x00b \ud800c", name=" Ivy\t Test ")
    assert (person.bio, person.name) == ("ab c", "Ivy Test")


def test_lines_that_are_no_objects_are_reported_by_number() -> None:
    told: list[Any] = []
    lines = (
        b'\xef\xbb\xbf{"name": "A", "profession": "psychologist"}\r\n\n[1]\n{"n\n\xff'
    )
    outcome = run.import_roster(
        io.BytesIO(lines),
        vouched_by=None,
        dry_run=False,
        tell=told.extend,
        show=lambda done, count: None,
    )
    assert (outcome.created, outcome.rejected) == (1, 3)
    assert [problem.line for problem in told] == [3, 4, 5]


def test_a_dry_run_says_the_same_and_changes_nothing() -> None:
    outcome, problems = imported(WHOLE, {**MINIMAL, "gender": "wombat"}, dry_run=True)
    assert (outcome.created, len(problems)) == (2, 1)
    assert not Clinician.objects.exists()


@pytest.mark.parametrize(
    ("said", "formats"),
    [
        ({"practices": [{"zip": "10583"}]}, ["in_person"]),
        ({"practices": [{"zip": "10583"}], "formats": ["video"]}, ["video"]),
        ({}, []),
    ],
)
def test_whoever_names_only_a_room_sees_people_there(
    said: dict[str, Any], formats: list[str]
) -> None:
    assert one_imported(**said).formats == formats


def test_the_deeper_of_two_claims_stands() -> None:
    claims = ["OCD", {"term": "ocd", "depth": "teaches"}, {"term": "OCD"}]
    assert one_imported(specialties=claims).specialty_skills.get().depth == "teaches"


def test_an_import_is_on_the_trail(staff: User) -> None:
    imported(WHOLE, vouched_by=staff)
    event = Event.objects.get(verb="clinicians.roster_imported")
    assert event.detail == {"created": 1, "updated": 0}
    assert event.actor_kind == "staff"


def test_batches_are_full_and_nobody_comes_twice_in_one() -> None:
    lines = [{**MINIMAL, "external_id": str(n % 300)} for n in range(1400)]
    file = io.BytesIO("\n".join(map(json.dumps, lines)).encode())
    sizes = [len(batch) for batch in batches(entries(file, [], run.Outcome()))]
    assert sizes == [300, 300, 300, 300, 200]


def test_the_command_reports_and_counts(
    tmp_path: Path, staff: User, capsys: pytest.CaptureFixture[str]
) -> None:
    file, report = tmp_path / "members.jsonl", tmp_path / "report.csv"
    file.write_text(json.dumps({**WHOLE, "gender": "wombat"}))
    call_command("import_clinicians", file, verified_by=staff.email, report=report)
    captured = capsys.readouterr()
    assert "1 created, 0 updated, 0 rejected." in captured.out
    assert "line 1: gender: “wombat”" in captured.err
    assert "1,gender," in report.read_text()


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        (None, {}, "cannot be read"),
        ("{}", {}, "No line could be imported."),
        ("{}", {"verified_by": "cleo@consilium.example"}, "not a member of staff"),
    ],
)
def test_the_command_says_why_it_cannot(
    tmp_path: Path, content: str | None, options: dict[str, str], sentence: str
) -> None:
    file = tmp_path / "members.jsonl"
    if content is not None:
        file.write_text(content)
    with pytest.raises(CommandError, match=sentence):
        call_command("import_clinicians", file, **options)


def test_a_moderator_vouches_for_nobody(tmp_path: Path, staff: User) -> None:
    User.objects.filter(pk=staff.pk).update(roles=[Role.MODERATOR])
    file = tmp_path / "members.jsonl"
    file.write_text(json.dumps(WHOLE))
    with pytest.raises(CommandError, match="no role that lets them vouch"):
        call_command("import_clinicians", file, verified_by=staff.email)
    assert not Clinician.objects.exists()


def _everything() -> list[dict[str, Any]]:
    people = Clinician.objects.with_profile().order_by("pk")
    return [
        {
            **Clinician.objects.filter(pk=one.pk).values().get(),
            "licences": list(one.licences.values_list("state", "verified_at")),
            "specialties": list(one.specialty_skills.values_list("term", "depth")),
            "openings": list(one.openings.values_list("slots", "confirmed_on")),
            "places": list(one.places.values_list("practice")),
        }
        for one in people
    ]
