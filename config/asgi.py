"""The web process: `uvicorn config.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Every request has a thread of its own here: they share a few connections.
os.environ.setdefault("DATABASE_POOL", "10")

application = get_asgi_application()
