"""The page that looks for words in one's own conversations.

What is looked for is clinical: it is posted, and stands in no address and no history.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from messaging.forms.search import SearchForm
from messaging.models import Conversation, Membership
from messaging.search.cursor import read, written
from messaging.search.excerpts import Part, excerpt
from messaging.search.finding import Found, Hit, find
from messaging.search.wanted import Words
from messaging.views.gate import for_members
from messaging.views.rows import members_of, title_of
from messaging.wire import FORMER
from network.clinicians.models import Clinician
from network.clinicians.requests import ClinicianRequest

PAGE = "messaging/search.html"
MOST = 200  # conversations among which one chooses


@dataclass(frozen=True)
class Shown:
    hit: Hit
    conversation: Conversation
    said_by: str
    parts: list[Part]

    @property
    def address(self) -> str:
        return self.conversation.address_of(self.hit.seq)


@dataclass(frozen=True)
class Group:
    """Hits of one conversation, which stand together."""

    title: str
    conversation: Conversation
    hits: list[Shown]


@dataclass(frozen=True)
class Rooms:
    """Where she is, the last active first, and with whom."""

    me: Clinician
    memberships: Sequence[Membership]
    members: Mapping[int, Sequence[Clinician]]

    @classmethod
    def of(cls, me: Clinician) -> "Rooms":
        kept = list(Membership.objects.of(me).last_active_first()[:MOST])
        return cls(me, kept, members_of(kept))

    def named(self) -> list[tuple[str, str]]:
        return [
            (str(one.conversation.public_id), self.title(one.conversation))
            for one in self.memberships
        ]

    def people(self) -> list[tuple[str, str]]:
        """She herself first."""
        others = {one for some in self.members.values() for one in some} - {self.me}
        ordered = sorted(others, key=lambda one: (one.name.casefold(), one.pk))
        named = [(str(one.public_id), one.display_name) for one in ordered]
        return [(str(self.me.public_id), "me"), *named]

    def title(self, conversation: Conversation) -> str:
        return title_of(conversation, self.members[conversation.pk], self.me)


@for_members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: ClinicianRequest) -> HttpResponse:
    rooms = Rooms.of(request.clinician)
    is_asked = request.method == "POST"
    form = SearchForm(
        rooms.people(), rooms.named(), data=request.POST if is_asked else None
    )
    if not (is_asked and form.is_valid()):
        template = _template(request, is_more=False)
        return render(
            request, template, {"form": form}, status=422 if is_asked else 200
        )
    after = read(request.POST.get("after", ""))
    found = find(request.clinician, form.wanted, after=after)
    context = {"form": form, "is_later": after is not None}
    context |= _results(found, request.clinician, form.wanted.words)
    return render(request, _template(request, is_more=bool(after)), context)


def _template(request: ClinicianRequest, *, is_more: bool) -> str:
    if not request.htmx:
        return PAGE
    return "messaging/_hits.html" if is_more else "messaging/_search.html"


def _results(found: Found, me: Clinician, words: Words) -> dict[str, Any]:
    groups = _groups(found.hits, me, words)
    return {
        "groups": groups,
        "count": len(found.hits),
        "next": written(found.next),
        "back_to": found.back_to,
    }


def _groups(hits: list[Hit], me: Clinician, words: Words) -> list[Group]:
    mine = Membership.objects.of(me).select_related("conversation")
    where = {hit.place.conversation for hit in hits}
    kept = {one.conversation_id: one for one in mine.filter(conversation__in=where)}
    members, names = members_of(kept.values()), _names(hits)
    groups: dict[int, Group] = {}
    for hit in hits:
        if membership := kept.get(key := hit.place.conversation):
            found = membership.conversation
            title = title_of(found, members[key], me)
            group = groups.setdefault(key, Group(title, found, []))
            said_by = _said_by(hit, me, names)
            group.hits.append(Shown(hit, found, said_by, excerpt(hit.text, words)))
    return list(groups.values())


def _names(hits: list[Hit]) -> dict[object, str]:
    senders = {hit.entry.sender for hit in hits if hit.entry.sender}
    rows = Clinician.objects.filter(public_id__in=senders)
    return dict(rows.values_list("public_id", "name"))


def _said_by(hit: Hit, me: Clinician, names: Mapping[object, str]) -> str:
    is_own = hit.entry.sender == me.public_id
    return "You" if is_own else names.get(hit.entry.sender, FORMER)
