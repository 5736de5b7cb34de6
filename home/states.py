"""How each setting stands at present, in words, for the overview."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.utils import timezone

from home.kinds import KINDS
from home.models import Export
from home.requests import PersonRequest
from messaging.models import Manners
from network.accounts.agreements import has_agreed
from network.accounts.models import ApiToken, PushSubscription
from network.accounts.push.keys import is_offered
from network.accounts.second_factor import has_factor
from network.activity.preferences.clock import preferences_of
from network.activity.preferences.timing import cadence_of
from network.clinicians.models import Block, ConflictEntry, Endorsement, Supervision
from network.clinicians.models.opening import FRESH_FOR
from network.clinicians.moderation.states import State

APPEARANCES = {"light": "Light", "dark": "Dark"}


def counted(number: int, one: str, many: str, none: str) -> str:
    """The number with its word: "1 token", "3 tokens", or what is said of none."""
    return f"{number} {one if number == 1 else many}" if number else none


def profile(request: PersonRequest) -> str:
    if request.clinician is None:
        return "Not begun"
    return "Verified" if request.clinician.is_verified else "Not verified yet"


def openings(request: PersonRequest) -> str:
    if request.clinician is None:
        return "Part of the profile"
    days = [opening.confirmed_on for opening in request.clinician.openings.all()]
    if not days:
        return "None said"
    if timezone.localdate() - min(days) > FRESH_FOR:
        return "Out of date: counted as unknown"
    return f"Confirmed {min(days):%-d %B}"


def verification(request: PersonRequest) -> str:
    if request.clinician is None:
        return "Part of the profile"
    licences = list(request.clinician.licences.all())
    waiting = sum(1 for one in licences if one.verified_at is None)
    if waiting:
        return counted(waiting, "licence waits", "licences wait", "")
    return counted(len(licences), "licence, verified", "licences, verified", "None")


def supervision(request: PersonRequest) -> str:
    if request.clinician is None:
        return "Part of the profile"
    open_ones = Supervision.objects.open()
    if mine := open_ones.filter(associate=request.clinician).first():
        return "You have a supervisor" if mine.confirmed_at else "You have asked"
    if request.clinician.is_associate:
        return "You have no supervisor yet"
    number = open_ones.filter(supervisor=request.clinician).count()
    return counted(number, "associate", "associates", "You supervise nobody")


def endorsements(request: PersonRequest) -> str:
    if request.clinician is None:
        return "Part of the profile"
    received = Endorsement.objects.visible_to(request.clinician)
    number = received.filter(endorsed=request.clinician).count()
    return counted(number, "received", "received", "None yet")


def presence(request: PersonRequest) -> str:
    shown = request.clinician and Manners.objects.shows(request.clinician)
    return "Shown" if shown else "Hidden"


def blocks(request: PersonRequest) -> str:
    made = Block.objects.filter(blocker=request.clinician)
    number = made.count() if request.clinician else 0
    return counted(number, "colleague", "colleagues", "Nobody is blocked")


def conflicts(request: PersonRequest) -> str:
    if request.clinician is None:
        return "Part of the profile"
    number = ConflictEntry.objects.visible_to(request.clinician).count()
    return counted(number, "entry", "entries", "None noted")


def standing(request: PersonRequest) -> str:
    clinician = request.clinician
    if clinician is None:
        return "Nothing is asked of you"
    if clinician.suspended_at:
        return "Suspended"
    asked = clinician.inquiries.filter(state=State.REMEDY_ASKED).exists()
    return "A change is asked for" if asked else "Nothing is asked of you"


def addresses(request: PersonRequest) -> str:
    own = EmailAddress.objects.filter(user=request.user)
    waiting = own.filter(verified=False).count()
    said = counted(own.count(), "address", "addresses", "None")
    return f"{said}, {waiting} not confirmed yet" if waiting else said


def password(request: PersonRequest) -> str:
    return "Set" if request.user.has_usable_password() else "None"


def second_factor(request: PersonRequest) -> str:
    return "Set up" if has_factor(request.user) else "None yet"


def sessions(request: PersonRequest) -> str:
    open_ones = UserSession.objects.filter(user=request.user).count()
    return counted(open_ones, "browser", "browsers", "Only this browser")


def tokens(request: PersonRequest) -> str:
    own = ApiToken.objects.visible_to(request.user)
    valid = own.valid(timezone.now()).count()
    return counted(valid, "is valid", "are valid", "None")


def data(request: PersonRequest) -> str:
    mine = Export.objects.visible_to(request.user)
    if mine.waiting().exists():
        return "A file is being put together"
    return "A file can be fetched" if mine.fetchable().exists() else "Nothing asked for"


def agreements(request: PersonRequest) -> str:
    return "Accepted" if has_agreed(request.user) else "Not accepted yet"


def closing(request: PersonRequest) -> str:
    if request.user.erase_at is None:
        return "Open"
    return f"Closed, erased on {timezone.localtime(request.user.erase_at):%-d %B}"


def notifications(request: PersonRequest) -> str:
    kept = preferences_of(request.user)
    often = {cadence_of(kept, verb) for kind in KINDS for verb in kind.verbs}
    [only, *more] = often
    said = "Mail by kind of news" if more else f"Mail: {only.label.lower()}"
    if kept.quiet_from and kept.quiet_until:
        said += f", quiet from {kept.quiet_from:%H:%M} to {kept.quiet_until:%H:%M}"
    if not is_offered():
        return said
    told = PushSubscription.objects.visible_to(request.user).count()
    return f"{said}, {counted(told, 'device', 'devices', '')} told" if told else said


def language(request: PersonRequest) -> str:
    zone = preferences_of(request.user).time_zone
    return f"English, {zone or timezone.get_default_timezone_name()}"


def appearance(request: PersonRequest) -> str:
    kept = request.COOKIES.get("appearance", "")
    return f"{APPEARANCES.get(kept, 'As the system')}, on this device"
