"""The settings of a worker under test: its mails go where the test looks."""

import os

from config.settings import *  # noqa: F403

EMAIL_FILE_PATH = os.environ["TEST_MAIL_PATH"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
