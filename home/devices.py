"""Her devices that are told of news, as the page of settings shows them."""

from home.forms import PushForm
from home.requests import PersonRequest
from network.accounts.browsers import Browser
from network.accounts.models import PushSubscription
from network.accounts.push.keys import is_offered, public_key


def told_devices(request: PersonRequest) -> dict[str, object]:
    """Nothing where the site has no key: then it is offered nowhere."""
    if not is_offered():
        return {}
    hers = PushSubscription.objects.visible_to(request.user).alive().newest_first()
    here = request.session.session_key
    told = [
        (one, Browser(one.session, one.session.session_key == here)) for one in hers
    ]
    return {
        "push_key": public_key(),
        "told": told,
        "is_told_here": any(browser.is_here for _, browser in told),
        "kinds_form": PushForm(initial=PushForm.said(request.user)),
    }
