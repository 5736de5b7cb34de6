"""Data keys, each wrapped by the ring, and the names of those that are destroyed."""

import base64
import uuid

from django.db import models
from django.utils import timezone

from network.privacy.keys import ring


class WrappedKey(models.Model):
    """The key of one scope and month; moved to another, it does not open."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope = models.CharField(max_length=200)
    month = models.DateField()  # its first day
    wrapped = models.TextField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "month"], name="one_key_a_scope_and_month"
            ),
            models.CheckConstraint(
                name="a_month_is_its_first_day", condition=models.Q(month__day=1)
            ),
        ]

    def __str__(self) -> str:
        return f"key of {self.scope} in {self.month:%Y-%m}"

    @property
    def place(self) -> str:
        return f"keystore.wrappedkey.wrapped:{self.id}:{self.month:%Y-%m}:{self.scope}"

    def wrapping(self, secret: bytes) -> str:
        return ring().seal(base64.b64encode(secret).decode(), self.place)

    def secret(self) -> bytes:
        return base64.b64decode(ring().open(self.wrapped, self.place))


class DestroyedKey(models.Model):
    """Should it come back with an old copy of the keystore, it is destroyed again."""

    key_id = models.UUIDField(primary_key=True)
    scope = models.CharField(max_length=200)
    destroyed_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return str(self.key_id)
