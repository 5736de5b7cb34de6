"""Files in a real browser: chosen, dropped, pasted, taken off, sent, and shown."""

import base64
from collections.abc import Sequence
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from messaging.models import Attachment, Conversation
from network.clinicians.models import Clinician
from tests.factories import a_direct
from tests.journeys.conftest import TabOf, follow
from tests.journeys.test_accessibility import axe
from tests.journeys.test_messages import at, box, last
from tests.messaging.attaching import NOTES, files_in
from tests.messaging.saying import do
from tests.privacy.files.made import AN_SVG, a_photograph

PHOTOGRAPH = {"name": "board.jpg", "mimeType": "image/jpeg", "buffer": a_photograph()}
TEXT = {"name": "helped.txt", "mimeType": "text/plain", "buffer": NOTES}
GIVEN = """([place, how, name, type, content]) => {
  const data = new DataTransfer();
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  data.items.add(new File([bytes], name, { type }));
  const more = { bubbles: true, cancelable: true };
  const event = how === "paste"
    ? new ClipboardEvent(how, { ...more, clipboardData: data })
    : new DragEvent(how, { ...more, dataTransfer: data });
  document.querySelector(place).dispatchEvent(event);
}"""


@pytest.fixture
def room(ana: Clinician, ben: Clinician) -> Conversation:
    return a_direct(ana, ben)


def tray(page: Page) -> Locator:
    return page.get_by_role("list", name="Files to be sent").get_by_role("listitem")


def choose(page: Page, *files: dict[str, Any]) -> None:
    page.get_by_label("Attach files").click()
    expect(page.get_by_text("No psychotherapy notes")).to_be_visible()
    chooser = page.get_by_label("Pictures, PDF or plain text")
    chooser.set_input_files(list(files))  # type: ignore[arg-type]


def give(page: Page, place: str, how: str, file: dict[str, Any]) -> None:
    content = base64.b64encode(file["buffer"]).decode()
    said = [place, how, file["name"], file["mimeType"], content]
    page.evaluate(GIVEN, said)


def names(page: Page) -> Sequence[str]:
    return [one.strip() for one in page.locator(".tray__name").all_inner_texts()]


def test_what_is_chosen_stands_there_is_sent_and_shown_to_the_other(
    tab_of: TabOf, room: Conversation, ana: Clinician, ben: Clinician
) -> None:
    anas, bens = tab_of(ana), tab_of(ben)
    at(anas, room)
    at(bens, room)

    choose(anas, PHOTOGRAPH, TEXT)
    expect(tray(anas)).to_have_count(2)
    expect(
        anas.get_by_role("status").get_by_text("Attached: helped.txt")
    ).to_be_visible()
    assert axe(anas) == []
    expect(box(anas)).to_be_focused()
    box(anas).press("Enter")

    for page in (anas, bens):
        files = last(page).locator(".files__name")
        expect(files).to_have_text(["board.jpg", "helped.txt"])
        picture = last(page).get_by_role("img", name="Picture: board.jpg")
        expect(picture).to_have_js_property("naturalWidth", 30)
    expect(tray(anas)).to_have_count(0)
    assert files_in(room) == [(1, "jpeg"), (1, "text")]
    assert axe(bens) == []

    do(ana, room, "recall", 1)
    expect(last(bens)).to_contain_text("This message was recalled.")
    expect(last(bens).locator(".files")).to_be_hidden()


def test_it_is_dropped_pasted_and_taken_off_again(
    tab_of: TabOf, room: Conversation, ana: Clinician
) -> None:
    page = tab_of(ana)
    at(page, room)
    give(page, ".thread__scroll", "dragover", TEXT)
    expect(page.locator("message-thread[data-over]")).to_have_count(1)
    give(page, ".thread__scroll", "drop", TEXT)
    expect(tray(page)).to_have_count(1)
    expect(page.locator("message-thread[data-over]")).to_have_count(0)
    give(page, "textarea", "paste", PHOTOGRAPH)
    expect(tray(page)).to_have_count(2)
    assert names(page) == ["helped.txt", "board.jpg"]

    page.get_by_role("button", name="Take off helped.txt").press("Enter")
    expect(tray(page)).to_have_count(1)
    page.reload()
    assert names(page) == ["board.jpg"]


def test_what_is_refused_is_said_and_leaves_nothing(
    tab_of: TabOf, room: Conversation, ana: Clinician
) -> None:
    page = tab_of(ana)
    at(page, room)
    drawing = {"name": "a.png", "mimeType": "image/png", "buffer": AN_SVG}
    choose(page, drawing, TEXT)
    expect(page.get_by_role("alert")).to_contain_text("a drawing (SVG)")
    expect(page.get_by_text("Not attached: a.png")).to_be_visible()

    large = {"name": "b.txt", "mimeType": "text/plain", "buffer": b"a" * 10_500_000}
    give(page, "textarea", "paste", large)
    expect(page.get_by_text("“b.txt” is larger than 10 MB.")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert not Attachment.objects.exists()


def test_without_scripts_a_form_does_it(
    new_context: Any, enter: Any, room: Conversation, ana: Clinician
) -> None:
    context = new_context(java_script_enabled=False)
    enter(context, ana)
    page = context.new_page()
    page.goto(room.get_absolute_url())
    box(page).fill("half a message")
    choose(page, TEXT)
    follow(page.get_by_role("button", name="Attach", exact=True))

    assert names(page) == ["helped.txt"]
    expect(box(page)).to_have_value("half a message")
    follow(page.get_by_role("button", name="Send"))
    expect(last(page)).to_contain_text("half a message")
    expect(last(page).locator(".files__name")).to_have_text("helped.txt")
