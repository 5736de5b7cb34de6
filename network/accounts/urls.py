from django.urls import path

from network.accounts.views import factors, push, sessions, tokens

app_name = "accounts"
urlpatterns = [
    path("account/tokens/", tokens.tokens, name="tokens"),
    path(
        "account/tokens/<uuid:pk>/revocation/",
        tokens.revocation,
        name="revocation",
    ),
    path("account/second-factor/", factors.second_factor, name="second_factor"),
    path("account/stay/", sessions.stay, name="stay"),
    path("account/stay/left/", sessions.left, name="seconds_left"),
    # Before allauth's own, which these stand for.
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/sessions/others/", sessions.others, name="sessions_others"),
    path("account/sessions/<int:pk>/end/", sessions.ending, name="session_end"),
    path("account/push/", push.switching_on, name="push"),
    path("account/push/<uuid:pk>/end/", push.switching_off, name="push_end"),
    path("account/email/", factors.addresses, name="addresses"),
    path("account/reauthenticate/", factors.reauthenticate, name="again"),
    path("account/2fa/reauthenticate/", factors.code_again, name="code_again"),
    path(
        "account/2fa/webauthn/reauthenticate/",
        factors.passkey_again,
        name="passkey_again",
    ),
    path("account/2fa/totp/activate/", factors.activate_app, name="activate_app"),
    path("account/2fa/totp/deactivate/", factors.deactivate_app, name="deactivate_app"),
    path("account/2fa/webauthn/add/", factors.add_passkey, name="add_passkey"),
    path(
        "account/2fa/webauthn/keys/<int:pk>/remove/",
        factors.remove_passkey,
        name="remove_passkey",
    ),
    path(
        "account/2fa/recovery-codes/generate/",
        factors.make_codes,
        name="make_codes",
    ),
]
