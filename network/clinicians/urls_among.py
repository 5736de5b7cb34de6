"""Addresses of what colleagues are to each other: supervision and endorsements."""

from django.urls import path

from network.clinicians.views import endorsements, supervision

urlpatterns = [
    path(
        "clinicians/<uuid:public_id>/endorsement/",
        endorsements.endorsement,
        name="endorsement",
    ),
    path("profile/endorsements/", endorsements.endorsements, name="endorsements"),
    path(
        "profile/endorsements/<uuid:public_id>/change/",
        endorsements.change,
        name="endorsement_change",
    ),
    path("profile/supervision/", supervision.supervision, name="supervision"),
    path(
        "profile/supervision/colleagues/",
        supervision.colleagues,
        name="supervision_colleagues",
    ),
    path(
        "profile/supervision/colleagues/<uuid:public_id>/request/",
        supervision.request_,
        name="supervision_request",
    ),
    path(
        "profile/supervision/<uuid:public_id>/",
        supervision.one,
        name="supervision_one",
    ),
    path(
        "profile/supervision/<uuid:public_id>/ending/",
        supervision.ending,
        name="supervision_ending",
    ),
]
