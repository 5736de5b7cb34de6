"""Addresses of the staff's pages."""

from django.urls import path

from home.staff.views import overview

app_name = "staff"
urlpatterns = [
    path("", overview.overview, name="overview"),
]
