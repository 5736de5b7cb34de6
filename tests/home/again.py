"""Posting what asks for the password once more, as people do."""

from typing import Any

from django.test import Client

from tests.factories import PASSWORD


def post_again(browser: Client, address: str, **fields: str) -> Any:
    """The answer to what was posted, after the password in between."""
    asked = browser.post(address, fields)
    assert asked["Location"].startswith("/account/reauthenticate/")
    return browser.post(asked["Location"], {"password": PASSWORD}, follow=True)
