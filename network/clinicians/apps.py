from importlib import import_module

from django.apps import AppConfig


class CliniciansConfig(AppConfig):
    name = "network.clinicians"
    label = "clinicians"

    def ready(self) -> None:
        import_module("network.clinicians.checks")
