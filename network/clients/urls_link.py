"""Behind a client's link: one path, and so one cookie."""

from django.urls import path

from network.clients.views import door, visit_pages

app_name = "client_link"
urlpatterns = [
    path("", visit_pages.start, name="start"),
    path("code/", door.code, name="code"),
    path("leaving/", door.leaving, name="leaving"),
    path("shared/", visit_pages.shared, name="shared"),
    path("wishes/", visit_pages.wishes, name="wishes"),
    path("copy/", visit_pages.copy, name="copy"),
    path("consents/<uuid:pk>/", visit_pages.consent, name="consent"),
    path("by/<str:token>/", door.arrival, name="arrival"),
]
