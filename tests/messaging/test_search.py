"""Words are found by whoever may read them, and by nobody else."""

import random
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from messaging.actions.indexing import index_messages
from messaging.actions.members import add_member, leave, remove_member
from messaging.bodies import scope_of
from messaging.models import Conversation, Kind, Message
from messaging.search.finding import BATCH, Found, find
from messaging.search.wanted import NothingToFindError, Wanted, Words
from network.accounts.models import User
from network.activity.actors import Actor
from network.clinicians.actions.blocks import block_colleague
from network.clinicians.actions.membership import suspend_member
from network.clinicians.models import Clinician
from network.privacy import data_keys
from network.privacy.actions import destroy_keys
from tests.factories import a_conversation, a_direct
from tests.messaging.saying import do, her, say

DAY = timedelta(days=1)


def look(who: Clinician, typed: str, **more: Any) -> Found:
    return find(Clinician.objects.get(pk=who.pk), Wanted(Words.read(typed)), **more)


def texts(who: Clinician, typed: str) -> list[str]:
    return [hit.text for hit in look(who, typed).hits]


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("exposures", True),
        ("EXPOSURE anxiety", True),
        ("cafe", True),
        ("o'neill", True),
        ("O’Neill", True),
        ("pcl 5", True),
        ('"PCL-5"', True),
        ('"exposure for anxieties"', True),
        ("“Exposure for anxieties”", True),
        ('"anxieties for exposure"', False),
        ('"exposure anxieties"', False),
        ("exposure grief", False),
        ("expo", False),
        ("and exposure", True),
        ("the exposure", False),
    ],
)
def test_words_are_found_in_any_form_and_phrases_as_they_stand(
    ana: Clinician, ben: Clinician, typed: str, is_found: bool
) -> None:
    text = "Exposure for anxieties at the-- no: Café, Mr O'Neill and the PCL-5!"
    say(ana, a_direct(ana, ben), text.replace("the", "that"))

    assert texts(ben, typed) == ([text.replace("the", "that")] if is_found else [])


@pytest.mark.parametrize("typed", ["", "…", "and the", '""', "a " * 30, "heron " * 21])
def test_what_says_nothing_is_refused(typed: str) -> None:
    with pytest.raises(NothingToFindError):
        Words.read(typed)


def test_an_accent_may_be_a_character_of_its_own(
    ana: Clinician, ben: Clinician
) -> None:
    say(ana, a_direct(ana, ben), "the cafe\u0301s of Zu\u0308rich")

    assert len(texts(ben, "café Zürich")) == 1


def test_an_edit_counts_for_what_it_edits(ana: Clinician, ben: Clinician) -> None:
    direct = a_direct(ana, ben)
    entry = say(ana, direct, "a heron")
    do_edit(ana, direct, entry.seq, "a sparrow")

    assert texts(ben, "heron") == []
    [hit] = look(ben, "sparrow").hits
    assert (hit.seq, hit.is_edited) == (entry.seq, True)


def test_a_newcomer_finds_no_edit_of_what_she_may_not_read(
    dana: Clinician, ana: Clinician, eli: Clinician
) -> None:
    circle = a_conversation(dana, ana)
    entry = say(ana, circle, "a heron")
    add_member(circle, eli, with_history=False, by=her(dana))
    do_edit(ana, circle, entry.seq, "a heron of today")

    assert texts(eli, "heron") == []
    assert texts(dana, "heron") == ["a heron of today"]


def test_a_filter_narrows(ana: Clinician, ben: Clinician, cleo: Clinician) -> None:
    one, two = a_direct(ana, ben), a_direct(ana, cleo)
    say(ana, one, "heron 1")
    say(ben, one, "heron 2")
    old = say(ana, two, "heron 3")
    Message.objects.filter(conversation__public_id=old.conversation).update(
        at=datetime(2026, 3, 8, 12, tzinfo=UTC)
    )
    words = Words.read("heron")

    def seen(**more: Any) -> list[str]:
        return sorted(hit.text[-1] for hit in find(ana, Wanted(words, **more)).hits)

    assert seen() == ["1", "2", "3"]
    assert seen(person=ben.public_id) == ["2"]
    assert seen(conversation=two.public_id) == ["3"]
    assert seen(since=datetime(2026, 3, 9, tzinfo=UTC)) == ["1", "2"]
    assert seen(until=datetime(2026, 3, 9, tzinfo=UTC)) == ["3"]
    assert seen(until=datetime(2026, 3, 8, 12, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("nothing", True),
        ("leaves", False),
        ("is removed", False),
        ("is suspended", False),
        ("blocks", True),
        ("never was in", False),
    ],
)
def test_who_finds_what(
    what: str, found: bool, dana: Clinician, ben: Clinician, eli: Clinician, staff: User
) -> None:
    circle = a_conversation(dana, *([] if what == "never was in" else [ben]), eli)
    say(dana, circle, "a heron")

    happen(what, circle, dana, ben, staff)

    assert texts(ben, "heron") == (["a heron"] if found else [])


