"""Addresses of the first steps."""

from django.urls import path

from network.clinicians.views import onboarding, onboarding_claim

urlpatterns = [
    path("welcome/", onboarding.welcome, name="welcome"),
    path("welcome/entry/", onboarding_claim.entry, name="welcome_entry"),
    path("welcome/invitation/", onboarding_claim.invitation, name="welcome_invitation"),
    path("welcome/npi/", onboarding_claim.npi, name="welcome_npi"),
    path("welcome/review/", onboarding.review, name="welcome_review"),
    path("welcome/<slug:slug>/", onboarding.step, name="welcome_step"),
]
