from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "network.activity"
    label = "activity"
