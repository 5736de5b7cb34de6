"""What the frame of every page needs: where one can go, and how a person is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from django.conf import settings
from django.http import HttpRequest
from django.template import Library
from django.templatetags.static import static
from django.urls import reverse

from network.accounts.door import may_hold
from network.accounts.idling import seconds_left
from network.accounts.models import User
from network.accounts.push.keys import public_key
from network.accounts.push.wish import is_wanted_again

register = Library()

TINTS = 12
APPEARANCES = frozenset({"light", "dark"})
SCRIPTS = Path(__file__).resolve().parent.parent / "static" / "js"


@dataclass(frozen=True)
class Entry:
    """One place of the rail. `under` are its paths; `key` follows `g`.

    `spare`: a phone's bar of five leaves it out; the person's own menu has it too.
    `count` is a piece that the page asks for by itself: how much waits there.
    """

    label: str
    icon: str
    route: str
    under: str | tuple[str, ...]
    key: str
    staff: bool = False
    spare: bool = False
    count: str = ""


ENTRIES = (
    Entry("Today", "house", "home:today", "/", "t"),
    Entry("Find", "search", "clinicians:find", "/find/", "f"),
    Entry("Referrals", "send", "referrals:referrals", "/referrals/", "r"),
    Entry(
        "Messages",
        "message-circle",
        "messaging:conversations",
        "/messages/",
        "m",
        count="messaging:unread",
    ),
    Entry("Clients", "contact-round", "clients:clients", "/clients/", "c", spare=True),
    Entry("Lists", "bookmark", "clinicians:lists", "/lists/", "l", spare=True),
    Entry("Profile", "user-round", "clinicians:profile", "/profile/", "p"),
    Entry(
        "Settings",
        "settings",
        "home:settings",
        ("/settings/", "/account/"),
        "e",
        spare=True,
    ),
    Entry("Staff", "shield-check", "staff:overview", "/staff/", "w", staff=True),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """The context of every page; nothing here asks the database."""
    appearance = request.COOKIES.get("appearance", "")
    return {
        "appearance": appearance if appearance in APPEARANCES else "",
        "has_large_text": request.COOKIES.get("text") == "large",
        "is_still": request.COOKIES.get("motion") == "none",
        "navigation": list(_places(request)),
        "modules": [(name, static(f"js/{name}.js")) for name in _modules()],
        "is_demonstration": not settings.SECOND_FACTOR_REQUIRED,
        "seconds_left": _left(request),
        "is_live": _may_be_live(request),
        "told_again_by": public_key() if is_wanted_again(request) else "",
    }


def _may_be_live(request: HttpRequest) -> bool:
    """Whether the page of somebody signed in may open a socket."""
    user = getattr(request, "user", None)
    return isinstance(user, User) and may_hold(request.session, user)


def _left(request: HttpRequest) -> int:
    """Until a signed-in person would be signed out; for a visitor nothing."""
    user = getattr(request, "user", None)
    return seconds_left(request.session) if user and user.is_authenticated else 0


def _places(request: HttpRequest) -> Iterator[dict[str, object]]:
    path, user = request.path, getattr(request, "user", None)
    for entry in ENTRIES:
        if entry.staff and not (user and user.is_staff):
            continue
        here = path == entry.under or (
            entry.under != "/" and path.startswith(entry.under)
        )
        yield {"entry": entry, "address": reverse(entry.route), "here": here}


def _modules() -> list[str]:
    """All in folders: elements of every page, and what some pages need besides."""
    return sorted(f"{file.parent.name}/{file.stem}" for file in SCRIPTS.glob("*/*.js"))


@register.filter
def initials(name: str) -> str:
    """The first and last name's letters; titles and what follows a comma are left."""
    words = [word for word in name.partition(",")[0].split() if word[-1] != "."]
    letters = [word[0] for word in words if word[0].isalpha()]
    return "".join(letters[:1] + letters[1:][-1:]).upper()


@register.filter
def tint(name: str) -> int:
    """One of twelve soft tints, the same for a name wherever it is drawn."""
    return crc32(name.encode()) % TINTS + 1


@register.filter
def share(part: float, whole: float) -> str:
    """A part of a whole as an SVG length."""
    return f"{100 * part / whole:.4g}%" if whole else "0%"


STATES = {"success": "good", "warning": "wait", "error": "alarm"}


@register.filter
def message_state(tags: str) -> str:
    """Django's level of a message as one of our three states, or none."""
    return next((STATES[tag] for tag in tags.split() if tag in STATES), "")
