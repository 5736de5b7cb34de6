"""Chores over many rows: what one of them cannot bear stops none of the others."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog

Row = TypeVar("Row")
log = structlog.get_logger(__name__)


def one_by_one(
    rows: Iterable[Row],
    do: Callable[[Row], int],
    *,
    ended_by: tuple[type[Exception], ...] = (),
) -> int:
    """How much was done; `do` is a transaction of its own. What fails is left as it
    was: it is in the log, and the next sweep comes by again. What would meet all the
    others too ends it.
    """
    return sum(_done(row, do, ended_by) for row in rows)


def _done(
    row: Row, do: Callable[[Row], int], ended_by: tuple[type[Exception], ...]
) -> int:
    try:
        return do(row)
    except ended_by:
        raise
    except Exception:  # whatever it is: nobody else has to wait for it
        chore = f"{do.__module__}.{do.__qualname__}"
        log.exception("passed_by", chore=chore, row=getattr(row, "pk", row))
        return 0
