"""The frame by keyboard, and what its elements do."""

from playwright.sync_api import Page, expect


def test_the_first_tab_leads_past_the_frame(anas_page: Page) -> None:
    anas_page.goto("/settings/appearance/")
    anas_page.keyboard.press("Tab")
    expect(anas_page.get_by_role("link", name="Skip to the content")).to_be_focused()

    anas_page.keyboard.press("Enter")

    expect(anas_page.get_by_role("main")).to_be_focused()


def test_a_question_mark_shows_the_keys_and_escape_puts_them_away(
    anas_page: Page,
) -> None:
    anas_page.goto("/settings/appearance/")

    anas_page.keyboard.press("?")
    keys = anas_page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("In an empty message: edits your last one")

    anas_page.keyboard.press("Escape")
    expect(anas_page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_g_and_t_go_to_today(anas_page: Page) -> None:
    anas_page.goto("/settings/appearance/")

    anas_page.keyboard.press("g")
    anas_page.keyboard.press("t")

    expect(anas_page).to_have_title("Today · Consilium")


def test_keys_are_letters_where_one_writes(anas_page: Page) -> None:
    anas_page.goto("/account/password/change/")
    field = anas_page.get_by_label("Current password")

    field.press_sequentially("g?t")

    expect(field).to_have_value("g?t")
    expect(anas_page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_single_keys_can_be_switched_off(anas_page: Page) -> None:
    anas_page.goto("/settings/appearance/")
    anas_page.get_by_role("group", name="Single keys").get_by_label("Off").check()
    anas_page.get_by_role("button", name="Keep").click()
    expect(anas_page.get_by_text("Kept for this device.")).to_be_visible()

    anas_page.keyboard.press("?")

    expect(anas_page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_a_password_can_be_shown_and_pasted(page: Page) -> None:
    page.goto("/account/login/")
    field = page.get_by_label("Password", exact=True)
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")

    field.evaluate(
        """field => field.dispatchEvent(new ClipboardEvent("paste", {cancelable: true}))
           || field.setAttribute("data-refused", "")"""
    )

    assert field.get_attribute("data-refused") is None


def test_mistakes_are_read_first_and_lead_to_their_fields(page: Page) -> None:
    page.goto("/account/signup/")
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_role("alert")).to_be_focused()

    page.get_by_role("link", name="E-mail address: This field is required.").click()

    expect(page.get_by_label("E-mail address")).to_be_focused()


def test_a_request_that_fails_says_so(anas_page: Page) -> None:
    anas_page.goto("/settings/appearance/")
    anas_page.route("**/away/", lambda route: route.abort())

    anas_page.evaluate("htmx.ajax('GET', '/away/', {swap: 'none'}).catch(() => 0)")

    expect(anas_page.get_by_text("That did not arrive.")).to_be_visible()


def test_the_browser_keeps_nothing_but_the_address_of_the_page(anas_page: Page) -> None:
    anas_page.goto("/")
    anas_page.goto("/account/email/")

    kept = anas_page.evaluate("[{...localStorage}, {...sessionStorage}]")

    assert kept == [{}, {"htmx-current-path-for-history": "/account/email/"}]


def test_the_policy_refuses_what_is_written_into_the_page(page: Page) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto("/")
    assert refused == []

    with page.expect_console_message():
        page.evaluate("document.body.setAttribute('onclick', 'document.title = 1')")
        page.evaluate("document.body.click()")

    assert page.title() != "1"
    assert "Content Security Policy" in refused[0]


def test_back_after_signing_out_shows_nothing(anas_page: Page) -> None:
    anas_page.goto("/account/email/")
    address = anas_page.get_by_role("main").get_by_text("ana@consilium.example")
    expect(address).to_be_visible()
    anas_page.goto("/account/logout/")
    anas_page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(anas_page.get_by_text("You are signed out.")).to_be_visible()

    anas_page.go_back()
    anas_page.go_back()

    expect(address).to_have_count(0)
    expect(anas_page).to_have_title("Sign in · Consilium")
