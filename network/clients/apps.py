from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "network.clients"
    label = "clients"
