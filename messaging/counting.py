"""How many messages wait, as far as she wants to see them counted.

What she has muted keeps a number of its own and adds to none around it: a topic not to
its conversation, a conversation not to what stands on every page. A message that
mentions her does.
"""

from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from messaging.models import Kind, Membership, Message, TopicLevel
from network.clinicians.models import Clinician

# Of what waits in a conversation, the newest: what is muted is looked for among them.
LOOKED_AT = 1_000
MENTIONED = {"mentions__contains": [OuterRef("clinician__public_id")]}
MUTED = {"muted__contains": [F("topic")]}


def unread_of(clinician: Clinician) -> int:
    """Over all of her conversations; dark to whoever is not a member."""
    if not clinician.is_verified:
        return 0
    now = timezone.now()
    unread = F("conversation__last_ordinal") - F("read_ordinal") - hushed(now)
    counted = Case(
        When(muted_until__gt=now, then=_count(_waiting().filter(**MENTIONED))),
        default=Greatest(unread, 0),
    )
    mine = Membership.objects.of(clinician)
    return int(mine.aggregate(total=Coalesce(Sum(counted), 0))["total"])


def hushed(now: datetime) -> Case:
    """Of what waits for a membership: in topics she has muted."""
    muted = TopicLevel.objects.muted(now)
    hers = muted.filter(membership=OuterRef("pk"))
    # An array is made once for them all, and not looked up for each message.
    of_those = muted.filter(membership=OuterRef(OuterRef("pk"))).values("topic")
    waiting = _waiting().alias(muted=ArraySubquery(of_those))
    quiet = waiting.filter(**MUTED).exclude(**MENTIONED)
    return Case(When(Exists(hers), then=_count(quiet)), default=Value(0))


def _waiting() -> QuerySet[Message]:
    """For an outer membership."""
    newest = OuterRef("conversation__last_ordinal") - LOOKED_AT
    return Message.objects.filter(
        conversation=OuterRef("conversation"),
        kind=Kind.MESSAGE,
        ordinal__gt=Greatest(OuterRef("read_ordinal"), newest),
    )


def _count(found: QuerySet[Message]) -> Coalesce:
    many = found.order_by().values("conversation").annotate(many=Count("seq"))
    return Coalesce(Subquery(many.values("many"), output_field=IntegerField()), 0)