def happen(
    what: str, circle: Conversation, dana: Clinician, ben: Clinician, staff: User
) -> None:
    if what == "leaves":
        leave(circle, by=her(ben))
    elif what == "is removed":
        remove_member(circle, ben, by=her(dana))
    elif what == "is suspended":
        suspend_member(ben, by=staff, why="boundaries")
    elif what == "blocks":
        block_colleague(ben, dana, by=her(ben))


def test_a_destroyed_key_takes_its_hits_with_it(
    ana: Clinician, ben: Clinician, django_capture_on_commit_callbacks: Any
) -> None:
    direct, other = a_direct(ana, ben), a_conversation(ana, ben, title="Else")
    say(ana, direct, "a heron")
    say(ana, other, "a second heron")

    with django_capture_on_commit_callbacks(execute=True):
        destroy_keys(scope_of(direct.public_id), by=Actor.system(), why="retention")
    data_keys.forget_all()

    assert texts(ben, "heron") == ["a second heron"]


def test_tokens_go_with_their_words(ana: Clinician, ben: Clinician) -> None:
    direct = a_direct(ana, ben)
    entry = say(ana, direct, "a heron")
    do_edit(ana, direct, entry.seq, "a sparrow")
    assert Message.objects.filter(tokens__isnull=False).count() == 2

    do(ana, direct, Kind.RECALL, entry.seq)

    assert not Message.objects.filter(tokens__isnull=False).exists()


def test_the_same_word_is_another_token_elsewhere(
    ana: Clinician, ben: Clinician
) -> None:
    for place in (a_direct(ana, ben), a_conversation(ana, ben, title="Else")):
        say(ana, place, "heron")
        say(ana, place, "herons")

    rows = Message.objects.order_by("conversation", "seq")
    one, again, other, _ = rows.values_list("tokens", flat=True)

    assert one is not None
    assert len(one) == 1
    assert one == again != other


def test_what_was_kept_before_is_indexed_and_a_second_run_finds_nothing_to_do(
    ana: Clinician, ben: Clinician
) -> None:
    direct = a_direct(ana, ben)
    say(ana, direct, "a heron")
    say(ana, direct, "🦉")
    Message.objects.update(tokens=None)
    assert texts(ben, "heron") == []

    assert (index_messages(), index_messages()) == (2, 0)

    assert texts(ben, "heron") == ["a heron"]


def test_pages_join_without_a_gap(ana: Clinician, ben: Clinician) -> None:
    direct = a_direct(ana, ben)
    wanted = [say(ana, direct, f"grey heron {n}").seq for n in range(BATCH + 9)]

    seen, place = [], None
    while True:
        page = look(ben, "heron", after=place)
        seen += [hit.seq for hit in page.hits]
        if (place := page.next) is None:
            break

    assert seen == wanted[::-1]


def test_a_rare_phrase_among_many_is_found(ana: Clinician, ben: Clinician) -> None:
    direct = a_direct(ana, ben)
    say(ana, direct, "grey heron")
    for _ in range(BATCH + 5):
        say(ana, direct, "heron grey")

    assert texts(ben, '"grey heron"') == ["grey heron"]


def test_a_search_asks_as_often_however_much_there_is(
    ana: Clinician, ben: Clinician, dana: Clinician
) -> None:
    say(ana, a_direct(ana, ben), "a heron")
    few = queries(ben)
    for number in range(5):
        circle = a_conversation(ana, ben, dana, title=f"No. {number}")
        do_edit(ana, circle, say(ana, circle, "a sparrow").seq, "a heron")

    assert queries(ben) == few <= 4


def queries(who: Clinician) -> int:
    with CaptureQueriesContext(connection) as asked:
        look(who, "heron")
    return len(asked)


def do_edit(who: Clinician, room: Conversation, seq: int, text: str) -> None:
    say(who, room, text, kind=Kind.EDIT, target=seq)


# What a reader of plain words would find, kept beside what the house does.
WORDS = ("heron", "herons", "sparrow", "wren", "wrens", "finch", "crane", "swift")
PLURAL = re.compile("s$")


@dataclass
class Said:
    room: int
    seq: int
    sender: str
    text: str
    until: datetime | None = None


