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


class SessionEvent(StrEnum):
    """What happens to the browsers in which somebody is signed in."""

    ENDED = "session.ended"
    LAPSED = "session.lapsed"
    OTHERS_ENDED = "sessions.others_ended"
    ALL_ENDED = "sessions.ended"


class PushEvent(StrEnum):
    """What happens to the browsers that are told of news while nobody looks."""

    SWITCHED_ON = "push.switched_on"
    SWITCHED_OFF = "push.switched_off"


class FactorEvent(StrEnum):
    """What happens to a second factor: a passkey, an app with codes, recovery codes."""

    ADDED = "factor.added"
    REMOVED = "factor.removed"
    CODES_MADE = "factor.recovery_codes_made"
    CODE_SPENT = "factor.recovery_code_spent"
    CODE_FAILED = "factor.code_failed"
    SHOWN_AGAIN = "factor.shown_again"


class AddressEvent(StrEnum):
    """What happens to the e-mail addresses of an account."""

    ADDED = "address.added"
    REMOVED = "address.removed"
    MADE_MAIN = "address.made_main"


class StaffEvent(StrEnum):
    """What staff do about somebody's sign-in."""

    OPENED = "account.opened_by_staff"
    ROLES_CHANGED = "account.roles_changed"
    DEACTIVATED = "account.deactivated"
    REACTIVATED = "account.reactivated"
    RESET_STARTED = "account.reset_started"
    FACTORS_FORGOTTEN = "account.factors_forgotten"
