"""One settings file: read from the environment, safe when unset."""

import logging
import sys
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from config import databases, env, logs, postgres

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"
TESTING = "pytest" in sys.modules
DEBUG = env.flag("DEBUG")

# -- Where it stands -----------------------------------------------------------
SECRET_KEY = env.secret("SECRET_KEY", LOCAL_DIR / "secret-key")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXY_COUNT = ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"

INSTALLED_APPS = [
    "network.activity",
    "network.privacy",
    "network.privacy.keystore",
    "network.accounts",
    "network.clinicians",
    "network.clients",
    "messaging",
    "referrals",
    "home",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_structlog",
    "lucide",
    "pgtrigger",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # It pads every page at random, so that lengths tell nothing of what is on it.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.outage.calm",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.logs.RouteLog",
    "network.activity.context.middleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "network.activity.preferences.clock.middleware",
    "network.accounts.idling.middleware",
    "config.middleware.private_pages",
    "config.middleware.fragments",
    "config.middleware.clinician",
    "config.gate.gate",
    "home.gate.middleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "libraries": {"ui": "config.ui"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.ui.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# -- What it keeps -------------------------------------------------------------
DATABASES = {
    "default": databases.reached(env.database_url()),
    # A test's keystore is made in no time: without the history of its tables.
    "keystore": {**databases.reached(env.keystore_url()), "TEST": {"MIGRATE": False}},
}
DATABASE_ROUTERS = ["network.privacy.keystore.router.KeystoreRouter"]
DATABASE_APP_ROLE, DATABASE_OWNER_ROLE = env.app_role(), env.owner_role()
KEYSTORE_APP_ROLE = env.keystore_app_role()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL, BROKER_URL = env.redis_url(), env.broker_url()
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # The limits at the door are kept here: nobody may flush them with others.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}
POSTGRES_BINARIES, VARIABLES_SET = postgres.BINARIES, env.told
CONSILIUM_KEYS = env.text("CONSILIUM_KEYS")
KEYS_PATH = LOCAL_DIR / "keys"
AUDIT_ANCHOR_PATH = Path(env.text("AUDIT_ANCHOR_PATH", str(LOCAL_DIR / "anchors")))
DESTROYED_KEYS_PATH = env.text(
    "DESTROYED_KEYS_PATH", str(AUDIT_ANCHOR_PATH / "destroyed-keys.jsonl")
)

# -- Who may come in -----------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["network.accounts.backends.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation." + name, "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
] + [{"NAME": "network.accounts.passwords.ContextWordsValidator"}]
# Else accounts are made by invitation only.
SIGN_UP_OPEN = env.flag("SIGN_UP_OPEN", default=True)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home:today"
ACCOUNT_ADAPTER = "network.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    name: "network.accounts.forms." + form
    for name, form in (
        ("login", "SignInForm"),
        ("signup", "SignUpForm"),
        ("add_email", "AddAddressForm"),
        ("change_password", "ChangePasswordForm"),
        ("set_password", "SetPasswordForm"),
        ("reset_password", "ForgottenPasswordForm"),
        ("reset_password_from_key", "NewPasswordForm"),
        ("reauthenticate", "ReauthenticateForm"),
    )
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Only in the browser that has just signed up: the link alone lets nobody in.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,10/300s/key"}
# Nobody is remembered: a session ends with the browser, the idle limit or the day.
ACCOUNT_SESSION_REMEMBER = False
SESSION_ENGINE = "network.accounts.sealed_sessions"
MESSAGE_STORAGE = "network.accounts.sealed_messages.Storage"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = env.number("SESSION_HOURS", 12) * 3600
SESSION_IDLE_SECONDS = env.number("SESSION_IDLE_MINUTES", 30) * 60

# -- With what besides a password -----------------------------------------------
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED", default=True)
MFA_ADAPTER = "network.accounts.mfa.MFAAdapter"
MFA_FORMS = {
    name: "network.accounts.factor_forms." + form
    for name, form in (
        ("authenticate", "CodeForm"),
        ("authenticate_webauthn", "PasskeyForm"),
        ("reauthenticate", "CodeAgainForm"),
        ("reauthenticate_webauthn", "PasskeyAgainForm"),
        ("activate_totp", "ActivateAppForm"),
        ("login_webauthn", "PasskeySignInForm"),
        ("add_webauthn", "AddPasskeyForm"),
        ("edit_webauthn", "RenamePasskeyForm"),
    )
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Consilium"
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
# Beside the encrypted fields, where else something sealed is kept.
SEALS = "network.accounts.actions network.clients messaging referrals referrals.packets"
SEALED_ELSEWHERE = [f"{package}.sealed.HELD" for package in SEALS.split()]
# Above the app of clients: what is asked of a client, and ends when one is erased.
CLIENT_QUESTIONS = ["referrals.choices.questions"]
CLIENT_MATTERS = ["referrals.matters.matters"]
ENDS_WITH_A_CLIENT = "referrals.actions.leaving.end_referrals_of"

# -- How it speaks to a browser --------------------------------------------------
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SECURE_SSL_REDIRECT = not (DEBUG or TESTING)
if not DEBUG:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# Files of up to 10 MB are sealed from memory: they never lie open on a disk. What is
# larger, `config.bodies` refuses before it is read.
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
# Who looks through files before they are kept: unix:///path or tcp://host:port.
CLAMD = env.text("CLAMD")

# -- Words, time, files --------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
TIME_ZONE = env.text("TIME_ZONE", "America/New_York")
USE_I18N = USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "config.static.Storage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING

# -- What it sends -------------------------------------------------------------
# Nothing leaves unless configured: without a mail server, mails become files.
SITE_URL = env.text("SITE_URL", "http://localhost:8000")
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Consilium <consilium@localhost>")
EMAIL_HOST = env.text("MAIL_HOST")
EMAIL_PORT = env.number("MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("MAIL_PASSWORD")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = str(LOCAL_DIR / "mail")
MAILED_BY = "smtp" if EMAIL_HOST else "filebased"
EMAIL_BACKEND = f"django.core.mail.backends.{MAILED_BY}.EmailBackend"

# Browsers are told of news only with a key of our own, and only by these services.
VAPID_PRIVATE_KEY = env.text("VAPID_PRIVATE_KEY")
PUSH_HOSTS = env.words(
    "PUSH_HOSTS",
    "fcm.googleapis.com updates.push.services.mozilla.com "
    "*.push.services.mozilla.com *.push.apple.com *.notify.windows.com",
)
# A push service inside one's own network: host, or host:port.
PUSH_INNER_HOSTS = env.words("PUSH_INNER_HOSTS")
PUSHED_BY = "network.accounts.actions.push.tell"

# -- What it logs --------------------------------------------------------------
LOGGING = logs.configuration(debug=DEBUG)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = "public_id"
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
