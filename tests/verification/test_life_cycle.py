"""The table of standings: every standing, every person, every move."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from network.accounts.models import User
from network.clinicians.actions.reviews import take_file
from network.clinicians.models import Clinician, Licence, Privilege, Review
from network.clinicians.verification.life_cycle import (
    MOVES,
    Standing,
    Who,
    notice_due,
    standing_of,
    verbs,
)
from network.clinicians.verification.permissions import allowed_claim
from tests.architecture.sources import ROOT
from tests.factories import a_staff_member, a_user
from tests.verification.people import again, say_licence, somebody_waiting, user_of

TODAY = date(2026, 11, 22)
OWNER, STAFF, HOLDER = {Who.OWNER}, {Who.STAFF}, {Who.STAFF, Who.HOLDER}
DECIDE = {"verify", "reject", "hold", "ask"}
TABLE = [
    (Standing.SUBMITTED, OWNER, {"attach", "withdraw"}),
    (Standing.SUBMITTED, STAFF, {"take"} | DECIDE),
    (Standing.IN_REVIEW, OWNER, {"attach", "withdraw"}),
    (Standing.IN_REVIEW, STAFF, set()),
    (Standing.IN_REVIEW, HOLDER, {"release"} | DECIDE),
    (Standing.ASKED, OWNER, {"attach", "answer", "withdraw"}),
    (Standing.ASKED, STAFF, {"reopen", "reject"}),
    (Standing.VERIFIED, OWNER, {"withdraw"}),
    (Standing.VERIFIED, STAFF, {"hold"}),
    (Standing.EXPIRING, OWNER, {"withdraw", "renew"}),
    (Standing.EXPIRING, STAFF, {"hold"}),
    (Standing.EXPIRED, OWNER, {"withdraw", "renew"}),
    (Standing.EXPIRED, STAFF, {"hold"}),
    (Standing.HELD, OWNER, {"attach", "appeal"}),
    (Standing.HELD, STAFF, {"reopen"}),
    (Standing.REJECTED, OWNER, {"attach", "appeal", "withdraw"}),
    (Standing.REJECTED, STAFF, {"reopen"}),
]


@pytest.mark.parametrize(("standing", "who", "may"), TABLE)
def test_who_may_do_what_in_which_standing(
    standing: Standing, who: set[Who], may: set[str]
) -> None:
    assert verbs(standing, frozenset(who), person=False) == may


@pytest.mark.parametrize("standing", list(Standing))
def test_to_others_no_claim_offers_anything(standing: Standing) -> None:
    assert verbs(standing, frozenset(), person=False) == set()


@pytest.mark.parametrize("standing", list(Standing))
def test_a_person_is_neither_held_nor_taken_away(standing: Standing) -> None:
    everybody = frozenset(Who)
    assert not verbs(standing, everybody, person=True) & {"hold", "withdraw", "renew"}


def test_the_documents_have_the_same_table() -> None:
    rows = [
        f"| {move.standing} | {move.verb} | {move.who} | {move.to or 'gone'} |"
        for move in MOVES
    ]
    text = (ROOT / "docs/permissions.md").read_text()

    assert "\n".join(rows) + "\n\n" in text


def test_no_standing_offers_the_same_to_the_same_person_twice() -> None:
    keys = [(move.standing, move.verb, move.who) for move in MOVES]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("left", "standing", "due"),
    [
        (None, Standing.VERIFIED, None),
        (61, Standing.VERIFIED, None),
        (60, Standing.EXPIRING, 60),
        (31, Standing.EXPIRING, 60),
        (30, Standing.EXPIRING, 30),
        (7, Standing.EXPIRING, 7),
        (0, Standing.EXPIRING, 7),
        (-1, Standing.EXPIRED, 0),
        (-400, Standing.EXPIRED, 0),
    ],
)
def test_the_day_alone_says_what_ends(
    left: int | None, standing: Standing, due: int | None
) -> None:
    ends = None if left is None else TODAY + timedelta(days=left)
    claim = Licence(state="NY", expires_on=ends, verified_at=timezone.now())
    privilege = Privilege(compact="x", valid_to=ends, verified_at=timezone.now())

    assert standing_of(claim, TODAY) == standing_of(privilege, TODAY) == standing
    assert notice_due(ends, TODAY) == due


@pytest.mark.parametrize("who", ["owner", "holder", "staff", "moderator", "cleo"])
@pytest.mark.django_db
def test_the_table_is_what_is_allowed(who: str, staff: User, cleo: Clinician) -> None:
    person = somebody_waiting()
    take_file(person, by=staff)
    moderator = a_user(is_staff=True)
    User.objects.filter(pk=moderator.pk).update(roles=["moderator"])
    cast = {
        "owner": (user_of(person), OWNER),
        "holder": (staff, HOLDER),
        "staff": (a_staff_member(), STAFF),
        "moderator": (User.objects.get(pk=moderator.pk), set()),
        "cleo": (user_of(cleo), set()),
    }
    actor, parts = cast[who]
    licence = person.licences.get()
    licence.clinician = again(person)

    expected = verbs(Standing.IN_REVIEW, frozenset(parts), person=False)
    assert allowed_claim(actor, licence, timezone.now()) == expected


@pytest.mark.django_db
def test_staff_have_no_say_in_their_own_claims() -> None:
    both = a_staff_member()
    person = somebody_waiting()
    Clinician.objects.filter(pk=person.pk).update(user=both)
    person = again(person)
    for claim in (Review.of(person), say_licence(person, "NJ", "7")):
        claim.clinician = person
        assert not allowed_claim(both, claim, timezone.now()) & (DECIDE | {"take"})