@dataclass
class Plain:
    """Who is where, since when, and what was said: all in plain words."""

    inside: list[dict[str, int]] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    def finds(self, who: str, wanted: set[str]) -> set[tuple[int, int]]:
        return {
            (one.room, one.seq)
            for one in self.said
            if one.seq > self.inside[one.room].get(who, 2**62)
            and wanted <= {PLURAL.sub("", word) for word in one.text.split()}
            and (one.until is None or one.until > timezone.now())
        }


@dataclass
class World:
    """Chance decides what happens; both the house and the plain reader hear of it."""

    dice: random.Random
    cast: dict[str, Clinician]
    plain: Plain = field(default_factory=Plain)
    rooms: list[Conversation] = field(default_factory=list)

    def begin(self) -> None:
        names = ["ana", "ben", "cleo", "eli"]
        others = self.dice.sample(names, self.dice.randint(1, 3))
        people = [self.cast[name] for name in others]
        self.rooms.append(a_conversation(self.cast["dana"], *people, title="Circle"))
        self.plain.inside.append(dict.fromkeys(["dana", *others], 0))

    def go_on(self) -> None:
        happens = [self.say, self.edit, self.recall, self.expire, self.come, self.go]
        [what] = self.dice.choices(happens, [60, 15, 6, 4, 8, 7])
        what(self.dice.randrange(len(self.rooms)))

    def say(self, number: int) -> Said:
        sender, text = self.dice.choice(sorted(self.plain.inside[number])), self.text()
        entry = say(self.cast[sender], self.rooms[number], text)
        self.plain.said.append(Said(number, entry.seq, sender, text))
        return self.plain.said[-1]

    def expire(self, number: int) -> None:
        """The sweep has not gone by yet."""
        one = self.say(number)
        one.until = timezone.now() - DAY
        rows = Message.objects.filter(conversation=self.rooms[number], seq=one.seq)
        rows.update(expires_at=one.until)

    def edit(self, number: int) -> None:
        for one in self.own(number):
            one.text = self.text()
            do_edit(self.cast[one.sender], self.rooms[number], one.seq, one.text)

    def recall(self, number: int) -> None:
        for one in self.own(number):
            do(self.cast[one.sender], self.rooms[number], Kind.RECALL, one.seq)
            self.plain.said.remove(one)

    def come(self, number: int) -> None:
        inside, room = self.plain.inside[number], self.rooms[number]
        if outside := sorted(self.cast.keys() - inside):
            name, history = self.dice.choice(outside), self.dice.random() < 0.5
            leader = her(self.cast["dana"])
            add_member(room, self.cast[name], with_history=history, by=leader)
            room.refresh_from_db()
            inside[name] = 0 if history else room.last_seq - 1

    def go(self, number: int) -> None:
        inside, room = self.plain.inside[number], self.rooms[number]
        if others := sorted(inside.keys() - {"dana"}):
            name = self.dice.choice(others)
            del inside[name]
            if self.dice.random() < 0.5:
                leave(room, by=her(self.cast[name]))
            else:
                remove_member(room, self.cast[name], by=her(self.cast["dana"]))

    def own(self, number: int) -> list[Said]:
        """At most one that its sender may change."""
        inside = self.plain.inside[number]
        some = [
            one
            for one in self.plain.said
            if one.room == number
            and one.until is None
            and one.seq > inside.get(one.sender, 2**62)
        ]
        return [self.dice.choice(some)] if some else []

    def text(self) -> str:
        return " ".join(self.dice.sample(WORDS, self.dice.randint(1, 3)))


@pytest.mark.parametrize("seed", range(2))
def test_what_is_found_is_what_a_reader_of_plain_words_would_find(
    seed: int,
    dana: Clinician,
    ana: Clinician,
    ben: Clinician,
    cleo: Clinician,
    eli: Clinician,
) -> None:
    cast = {"dana": dana, "ana": ana, "ben": ben, "cleo": cleo, "eli": eli}
    world = World(random.Random(seed), cast)  # noqa: S311
    for _ in range(6):
        world.begin()
    for _ in range(350):
        world.go_on()

    rooms = [room.pk for room in world.rooms]
    pairs = [set(world.dice.sample(WORDS, 2)) for _ in range(4)]
    for name, who in cast.items():
        for wanted in [{word} for word in WORDS] + pairs:
            hits = every_hit(who, " ".join(wanted))
            found = [(rooms.index(hit.conversation), hit.seq) for hit in hits]
            expected = world.plain.finds(name, {PLURAL.sub("", one) for one in wanted})
            assert sorted(found) == sorted(expected), (name, wanted)


def every_hit(who: Clinician, typed: str) -> list[Any]:
    hits, place = [], None
    while True:
        page = look(who, typed, after=place, size=15)
        hits += [hit.place for hit in page.hits]
        if (place := page.next) is None:
            return hits
