"""The site as an app on somebody's device: its card, its worker, and no content."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from network.accounts.idling import passive

# All that a device keeps: what the page that says one is offline is drawn with.
STYLES = tuple(
    f"css/{name}.css"
    for name in (
        "layers",
        "reset",
        "tokens",
        "scales",
        "base",
        "layout",
        "components/button",
        "components/nav",
    )
)
ICON = "icons/consilium.svg"
LIGHT, DARK = "#f9f6f0", "#181613"
ICONS = (
    ("icons/consilium-192.png", "192x192", "any"),
    ("icons/consilium-512.png", "512x512", "any"),
    ("icons/consilium-maskable-512.png", "512x512", "maskable"),
)


@login_not_required
@passive
@require_GET
@cache_control(max_age=3600, public=True)
def manifest(request: HttpRequest) -> HttpResponse:
    said = {
        "id": "/",
        "name": "Consilium",
        "short_name": "Consilium",
        "description": "Peer consultation and referral for psychotherapists",
        "lang": "en",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": LIGHT,
        "theme_color": LIGHT,
        "icons": [
            {"src": static(file), "sizes": sizes, "type": "image/png", "purpose": use}
            for file, sizes, use in ICONS
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@login_not_required
@passive
@require_GET
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, so that every page is in its reach; another shell, another name."""
    offline = reverse("home:offline")
    shell = [offline, *map(static, (*STYLES, ICON))]
    drawn = render(request, "app/offline.html", {"styles": STYLES}).content
    name = hashlib.sha256(drawn + "".join(shell).encode()).hexdigest()[:12]
    page = {"shell": shell, "offline": offline, "name": f"shell-{name}"}
    page["icon"] = static(ICONS[0][0])
    kind = "text/javascript"
    return render(request, "app/service-worker.js", page, content_type=kind)


@login_not_required
@passive
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """The same for everybody, signed in or not: a device keeps it."""
    return render(request, "app/offline.html", {"styles": STYLES})
