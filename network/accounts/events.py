"""What happens to a sign-in identity, in the past tense."""

from enum import StrEnum


class AccountEvent(StrEnum):
    SIGNED_UP = "account.signed_up"
    SIGNED_IN = "account.signed_in"
    SIGN_IN_FAILED = "account.sign_in_failed"
    SIGN_IN_HELD_BACK = "account.sign_in_held_back"
    SIGNED_OUT = "account.signed_out"
    EMAIL_VERIFIED = "account.email_verified"
    PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 a verb
    STAFF_APPOINTED = "account.staff_appointed"
    TOKEN_MADE = "token.made"  # noqa: S105 a verb
    TOKEN_REVOKED = "token.revoked"  # noqa: S105 a verb


class AgreementEvent(StrEnum):
    ACCEPTED = "agreement.accepted"


class ClosingEvent(StrEnum):
    CLOSED = "account.closed"
    REOPENED = "account.reopened"
    ERASED = "account.erased"
