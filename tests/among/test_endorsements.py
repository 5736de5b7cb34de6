"""Colleagues vouch for each other: on one specialty, for a time, seen by members."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from network.activity.models import Event, Notification
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.actions.endorsements import (
    MOST_A_DAY,
    Claim,
    TooManyEndorsementsError,
    endorse,
    hide_endorsement,
    renew_endorsement,
    show_endorsement,
    withdraw_endorsement,
)
from network.clinicians.actions.skills import SpecialtyClaim, list_specialties
from network.clinicians.endorsements.evidence import evidence_for
from network.clinicians.endorsements.lines import lines_of
from network.clinicians.endorsements.permissions import allowed, allowed_towards
from network.clinicians.models import Clinician, Endorsement
from network.clinicians.models.endorsement import years_after, years_before
from tests.among.people import an_associate, endorsed, guided, on, user_of
from tests.factories import a_colleague

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def shown_to(viewer: Clinician, day: date = TODAY) -> int:
    return Endorsement.objects.visible_to(viewer).counting(day).count()


def told(person: Clinician) -> int:
    mine = Notification.objects.filter(person=person.user)
    return mine.filter(event__verb="endorsement.given").count()


def verbs(endorsement: Endorsement) -> list[str]:
    return [event.verb for event in Event.objects.about(endorsement)]


@pytest.fixture
def wren() -> Clinician:
    """She treats OCD."""
    return a_colleague("Wren Test")


TABLE = [
    ("endorser", set(), {"renew", "withdraw"}),
    ("endorsed", set(), {"hide"}),
    ("cleo", {"endorse"}, set()),
    ("finn", set(), set()),
    ("blocked", set(), set()),
]


@pytest.mark.parametrize(("who", "towards", "may"), TABLE)
def test_who_may_do_what(
    who: str,
    towards: set[str],
    may: set[str],
    ana: Clinician,
    wren: Clinician,
    request: pytest.FixtureRequest,
) -> None:
    one = endorsed(ana, wren)
    people = {"endorser": ana, "endorsed": wren}
    if who == "blocked":
        dana = people["blocked"] = request.getfixturevalue("dana")
        block_colleague(wren, dana, by=user_of(wren))
    person = people.get(who) or request.getfixturevalue(who)

    assert allowed(user_of(person), one) == may
    if who != "endorser":
        assert allowed_towards(user_of(person), wren) == towards


def test_it_is_recorded_and_the_endorsed_is_told(
    ana: Clinician, wren: Clinician
) -> None:
    one = endorsed(ana, wren)
    assert told(wren) == 1

    renew_endorsement(one, by=user_of(ana))
    hide_endorsement(one, by=user_of(wren))
    show_endorsement(one, by=user_of(wren))
    withdraw_endorsement(one, by=user_of(ana))

    assert verbs(one) == [
        "endorsement.given",
        "endorsement.renewed",
        "endorsement.hidden",
        "endorsement.shown",
        "endorsement.withdrawn",
    ]
    assert told(wren) == 1
    assert told(ana) == 0


def test_one_word_for_a_pair_and_a_specialty(ana: Clinician, wren: Clinician) -> None:
    first = endorsed(ana, wren)
    again = endorsed(ana, wren, basis="trained")

    assert again.pk == first.pk
    assert Endorsement.objects.get().basis == "trained"
    assert told(wren) == 1


@pytest.mark.parametrize(
    "claim",
    [
        Claim("grief", "consulted", 2020, 2024),
        Claim("ocd", "reputation", 2020, 2024),
    ],
)
def test_only_what_is_listed_on_a_known_ground(
    claim: Claim, ana: Clinician, wren: Clinician
) -> None:
    with pytest.raises(PermissionDenied):
        endorse(ana, wren, claim, by=user_of(ana))


def test_nobody_endorses_herself_or_somebody_unseen(
    wren: Clinician, finn: Clinician
) -> None:
    with pytest.raises(PermissionDenied):
        endorsed(wren, wren)
    with pytest.raises(PermissionDenied):
        endorsed(finn, wren)


def test_between_supervisor_and_associate_the_ground_is_supervision(
    wren: Clinician,
) -> None:
    junior = an_associate()
    guided(junior, wren)

    assert endorsed(junior, wren, basis="supervised").basis == "supervised"
    with pytest.raises(PermissionDenied):
        endorsed(wren, junior, basis="co-treated")


def test_as_many_a_day_and_no_more(ana: Clinician, wren: Clinician) -> None:
    """What is taken back counts as well."""
    with on(TODAY):
        for _ in range(MOST_A_DAY):
            withdraw_endorsement(endorsed(ana, wren), by=user_of(ana))
        with pytest.raises(TooManyEndorsementsError):
            endorsed(ana, wren)
    with on(date(2026, 6, 3)):
        endorsed(ana, wren)
    assert told(wren) == 2


def test_taken_back_and_given_again_it_stays_hidden(
    ana: Clinician, wren: Clinician
) -> None:
    one = endorsed(ana, wren)
    hide_endorsement(one, by=user_of(wren))
    withdraw_endorsement(one, by=user_of(ana))

    assert endorsed(ana, wren).hidden_at is not None


def test_who_sees_it(
    ana: Clinician, cleo: Clinician, finn: Clinician, wren: Clinician
) -> None:
    with on(TODAY):
        one = endorsed(ana, wren)
        assert [shown_to(each) for each in (ana, wren, cleo, finn)] == [1, 1, 1, 0]

        hide_endorsement(one, by=user_of(wren))
        assert shown_to(cleo) == 0
        seen = Endorsement.objects.visible_to
        assert [seen(each).count() for each in (ana, wren, cleo)] == [1, 1, 0]


@pytest.mark.parametrize("whom", ["ana", "wren"])
def test_who_is_blocked_sees_nothing_of_it(
    whom: str, ana: Clinician, cleo: Clinician, wren: Clinician
) -> None:
    with on(TODAY):
        endorsed(ana, wren)
        block_colleague(cleo, {"ana": ana, "wren": wren}[whom], by=user_of(cleo))
    assert shown_to(cleo) == 0
    assert shown_to(wren) == 1


def test_who_blocks_the_other_ends_what_they_said_for_everybody(
    ana: Clinician, cleo: Clinician, wren: Clinician
) -> None:
    with on(TODAY):
        endorsed(ana, wren)
        block_colleague(wren, ana, by=user_of(wren))
    assert [shown_to(each) for each in (ana, wren, cleo)] == [0, 0, 0]


def test_what_is_no_longer_listed_is_no_longer_endorsed(
    ana: Clinician, wren: Clinician
) -> None:
    with on(TODAY):
        endorsed(ana, wren)
        list_specialties(wren, [SpecialtyClaim("grief", "trained")], by=user_of(wren))
    assert shown_to(ana) == 0


@pytest.mark.parametrize(
    ("day", "strength"),
    [
        (date(2026, 6, 1), 100),
        (date(2027, 6, 1), 100),
        (date(2027, 6, 2), 99),
        (date(2027, 12, 1), 50),
        (date(2028, 5, 31), 0),
        (date(2028, 6, 1), 0),
        (date(2030, 1, 1), 0),
    ],
)
def test_it_fades_in_a_line_over_its_second_year(
    day: date, strength: int, ana: Clinician, wren: Clinician
) -> None:
    with on(TODAY):
        one = endorsed(ana, wren)
    assert one.strength(day) == strength
    assert one.is_fading(day) == (strength < 100)


def test_after_two_years_it_is_gone_and_one_tap_brings_it_back(
    ana: Clinician, cleo: Clinician, wren: Clinician
) -> None:
    last, gone = date(2028, 5, 31), date(2028, 6, 1)
    with on(TODAY):
        one = endorsed(ana, wren)
    assert (shown_to(cleo, last), shown_to(cleo, gone)) == (1, 0)

    with on(gone):
        renew_endorsement(one, by=user_of(ana))
    assert shown_to(cleo, gone) == 1


def test_years_of_a_leap_day() -> None:
    leap = date(2028, 2, 29)
    assert years_after(leap, 2) == date(2030, 3, 1)
    assert years_before(leap, 2) == date(2026, 2, 28)
    assert years_before(date(2030, 3, 1), 2) == date(2028, 3, 1)


def test_a_pair_that_endorses_each_other_is_marked_on_both(
    ana: Clinician, ben: Clinician, wren: Clinician
) -> None:
    list_specialties(ana, [SpecialtyClaim("grief", "trained")], by=user_of(ana))
    with on(TODAY):
        endorsed(ana, wren)
        back = endorsed(wren, ana, "grief")
        endorsed(ben, wren)

    def mutual(day: date) -> list[str]:
        lines = lines_of(Endorsement.objects.with_reciprocity(day), day)
        return sorted(one.endorsement.specialty for one in lines if one.is_mutual)

    assert mutual(TODAY) == ["grief", "ocd"]
    assert mutual(date(2028, 6, 1)) == []
    withdraw_endorsement(back, by=user_of(wren))
    assert mutual(TODAY) == ["grief"]


def test_evidence_counts_colleagues_by_ground(
    ana: Clinician, ben: Clinician, cleo: Clinician, dana: Clinician, wren: Clinician
) -> None:
    with on(TODAY):
        endorsed(ana, wren, basis="co-treated")
        endorsed(ben, wren)
        endorsed(dana, wren)

    known = evidence_for(cleo, [wren.public_id], TODAY)[wren.public_id]

    assert known["ocd"].words == "3 colleagues: 1 co-treated, 2 consulted"
    assert evidence_for(cleo, [ana.public_id], TODAY) == {}
