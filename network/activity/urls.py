from django.urls import path

from network.activity import views

app_name = "activity"
urlpatterns = [
    path("mails/<str:token>/", views.mails, name="mails"),
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/bell/", views.bell, name="bell"),
    path("notifications/reading/", views.reading_all, name="reading_all"),
    path("notifications/<uuid:pk>/reading/", views.reading, name="reading"),
]
