"""Addresses of colleagues who are no members, and of one who has become one."""

from django.urls import path

from referrals.views import guest_joining, guests

urlpatterns = [
    path("listed/<uuid:public_id>/", guests.listed, name="listed"),
    path("joined/<uuid:public_id>/", guest_joining.joined, name="joined"),
    path("<uuid:public_id>/guests/", guests.guest, name="guest"),
]
