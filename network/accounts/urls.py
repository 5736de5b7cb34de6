from django.urls import path

from network.accounts import views

app_name = "accounts"
urlpatterns = [
    path("account/tokens/", views.tokens, name="tokens"),
    path(
        "account/tokens/<uuid:pk>/revocation/",
        views.revocation,
        name="revocation",
    ),
]
