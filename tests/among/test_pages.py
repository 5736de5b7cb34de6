"""The pages of supervision and endorsements, for members, outsiders and the blocked."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from network.clinicians.actions.blocks import block_colleague
from network.clinicians.actions.endorsements import hide_endorsement
from network.clinicians.actions.membership import suspend_member
from network.clinicians.actions.needs import save_need
from network.clinicians.actions.supervision import Limits, ask_supervision
from network.clinicians.models import Clinician, Endorsement, Supervision
from tests.among.people import an_associate, endorsed, guided, user_of
from tests.conftest import signed_in
from tests.factories import a_colleague, a_staff_member

pytestmark = pytest.mark.django_db
PAGE = "/profile/supervision/"
LIMITS = {"acuity_max": "1", "refused_ages": ["teen"], "clients_max": "5"}


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def page_of(colleague: Clinician) -> str:
    return f"/clinicians/{colleague.public_id}/"


def test_an_associate_names_a_supervisor_who_confirms_within_limits(
    ana: Clinician,
) -> None:
    wren, lark = an_associate(), a_colleague("Lark Senior")
    hers, theirs = signed_in(wren), signed_in(lark)
    assert "Nobody finds you yet" in text(hers, PAGE)

    named = hers.post(f"{PAGE}colleagues/", {"name": "lark"}).content.decode()
    assert "Lark Senior" in named
    asked = hers.post(f"{PAGE}colleagues/{lark.public_id}/request/", follow=True)
    assert "was asked on" in asked.content.decode()

    assert "Answer an associate" in text(theirs, "/")
    one = f"{PAGE}{Supervision.objects.get().public_id}/"
    assert "Confirm, within limits" in text(theirs, one)
    kept = theirs.post(one, LIMITS, follow=True).content.decode()
    assert "since" in kept

    assert "Colleagues can find you" in text(hers, PAGE)
    assert "Not these ages: Teens" in text(hers, one).replace("Adolescents", "Teens")
    seen = text(signed_in(ana), page_of(wren))
    assert "Associate under supervision of Lark Senior" in seen
    assert "Acuity up to 1 of 4" in seen


def test_mistakes_are_told_beside_their_fields() -> None:
    wren, lark = an_associate(), a_colleague("Lark Senior")
    supervision = ask_supervision(wren, lark, by=user_of(wren))

    short = signed_in(wren).post(f"{PAGE}colleagues/", {"name": "l"})
    assert short.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    address = f"{PAGE}{supervision.public_id}/"
    wrong = signed_in(lark).post(address, {"acuity_max": "9", "clients_max": "7"})
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="7"' in wrong.content.decode()
    assert Supervision.objects.get().state == "asked"


def test_an_outsider_finds_no_supervision_and_changes_none(cleo: Clinician) -> None:
    wren, lark = an_associate(), a_colleague("Lark Senior")
    address = f"{PAGE}{guided(wren, lark).public_id}/"
    client = signed_in(cleo)

    for answer in (
        client.get(address),
        client.post(address, LIMITS),
        client.post(f"{address}ending/", {"verb": "end"}),
    ):
        assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "Lark" not in text(client, PAGE)


def test_an_associate_sets_no_limits_of_her_own() -> None:
    wren = an_associate()
    supervision = guided(wren, a_colleague("Lark Senior"), Limits(acuity_max=2))

    answer = signed_in(wren).post(f"{PAGE}{supervision.public_id}/", LIMITS)

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert Supervision.objects.get().acuity_max == 2


@pytest.mark.parametrize("who", ["wren", "lark"])
def test_either_ends_it(who: str) -> None:
    wren, lark = an_associate(), a_colleague("Lark Senior")
    address = f"{PAGE}{guided(wren, lark).public_id}/ending/"
    client = signed_in({"wren": wren, "lark": lark}[who])

    client.post(address, {"verb": "end"})
    again = client.post(address, {"verb": "end"}, follow=True)

    assert "changed meanwhile" in again.content.decode()
    assert Supervision.objects.get().state == "ended"
    assert "Name your supervisor" in text(signed_in(wren), "/")


def test_a_supervisor_who_is_held_back_is_told_of_to_the_associate(
    ana: Clinician,
) -> None:
    wren, lark = an_associate(), a_colleague("Lark Senior")
    guided(wren, lark)
    suspend_member(lark, by=a_staff_member(), why="complaint")

    assert "Nobody finds you at present" in text(signed_in(wren), PAGE)
    assert "Your supervision is not in force" in text(signed_in(wren), "/")
    assert "without a supervision in force" in text(signed_in(ana), page_of(wren))


def test_who_blocks_the_supervisor_does_not_read_the_name(cleo: Clinician) -> None:
    wren, lark = an_associate(), a_colleague("Lark Senior")
    guided(wren, lark)
    block_colleague(lark, cleo, by=user_of(lark))

    seen = text(signed_in(cleo), page_of(wren))

    assert "Associate under supervision" in seen
    assert "Lark" not in seen


@pytest.fixture
def results(ana: Clinician) -> Any:
    """The page of ana's search for OCD."""

    def read() -> str:
        need = {"specialties": [{"term": "ocd"}]}
        saved = save_need({"need": need}, owner=ana, by=user_of(ana))
        return text(signed_in(ana), saved.get_absolute_url())

    return read


