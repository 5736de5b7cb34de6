"""A member of a conversation is reported, for a message or for all of it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from messaging.models import Conversation, Kind
from messaging.permissions import require
from network.accounts.models import User
from network.clinicians.actions.reports import Place, file_report
from network.clinicians.models import Clinician, Report


@transaction.atomic
def report_member(
    conversation: Conversation,
    reported: Clinician,
    seq: int | None,
    *,
    ground: str,
    words: str,
    by: User,
) -> Report:
    """Moderators learn the number of the message; what it says they do not see."""
    reporter = require("report", by, conversation)
    if reported == reporter or not _is_of_it(conversation, reported, seq):
        raise PermissionDenied("may not report")

    place = Place(conversation.public_id, seq)
    return file_report(reported, place, reporter, ground, words, by=by)


def _is_of_it(conversation: Conversation, reported: Clinician, seq: int | None) -> bool:
    if seq is None:
        return conversation.memberships.filter(clinician=reported).exists()
    said = conversation.log.filter(seq=seq, kind=Kind.MESSAGE, sender=reported)
    return said.exists()
