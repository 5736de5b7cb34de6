"""Behind a guest's link: one path, and so one cookie."""

from django.urls import path

from referrals.views import guest_door, guest_joining, guest_pages

app_name = "guest"
urlpatterns = [
    path("", guest_pages.need, name="need"),
    path("leaving/", guest_door.leaving, name="leaving"),
    path("joining/", guest_joining.joining, name="joining"),
    path("by/<str:token>/", guest_door.arrival, name="arrival"),
    path("<slug:slug>/", guest_pages.step, name="step"),
]
