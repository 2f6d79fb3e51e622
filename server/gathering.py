"""What many ask at one moment, answered by few calls.

Rule: one call is under way at a time, and who asks meanwhile is answered by the next one, however
many they are. So a hall that comes back in one second costs a few calls, and waits for its turn
instead of timing out at a pool of connections that others need too. An answer is never older than
its question.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from itertools import islice
from typing import Final, Generic, TypeVar

REST_SECONDS: Final = 0.01
"""Between two calls where more has been asked meanwhile: a hall that comes in asks all the time,
and a call costs as much as fifty answers."""

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Gathering(Generic[Question, Answer]):
    """Asks `call` for the answers to at most `most` questions, in their order."""

    def __init__(
        self, call: Callable[[Sequence[Question]], Awaitable[Sequence[Answer]]], most: int
    ) -> None:
        self._call = call
        self._most = most
        self._waiting: deque[tuple[Sequence[Question], asyncio.Future[list[Answer]]]] = deque()
        self._running: asyncio.Task[None] | None = None

    async def ask(self, question: Question) -> Answer:
        """The answer. Raises what the call raised."""
        return (await self.ask_all((question,)))[0]

    async def ask_all(self, questions: Sequence[Question]) -> list[Answer]:
        """The answers to some questions, of one call or of several. Raises what one of them
        raised."""
        answers: list[Answer] = []
        for first in range(0, len(questions), self._most):
            told: asyncio.Future[list[Answer]] = asyncio.get_running_loop().create_future()
            self._waiting.append((questions[first : first + self._most], told))
            if self._running is None:
                self._running = asyncio.create_task(self._run())
            answers += await told
        return answers

    async def _run(self) -> None:
        rests = False
        try:
            while self._waiting:
                if rests and sum(len(some) for some, _ in self._waiting) < self._most:
                    await asyncio.sleep(REST_SECONDS)
                rests = True
                asked = self._next()
                questions = [each for some, _ in asked for each in some]
                try:
                    answers = await self._call(questions)
                    if len(answers) != len(questions):
                        raise ValueError(f"{len(answers)} answers to {len(questions)} questions")
                except Exception as failure:
                    for _, waiting in asked:
                        if not waiting.done():
                            waiting.set_exception(failure)
                else:
                    told = iter(answers)
                    for some, waiting in asked:
                        own = list(islice(told, len(some)))
                        if not waiting.done():  # who asked may have gone
                            waiting.set_result(own)
        finally:
            self._running = None

    def _next(self) -> list[tuple[Sequence[Question], asyncio.Future[list[Answer]]]]:
        """Who is answered by the next call."""
        asked = [self._waiting.popleft()]
        count = len(asked[0][0])
        while self._waiting and count + len(self._waiting[0][0]) <= self._most:
            asked.append(self._waiting.popleft())
            count += len(asked[-1][0])
        return asked
