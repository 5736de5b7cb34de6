"""Who signs in: read with what every page of hers needs to know."""

from allauth.account.auth_backends import AuthenticationBackend

from network.accounts.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: int) -> User | None:
        known = User.objects.select_related("preferences").filter(pk=user_id).first()
        return known if known and self.user_can_authenticate(known) else None
