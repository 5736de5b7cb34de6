from importlib import import_module

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "network.activity"
    label = "activity"

    def ready(self) -> None:
        import_module("network.activity.checks")
