"""One for all: the methods of an address must be of one router."""

from ninja import Router

router = Router(tags=["conversations"])
