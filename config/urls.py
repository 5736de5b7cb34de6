"""Every address of the site."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("network.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("config.health")),
    path("", include("home.urls")),
    path("staff/", include("home.staff.urls")),
    path("", include("network.activity.urls")),
    path("", include("network.clinicians.urls")),
    path("clients/", include("network.clients.urls")),
    path("client/", include("network.clients.urls_link")),
    path("client/choices/", include("referrals.urls_choice")),
    path("messages/", include("messaging.urls")),
    path("referrals/", include("referrals.urls")),
    path("guest/", include("referrals.urls_guest")),
    path("api/v1/", include("config.api")),
]

handler500 = "config.outage.failed"
