"""What an account is, for the one it belongs to."""

from network.privacy.portions import Portion, Table, portion_of

TABLES = (
    Table(
        "account",
        "accounts.User",
        "id",
        without=frozenset({"password", "session_epoch", "is_superuser"}),
    ),
    Table("agreements", "accounts.Acceptance", "user", without=frozenset({"user"})),
    Table("tokens", "accounts.ApiToken", "user", without=frozenset({"user", "digest"})),
    Table("addresses", "account.EmailAddress", "user", without=frozenset({"user"})),
    Table(
        "second_factors",
        "mfa.Authenticator",
        "user",
        without=frozenset({"user", "data"}),
    ),
    Table(
        "sessions",
        "usersessions.UserSession",
        "user",
        without=frozenset({"user", "session_key", "data"}),
    ),
    Table(
        "told_browsers",
        "accounts.PushSubscription",
        "session__user",
        without=frozenset({"session", "details", "digest"}),
    ),
)
LEFT_OUT: dict[str, str] = {}


def portion(user_id: int) -> Portion:
    return portion_of(user_id, TABLES)
