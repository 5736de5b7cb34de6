"""Addresses of supervision, endorsements, and one’s own register of conflicts."""

from django.urls import path

from network.clinicians.views import conflicts, endorsements, supervision

urlpatterns = [
    path("profile/conflicts/", conflicts.conflicts, name="conflicts"),
    path(
        "profile/conflicts/<uuid:public_id>/removal/",
        conflicts.removal,
        name="conflict_removal",
    ),
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
