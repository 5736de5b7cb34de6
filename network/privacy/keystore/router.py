"""The keystore's tables stand in its database, and nothing else stands there."""

from django.db import models

KEYSTORE = "keystore"


class KeystoreRouter:
    def db_for_read(self, model: type[models.Model], **_: object) -> str | None:
        return KEYSTORE if model._meta.app_label == KEYSTORE else None

    def db_for_write(self, model: type[models.Model], **_: object) -> str | None:
        return self.db_for_read(model)

    def allow_migrate(self, db: str, app_label: str, **_: object) -> bool:
        return (db == KEYSTORE) is (app_label == KEYSTORE)
