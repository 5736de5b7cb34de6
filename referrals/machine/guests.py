"""The link of a colleague who is no member, and her joining."""

from referrals.machine.row import SENDER, Row
from referrals.machine.words import ARRIVING, ASKING, LIVE, O, Role, S

GOING = ASKING | ARRIVING | {S.WAITING, S.PLACED, S.ENGAGED, S.PAUSED}
ASKED = LIVE - {O.QUEUED}
LINKING = (
    Row("renew_link", SENDER, GOING, of=ASKED, guards=("guest",)),
    Row("end_link", SENDER, GOING, of=ASKED, guards=("linked",)),
    Row("join", frozenset({Role.JOINED}), GOING, of=ASKED),
)
