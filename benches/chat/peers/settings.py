"""A small project with a channel layer, set as its own pitfalls ask for."""

import os

import dj_database_url

SECRET_KEY = "of a benchmark"  # noqa: S105 it guards nothing
USE_TZ = True
INSTALLED_APPS = ["channels"]
DATABASES = {
    "default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=600)
}
# redis-py's own limits would kill a socket every five seconds and refuse a crowd.
VALKEY = {
    "address": os.environ["REDIS_URL"],
    "socket_timeout": 30,
    "max_connections": 5000,
}
LAYERS = {
    "core": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [VALKEY], "capacity": 10_000, "group_expiry": 3600},
    },
    "pubsub": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [VALKEY]},
    },
}
CHANNEL_LAYERS = {"default": LAYERS[os.environ["BENCH_LAYER"]]}
