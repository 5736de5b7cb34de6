"""Addresses of verification: the staff's queue, and everybody's own claims."""

from django.urls import path

from network.clinicians.views import (
    verification,
    verification_bulk,
    verification_own,
)

urlpatterns = [
    path("evidence/<uuid:public_id>/", verification_own.evidence_file, name="evidence"),
    path(
        "evidence/<uuid:public_id>/removal/",
        verification_own.removal,
        name="evidence_removal",
    ),
    path("profile/verification/", verification_own.overview, name="own_verification"),
    path(
        "profile/verification/<str:key>/answer/",
        verification_own.answer,
        name="claim_answer",
    ),
    path(
        "profile/verification/<str:key>/evidence/",
        verification_own.evidence,
        name="claim_evidence",
    ),
    path("staff/verification/", verification.verification, name="verification"),
    path("staff/verification/bulk/", verification_bulk.bulk, name="verification_bulk"),
    path(
        "staff/verification/preview/",
        verification_bulk.preview,
        name="verification_preview",
    ),
    path(
        "staff/verification/<uuid:public_id>/",
        verification.file,
        name="verification_file",
    ),
    path(
        "staff/verification/<uuid:public_id>/decision/",
        verification.decision,
        name="verification_decision",
    ),
    path(
        "staff/verification/<uuid:public_id>/release/",
        verification.release,
        name="verification_release",
    ),
    path(
        "staff/verification/<uuid:public_id>/reopening/",
        verification.reopening,
        name="verification_reopening",
    ),
    path(
        "staff/verification/<uuid:public_id>/take/",
        verification.take,
        name="verification_take",
    ),
]
