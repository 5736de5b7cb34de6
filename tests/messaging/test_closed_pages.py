"""Where nothing can be written any more: what somebody had begun is hers."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from messaging.actions.conversations import close
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
    assert answer.status_code == 422
    return answer.content.decode()


def left(html: str) -> tuple[str, bool]:
    """The words that are left with her, and whether they are shown."""
    shown = re.sub("<template.*?</template>", "", html, flags=re.DOTALL)
    [(tag, words)] = re.findall(
        r"(<[^>]* data-left[^>]*>).*?<textarea[^>]*>(.*?)</textarea>", shown, re.DOTALL
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
    again = anas.get(circle.get_absolute_url()).content.decode()
    assert left(again) == ("Half.", True)


def test_where_nothing_was_written_nothing_is_left(
    anas: Client, dana: Clinician, circle: Conversation
) -> None:
    close(circle, by=her(dana))

    assert left(sends(anas, circle)) == ("", False)
