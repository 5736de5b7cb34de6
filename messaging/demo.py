"""A few conversations of the demonstration's people, about nobody who exists."""

from collections.abc import Iterable, Mapping
from uuid import uuid4

from messaging.actions.conversations import start_conversation, start_direct
from messaging.actions.topics import make_topic
from messaging.log import Kept, Submission
from messaging.models import Conversation, Kind, Topic
from messaging.sending import read_up_to, send
from network.accounts.models import User
from network.clinicians.demo.cast import CAST
from network.clinicians.models import Clinician

TITLE = "Tuesday consultation"
People = Mapping[str, Clinician]

BETWEEN_TWO = (
    ("ana", "Do you have a moment for a question about exposure work this week?"),
    ("ben", "Of course. What is it about?"),
    (
        "ana",
        "A young adult I see has begun to plan exposures alone between sessions, "
        "longer each time. It looks like progress, and it looks like a ritual.\n\n"
        "How do you tell the two apart?",
    ),
    (
        "ben",
        "I ask what would happen if one were left out. If the answer is relief about "
        "having done it “right”, I treat the planning itself as the compulsion.",
    ),
    (
        "ben",
        "Short, unplanned ones help. I am in on Thursday if you want to think aloud.",
    ),
)
AMONG_SEVERAL = (
    ("dana", "Welcome. What is written here stays among the four of us."),
    ("eli", "Thank you for setting this up."),
    (
        "dana",
        "For next week: who brings a case? Handles only, please: no names, no towns.",
    ),
    (
        "ben",
        "I can. Tics with a strong urge at night; sleep is the question I have.",
    ),
    ("ana", "Good. I read up on the sleep literature and bring two pages."),
)


def converse() -> None:
    """Once: what people wrote since stays as it is."""
    people = _people()
    if len(people) < len({who for who, _ in (*BETWEEN_TWO, *AMONG_SEVERAL)}):
        return
    if Conversation.objects.filter(memberships__clinician=people["ana"]).exists():
        return
    _between_two(people)
    _among_several(people)


def _between_two(people: People) -> None:
    ana, ben = people["ana"], people["ben"]
    begun = start_direct(ana, ben, by=_user(ana))
    kept = [_write(begun, people[who], text) for who, text in BETWEEN_TWO]
    _say(begun, ana, Kind.REACTION, kept[3], detail="+thanks")
    read_up_to(begun, kept[2], by=_user(ana))


def _among_several(people: People) -> None:
    dana = people["dana"]
    others = [people[who] for who in ("ana", "ben", "eli")]
    begun = start_conversation(dana, others, title=TITLE, by=_user(dana))
    kept = [_write(begun, people[who], text) for who, text in AMONG_SEVERAL]
    _say(begun, people["eli"], Kind.REACTION, kept[3], detail="+agree")
    _say(begun, dana, Kind.PIN, kept[2])
    topic = make_topic(begun, "Dates", by=_user(dana))
    _write(begun, dana, "Tuesday at 18:00 as always.", topic=topic)


def _write(
    begun: Conversation, who: Clinician, text: str, *, topic: Topic | None = None
) -> int:
    about = topic.public_id if topic else None
    return _keep(_asked(begun, who, Kind.MESSAGE, topic=about), text)


def _say(
    begun: Conversation, who: Clinician, kind: Kind, target: int, detail: str = ""
) -> None:
    _keep(_asked(begun, who, kind, target=target, detail=detail))


def _keep(asked: Submission, text: str | None = None) -> int:
    outcome = send(asked, text)
    assert isinstance(outcome, Kept)  # noqa: S101 nobody of the cast is refused
    return outcome.entry.seq


def _asked(
    begun: Conversation, who: Clinician, kind: Kind, **about: object
) -> Submission:
    return Submission(
        begun.public_id,
        _user(who).public_id,
        kind,
        uuid4(),
        **about,  # type: ignore[arg-type]
    )


def _people() -> dict[str, Clinician]:
    """By the first part of their address."""
    emails: Iterable[str] = [role.email for role in CAST]
    found = Clinician.objects.verified().filter(user__email__in=emails)
    known = found.select_related("user")
    return {_user(one).email.partition("@")[0]: one for one in known}


def _user(who: Clinician) -> User:
    assert isinstance(who.user, User)  # noqa: S101 the cast can sign in
    return who.user
