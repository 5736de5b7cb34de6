"""Addresses of the staff's pages."""

from django.urls import path

from home.staff.views import (
    audit,
    holds,
    invitations,
    mode,
    overview,
    people,
    reports,
)

app_name = "staff"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.export, name="audit_export"),
    path("holds/", holds.holds, name="holds"),
    path("holds/new/", holds.new, name="new_hold"),
    path("holds/<uuid:public_id>/", holds.hold, name="hold"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/preview/", invitations.preview, name="invitations_preview"),
    path("invitations/sending/", invitations.sending, name="invitations_sending"),
    path(
        "invitations/<uuid:public_id>/renewal/",
        invitations.renewal,
        name="invitation_renewal",
    ),
    path(
        "invitations/<uuid:public_id>/revocation/",
        invitations.revocation,
        name="invitation_revocation",
    ),
    path("mode/", mode.mode, name="mode"),
    path("mode/no-identity/", mode.no_identity, name="no_identity"),
    path("people/", people.people, name="people"),
    path("people/<uuid:public_id>/", people.person, name="person"),
    path("people/<uuid:public_id>/opening/", people.opening, name="opening"),
    path("people/<uuid:public_id>/<slug:slug>/", people.act, name="act"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<uuid:public_id>/", reports.inquiry, name="inquiry"),
    path("reports/<uuid:public_id>/<slug:slug>/", reports.step, name="step"),
]
