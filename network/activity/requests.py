"""What a view may count on."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from network.accounts.models import User


class UserRequest(HttpRequest):
    """Of somebody who is signed in: the middleware lets nobody else come here."""

    user: "User"
