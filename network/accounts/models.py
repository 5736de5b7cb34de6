"""The sign-in identity: it knows an e-mail address and nothing of a profession."""

import hashlib
import uuid
from datetime import datetime
from typing import Any, ClassVar

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from network.accounts.roles import Role
from network.privacy.fields import EncryptedJSONField


class AccountManager(UserManager["User"]):
    """Users are made by their e-mail address."""

    use_in_migrations = False

    def create_user(  # type: ignore[override]
        self, email: str, password: str | None = None, **fields: object
    ) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractUser):
    """Somebody who signs in."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    # Staff have at least one; `is_staff` says no more than that.
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role.choices),
        default=list,
        blank=True,
        editable=False,
    )
    # The versions of the agreements she accepted last; each has an Acceptance.
    agreed_to = models.CharField(max_length=80, blank=True, editable=False)
    # When a closed account is erased; until then its owner may come back.
    erase_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Every session holds a hash of it: raised by one, all of them are over.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_address")
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_closing(self) -> bool:
        return self.erase_at is not None

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        salt = "network.accounts.models.User.session"
        value = f"{self.session_epoch}:{self.password}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()


class Acceptance(models.Model):
    """One person accepted one version of one agreement."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="acceptances")
    document = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    accepted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "document", "version"],
                name="a_version_is_accepted_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.version} accepted by {self.user_id}"


class PushSubscriptionQuerySet(models.QuerySet["PushSubscription"]):
    def visible_to(self, user: User) -> "PushSubscriptionQuerySet":
        return self.filter(session__user=user)

    def alive(self) -> "PushSubscriptionQuerySet":
        """Of sessions that are not over; a row may outlive its session by an hour."""
        going_on = Session.objects.filter(expire_date__gt=timezone.now())
        keys = going_on.values("session_key")
        return self.select_related("session").filter(session__session_key__in=keys)

    def newest_first(self) -> "PushSubscriptionQuerySet":
        return self.order_by("-made_at", "-pk")


class PushSubscription(models.Model):
    """A browser that may be told that there is news, for as long as its session."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    encryption_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.OneToOneField(
        UserSession, on_delete=models.CASCADE, related_name="push"
    )
    # What the browser gave: {"endpoint": …, "keys": {"p256dh": …, "auth": …}}
    details: Any = EncryptedJSONField(editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PushSubscriptionQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.public_id)


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def visible_to(self, user: User) -> "ApiTokenQuerySet":
        return self.filter(user=user)

    def of(self, token: str) -> "ApiTokenQuerySet":
        return self.select_related("user").filter(digest=digest(token))

    def valid(self, now: datetime) -> "ApiTokenQuerySet":
        alive = self.filter(revoked_at__isnull=True, expires_at__gt=now)
        return alive.filter(user__is_active=True, user__erase_at__isnull=True)

    def newest_first(self) -> "ApiTokenQuerySet":
        return self.order_by("-created_at", "-pk")


class Scope(models.TextChoices):
    """What a program may do with a token: who may write, may read."""

    READ = "read", "Search and read"
    WRITE = "write", "Search, read and change"


class ApiToken(models.Model):
    """Lets a program ask for its owner; only its digest is kept."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(max_length=5, choices=Scope, default=Scope.READ)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    def allows(self, scope: str) -> bool:
        return scope in {Scope.READ, self.scope}


def digest(token: str) -> str:
    """Tokens are long and random: a plain digest cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
