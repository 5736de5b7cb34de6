from django.apps import AppConfig


class CliniciansConfig(AppConfig):
    name = "network.clinicians"
    label = "clinicians"
