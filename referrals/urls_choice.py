"""Behind a client's link, under the path of its cookie."""

from django.urls import path

from referrals.views import choice

app_name = "client_choice"
ONE = "<uuid:public_id>/"
urlpatterns = [
    path(ONE, choice.choice, name="choice"),
    path(f"{ONE}order/", choice.ranking, name="ranking"),
    path(f"{ONE}reply/", choice.replying, name="replying"),
    path(f"{ONE}call/", choice.calling, name="calling"),
    path(f"{ONE}<uuid:pk>/", choice.choosing, name="choosing"),
]
