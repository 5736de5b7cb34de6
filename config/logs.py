"""What is logged: names of routes and things that happened, never what people wrote.

No paths, no query strings, no bodies, no addresses; of an exception its kind and
where it came from, since its words may quote a row or a text.
"""

import logging
import sys
from collections.abc import MutableMapping
from traceback import extract_tb
from typing import Any

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware
from structlog.typing import ExcInfo, Processor

Entry = MutableMapping[str, Any]


class RouteLog(RequestMiddleware):
    """One line a request: the method and the route it matched."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        match = request.resolver_match
        return f"{request.method} {match.view_name if match else '(no route)'}"


class WithoutPath(logging.Filter):
    """Django's own loggers name the path: say the route instead."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            status = getattr(record, "status_code", "")
            record.msg = f"{status} {RouteLog.format_request(request)}"
            record.args = ()
            record.__dict__.pop("request")
        return True


class WithoutWords(logging.Filter):
    """Libraries say the words of an exception: its kind is enough."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(map(_wordless, record.args))
        return True


def _wordless(said: object) -> object:
    return type(said).__name__ if isinstance(said, BaseException) else said


class WithoutWays(logging.Filter):
    """Celery tells whenever Valkey is away by which way of its own it came upon that: a
    line is enough, unless it gives up.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        is_its_own = record.name.startswith(("celery.", "kombu."))
        if is_its_own and record.levelno < logging.CRITICAL:
            record.exc_info = record.exc_text = None
        return True


class WithoutSockets(logging.Filter):
    """The server says of every socket its path and address, and when it opens and
    closes: it need not.
    """

    COMINGS = ("connection open", "connection closed")

    def filter(self, record: logging.LogRecord) -> bool:
        said = str(record.msg)
        return '"WebSocket %s"' not in said and said not in self.COMINGS


def one_line(_: Any, __: str, entry: Entry) -> Entry:
    """No word of a visitor's may begin a line of the log."""
    for key, value in entry.items():
        if isinstance(value, str) and not value.isprintable():
            entry[key] = value.encode("unicode_escape").decode("ascii")
    return entry


def as_exc_info(_: Any, __: str, entry: Entry) -> Entry:
    """Celery's receiver passes the exception and its words under names of its own."""
    entry.pop("error", None)
    if isinstance(entry.get("exception"), BaseException):
        entry["exc_info"] = entry.pop("exception")
    return entry


def kind_and_place(exc_info: ExcInfo) -> dict[str, Any]:
    kind, _, trace = exc_info
    frames = extract_tb(trace)
    return {
        "kind": kind.__name__,
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


def configuration(*, debug: bool) -> dict[str, Any]:
    """For LOGGING: easy to read where one develops, JSON where one does not."""
    beginning = _beginning("%H:%M:%S" if debug else "iso")
    _configure_structlog(beginning)
    line = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": beginning,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *(_FOR_PEOPLE if debug else _FOR_MACHINES),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "without_path": {"()": WithoutPath},
            "without_sockets": {"()": WithoutSockets},
            "without_ways": {"()": WithoutWays},
            "without_words": {"()": WithoutWords},
        },
        "formatters": {"line": line},
        "handlers": {"out": _OUT},
        "root": {"handlers": ["out"], "level": "INFO"},
        "loggers": _LOGGERS,
    }


def _beginning(clock: str) -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt=clock),
        as_exc_info,
        one_line,
    ]


def _configure_structlog(beginning: list[Processor]) -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *beginning,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


# Standard output belongs to what a command answers.
_OUT = {
    "class": "logging.StreamHandler",
    "stream": "ext://sys.stderr",
    "formatter": "line",
    "filters": ["without_path", "without_words", "without_ways"],
}
_FOR_PEOPLE = [
    structlog.processors.ExceptionRenderer(),
    structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0),
]
_FOR_MACHINES = [
    structlog.processors.ExceptionRenderer(kind_and_place),
    structlog.processors.JSONRenderer(),
]
_PLAIN = {"handlers": [], "propagate": True}
_LOGGERS = {
    # Their own handlers would print twice, or send a traceback by mail.
    "django": {**_PLAIN, "level": "INFO"},
    "uvicorn": {**_PLAIN, "level": "INFO"},
    "uvicorn.error": {**_PLAIN, "level": "INFO", "filters": ["without_sockets"]},
    "uvicorn.access": {"handlers": [], "propagate": False},  # it would name the path
    # Said once already, without the words, by the request's and the task's line.
    "django.request": {"level": "CRITICAL"},
    "celery.app.trace": {"level": "CRITICAL"},
    "celery": {"level": "WARNING"},
    # Every step of a PDF, otherwise.
    "weasyprint": {"level": "ERROR"},
    "weasyprint.progress": {"level": "ERROR"},
    "fontTools": {"level": "ERROR"},
}
