"""Questions that come while one is being answered are asked together, next."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from itertools import islice
from typing import Generic, TypeVar

Q = TypeVar("Q", bound=Hashable)
A = TypeVar("A")
MOST = 500


class Together(Generic[Q, A]):
    """A thousand people who come at once are a few questions to the database. What
    has no answer is None; what goes wrong goes wrong for all who asked together.
    """

    def __init__(self, ask: Callable[[Sequence[Q]], Awaitable[Mapping[Q, A]]]) -> None:
        self._ask = ask
        self._waiting: dict[Q, asyncio.Future[A | None]] = {}
        self._asking: asyncio.Task[None] | None = None

    async def __call__(self, question: Q) -> A | None:
        answer = self._waiting.get(question)
        if answer is None:
            answer = asyncio.get_running_loop().create_future()
            self._waiting[question] = answer
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._work())
        return await asyncio.shield(answer)

    async def _work(self) -> None:
        while self._waiting:
            questions = list(islice(self._waiting, MOST))
            answers = [self._waiting.pop(question) for question in questions]
            asked = asyncio.ensure_future(self._ask(questions))
            await asyncio.wait([asked])
            failure = asked.exception()
            for question, answer in zip(questions, answers, strict=True):
                if failure is not None:
                    answer.set_exception(failure)
                else:
                    answer.set_result(asked.result().get(question))
