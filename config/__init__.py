"""The composition root. Tasks are sent through this app wherever config is loaded."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
