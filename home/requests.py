"""What the pages of a person's own things may count on."""

from network.accounts.models import User
from network.clinicians.requests import VisitorRequest


class PersonRequest(VisitorRequest):
    """Of somebody who is signed in, with or without a profession."""

    user: User
