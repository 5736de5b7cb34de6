from django.urls import path

from home.views import (
    agreements,
    closing,
    devices,
    export,
    installed,
    preferences,
    presence,
    settings,
    today,
    week,
)

app_name = "home"
urlpatterns = [
    path("", today.today, name="today"),
    path("week/", week.week, name="week"),
    path("week/<int:year>/<int:number>/", week.week, name="week_of"),
    path("terms/", agreements.terms, name="terms"),
    path("privacy/", agreements.privacy, name="privacy"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("settings/", settings.settings, name="settings"),
    path("settings/agreements/", agreements.accepted, name="accepted"),
    path("settings/appearance/", settings.appearance, name="appearance"),
    path("settings/closing/", closing.closing, name="closing"),
    path("settings/closing/undo/", closing.reopening, name="reopening"),
    path("settings/language/", preferences.language, name="language"),
    path("settings/notifications/", preferences.notifications, name="notifications"),
    path("settings/presence/", presence.presence, name="presence"),
    path("settings/notifications/devices/", devices.told, name="told"),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
    path("service-worker.js", installed.service_worker, name="service_worker"),
    path("offline/", installed.offline, name="offline"),
    path("settings/data/", export.data, name="data"),
    path("settings/data/export/", export.asking, name="asking"),
    path("settings/data/<uuid:pk>/fetching/", export.fetching, name="fetching"),
]
