"""The web process, pages and sockets: `uvicorn config.asgi:application`."""

import gc
import os
import sys
import warnings
from threading import Thread

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Every request has a thread of its own here: they share a few connections.
os.environ.setdefault("DATABASE_POOL", "10")
# Static files are read from the disk, and that is how they may be sent.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synch")

pages = get_asgi_application()

# What follows needs the applications loaded.
from config.bodies import bounded  # noqa: E402
from messaging.live.chat import Chat  # noqa: E402
from network.accounts import door  # noqa: E402
from network.activity.live.server import serve  # noqa: E402
from network.clinicians import reading  # noqa: E402
from network.privacy import guard  # noqa: E402

# A thread that reckons lets the sockets have their turn after a millisecond, not five.
sys.setswitchinterval(0.001)
# A full look for garbage among a thousand sockets takes 50 ms, in which all wait: it is
# worth it when many have left, and then it is taken.
gc.set_threshold(700, 10, 50)
chat = Chat()
application = serve(bounded(pages), door, answers=chat.answers, companions=[chat.live])


def prepare() -> None:
    """Lists, towns and the model take a moment to load: not the first writer's. What
    is here to stay is never looked through for garbage, where all would wait for it,
    nor at the end.
    """
    gc.freeze()
    reading.prepare()
    guard.prepare()
    gc.freeze()


Thread(target=prepare, name="prepare", daemon=True).start()
