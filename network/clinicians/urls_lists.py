"""Addresses of lists of colleagues; `shortlist` is whichever is hers."""

from django.urls import path

from network.clinicians.views import handout, list_entries, lists

urlpatterns = [
    path("lists/", lists.lists, name="lists"),
    path("lists/handout/", handout.handout, name="handout"),
    path("lists/handout/colleagues.pdf", handout.handout_pdf, name="handout_pdf"),
    path("lists/<str:which>/", lists.list_, name="list"),
    path("lists/<str:which>/deletion/", lists.deletion, name="list_deletion"),
    path("lists/<str:which>/name/", lists.name, name="list_name"),
    path("lists/<str:which>/shares/", lists.share, name="list_share"),
    path(
        "lists/<str:which>/shares/<uuid:reader>/end/",
        lists.share_end,
        name="list_share_end",
    ),
    path("lists/<str:which>/<uuid:person>/", list_entries.entry, name="list_entry"),
    path(
        "lists/<str:which>/<uuid:person>/confirmation/",
        list_entries.confirmation,
        name="list_entry_confirmation",
    ),
    path(
        "lists/<str:which>/<uuid:person>/removal/",
        list_entries.removal,
        name="list_entry_removal",
    ),
    path(
        "lists/<str:which>/<uuid:person>/words/",
        list_entries.words,
        name="list_entry_words",
    ),
]
