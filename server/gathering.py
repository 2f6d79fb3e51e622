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
        self._waiting: deque[tuple[Question, asyncio.Future[Answer]]] = deque()
        self._running: asyncio.Task[None] | None = None

    async def ask(self, question: Question) -> Answer:
        """The answer. Raises what the call raised."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        rests = False
        try:
            while self._waiting:
                if rests and len(self._waiting) < self._most:
                    await asyncio.sleep(REST_SECONDS)
                rests = True
                count = min(self._most, len(self._waiting))
                asked = [self._waiting.popleft() for _ in range(count)]
                try:
                    answers = await self._call([question for question, _ in asked])
                    told = list(zip(asked, answers, strict=True))
                except Exception as failure:
                    for _, waiting in asked:
                        if not waiting.done():
                            waiting.set_exception(failure)
                else:
                    for (_, waiting), answer in told:
                        if not waiting.done():  # who asked may have gone
                            waiting.set_result(answer)
        finally:
            self._running = None
