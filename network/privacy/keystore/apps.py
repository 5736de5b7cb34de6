from django.apps import AppConfig


class KeystoreConfig(AppConfig):
    name = "network.privacy.keystore"
    label = "keystore"
