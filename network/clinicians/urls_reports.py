"""Addresses of reporting a profile, and of coming by an invitation."""

from django.urls import path

from network.clinicians.views import invitation, report

urlpatterns = [
    path("clinicians/<uuid:public_id>/report/", report.report, name="colleague_report"),
    path("standing/", report.standing, name="standing"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
]
