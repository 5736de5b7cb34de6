from django.urls import path

from home.views import settings, today

app_name = "home"
urlpatterns = [
    path("", today.today, name="today"),
    path("settings/", settings.settings, name="settings"),
    path("settings/appearance/", settings.appearance, name="appearance"),
]
