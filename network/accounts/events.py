"""What happens to a sign-in identity."""

import enum


class AccountEvent(enum.StrEnum):
    SIGNED_UP = "account.signed-up"
    SIGNED_IN = "account.signed-in"
    SIGN_IN_FAILED = "account.sign-in-failed"
    SIGNED_OUT = "account.signed-out"
    EMAIL_VERIFIED = "account.email-verified"
    PASSWORD_CHANGED = "account.password-changed"  # noqa: S105 a verb
    STAFF_APPOINTED = "account.staff-appointed"
    TOKEN_MADE = "token.made"  # noqa: S105 a verb
    TOKEN_REVOKED = "token.revoked"  # noqa: S105 a verb
