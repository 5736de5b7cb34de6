"""The web process: `uvicorn config.asgi:application`."""

import os
import warnings

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Every request has a thread of its own here: they share a few connections.
os.environ.setdefault("DATABASE_POOL", "10")
# Static files are read from the disk, and that is how they may be sent.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synch")

application = get_asgi_application()
