"""Where nothing can be written any more: what somebody had begun is hers."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from messaging.actions.conversations import close
from messaging.actions.drafts import save_draft
from messaging.actions.topics import make_topic
from messaging.drafts import draft_of
from messaging.models import Conversation, Topic
from network.clinicians.models import Clinician
from tests.conftest import signed_in
from tests.factories import a_conversation
from tests.messaging.saying import her


@pytest.fixture
def circle(dana: Clinician, ana: Clinician) -> Conversation:
    return a_conversation(dana, ana, title="Tuesday")


@pytest.fixture
def topic(circle: Conversation, dana: Clinician) -> Topic:
    return make_topic(circle, "Planning", by=her(dana))


@pytest.fixture
def anas(ana: Clinician) -> Client:
    return signed_in(ana)


def sends(browser: Client, circle: Conversation, **said: object) -> str:
    address = f"{circle.get_absolute_url()}messages/"
    answer = browser.post(address, {"client_id": uuid4(), **said})
    return shown(answer, 422)


def shown(answer: Any, status: int = 200) -> str:
    """Without what only scripts fill."""
    assert answer.status_code == status
    html: str = answer.content.decode()
    return re.sub("<template.*?</template>", "", html, flags=re.DOTALL)


def left(html: str) -> tuple[str, bool]:
    """The words that are left with her, and whether they are shown."""
    [(tag, words)] = re.findall(
        r"(<[^>]* data-left[^>]*>).*?<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL
    )
    return words, " hidden" not in tag


def test_what_could_not_be_sent_any_more_is_kept_as_a_draft(
    anas: Client, ana: Clinician, dana: Clinician, circle: Conversation, topic: Topic
) -> None:
    close(circle, by=her(dana))

    assert left(sends(anas, circle, body="Half.")) == ("Half.", True)
    about = sends(anas, circle, body="Half a plan.", topic=topic.public_id)
    assert left(about) == ("Half a plan.", True)

    assert draft_of(ana, circle) == "Half."
    assert draft_of(ana, circle, topic) == "Half a plan."
    again = anas.get(circle.get_absolute_url())
    assert left(shown(again)) == ("Half.", True)


def test_where_nothing_was_written_nothing_is_left(
    anas: Client, dana: Clinician, circle: Conversation
) -> None:
    close(circle, by=her(dana))

    assert left(sends(anas, circle)) == ("", False)


def test_what_is_left_is_thrown_away_where_it_stands(
    anas: Client, ana: Clinician, dana: Clinician, circle: Conversation, topic: Topic
) -> None:
    save_draft(circle, "Half.", by=her(ana))
    save_draft(circle, "Half a plan.", by=her(ana), topic=topic)
    close(circle, by=her(dana))
    where = circle.get_absolute_url()
    about = f"{where}?topic={topic.public_id}"

    def throw_away(address: str) -> str:
        [form] = re.findall(
            r"<form[^>]* data-left.*?</form>", shown(anas.get(address)), re.DOTALL
        )
        fields = re.findall(r'<input[^>]* name="(\w+)" value="([^"]*)"', form)
        [action] = re.findall(r'action="([^"]*)"', form)
        return anas.post(action, dict(fields))["Location"]

    assert throw_away(about) == about
    assert (draft_of(ana, circle), draft_of(ana, circle, topic)) == ("Half.", "")
    assert throw_away(where) == where
    assert draft_of(ana, circle) == ""
    assert left(shown(anas.get(where))) == ("", False)
    assert anas.post(f"{where}draft/", {"body": ""}).status_code == 204