def test_a_result_says_who_supervises_and_who_endorses(
    results: Any, ana: Clinician, ben: Clinician, cleo: Clinician
) -> None:
    wren, lark = an_associate(), a_colleague("Lark Senior")
    guided(wren, lark)
    endorsed(ben, lark)
    endorsed(cleo, lark, basis="co-treated")
    block_colleague(ana, cleo, by=user_of(ana))

    page = results()

    assert "Associate under supervision of Lark Senior" in page
    assert "OCD endorsed by 1 colleague: 1 consulted" in page.replace(
        "Obsessive-compulsive disorder", "OCD"
    )


SAID = {"specialty": "ocd", "basis": "trained", "from_year": 2019, "to_year": 2021}


def test_a_member_endorses_and_everybody_reads_it(
    ana: Clinician, cleo: Clinician
) -> None:
    wren = a_colleague("Wren Test")
    assert "Trained together" in text(signed_in(ana), page_of(wren))

    kept = signed_in(ana).post(f"{page_of(wren)}endorsement/", SAID, follow=True)

    assert "is told of your endorsement" in kept.content.decode()
    seen = text(signed_in(cleo), page_of(wren))
    assert "trained together, 2019 to 2021" in seen
    assert "1 colleague: 1 trained together" in seen


@pytest.mark.parametrize(
    "wrong",
    [
        {"specialty": "grief"},
        {"basis": "reputation"},
        {"from_year": 2022},
        {"to_year": 2999},
        {"from_year": "soon"},
    ],
)
def test_what_cannot_be_kept_is_said_with_the_values(
    wrong: dict[str, object], ana: Clinician
) -> None:
    wren = a_colleague("Wren Test")
    said: dict[str, Any] = {**SAID, **wrong}

    answer = signed_in(ana).post(f"{page_of(wren)}endorsement/", said)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Error: " in answer.content.decode()
    assert not Endorsement.objects.exists()


def test_nobody_endorses_herself_or_whom_she_does_not_see(
    ana: Clinician, finn: Clinician, cleo: Clinician
) -> None:
    wren = a_colleague("Wren Test")
    block_colleague(wren, cleo, by=user_of(wren))
    address = f"{page_of(wren)}endorsement/"

    for person in (wren, finn, cleo):
        client = signed_in(person)
        for answer in (client.get(address), client.post(address, SAID)):
            assert answer.status_code == HTTPStatus.NOT_FOUND
    assert signed_in(ana).get(address).status_code == HTTPStatus.OK


def test_received_and_given_are_changed_by_whom_they_belong_to(
    ana: Clinician, cleo: Clinician
) -> None:
    wren = a_colleague("Wren Test")
    one = endorsed(ana, wren)
    address = f"/profile/endorsements/{one.public_id}/change/"

    def press(person: Clinician, verb: str) -> int:
        return signed_in(person).post(address, {"verb": verb}).status_code

    for person, verb in ((cleo, "hide"), (ana, "hide"), (wren, "withdraw")):
        assert press(person, verb) == HTTPStatus.NOT_FOUND
    assert press(wren, "hide") == HTTPStatus.FOUND
    assert "hidden</span>" in text(signed_in(wren), "/profile/endorsements/")
    assert "hidden</span>" not in text(signed_in(ana), "/profile/endorsements/")
    assert "Ana Heron" not in text(signed_in(cleo), page_of(wren))
    assert press(wren, "show") == HTTPStatus.FOUND
    assert press(ana, "renew") == HTTPStatus.FOUND
    assert press(ana, "withdraw") == HTTPStatus.FOUND
    assert press(ana, "renew") == HTTPStatus.NOT_FOUND


def test_a_pair_and_a_hidden_word_are_marked_on_the_page(ana: Clinician) -> None:
    wren, lark = a_colleague("Wren Test"), a_colleague("Lark Test")
    endorsed(lark, wren)
    hide_endorsement(endorsed(wren, lark), by=user_of(lark))

    seen = text(signed_in(ana), page_of(wren))

    assert "they endorse each other" in seen
    assert "Whom Wren Test endorses" not in seen


def test_a_newcomer_reads_how_it_works(finn: Clinician) -> None:
    assert "Nobody is under your supervision" in text(signed_in(finn), PAGE)
    page = text(signed_in(finn), "/profile/endorsements/")
    assert "Nobody has endorsed you yet" in page


def test_the_sheet_for_a_client_names_the_supervisor(ana: Clinician) -> None:
    wren, lark, alone = an_associate(), a_colleague("Lark Senior"), an_associate("Jay")
    guided(wren, lark)
    people = [str(one.public_id) for one in (wren, lark, alone)]

    page = signed_in(ana).post("/lists/handout/", {"person": people})

    said = [sheet.standing for sheet in page.context["sheets"]]
    assert said == [
        "Associate under supervision of Lark Senior",
        "",
        "Associate, without a supervisor at present",
    ]
    assert "Associate under supervision of Lark Senior" in page.content.decode()


def test_a_comparison_says_who_is_an_associate(ana: Clinician) -> None:
    wren, lark = an_associate(), a_colleague("Lark Senior")
    guided(wren, lark)
    saved = save_need({"need": {"text": ""}}, owner=ana, by=user_of(ana))
    people = [str(wren.public_id), str(lark.public_id)]

    page = signed_in(ana).post(
        f"/find/{saved.public_id}/comparison/", {"compared": people}, follow=True
    )

    [stage] = [line for line in page.context["lines"] if line.label == "Stage"]
    assert set(stage.cells) == {
        "Independent",
        "Associate under supervision of Lark Senior",
    }
    assert stage.differs
