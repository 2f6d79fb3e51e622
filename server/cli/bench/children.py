"""The processes that a bench starts: the hall, the bare server, the generators.

Rule: each is really another process, started as anybody would start it, in a session of its own so
that Ctrl-C reaches the bench only; whoever started one ends it, by its id, whatever happens.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Self

import orjson

from server.adapters.signing_key import FILE_NAME as KEY_NAME
from server.cli.bench.failure import BenchFailed
from server.cli.bench.replicated_redis import ReplicatedRedis

PASSWORD: Final = "the bench's own operator"  # noqa: S105  # of a hall that lives for minutes
READY: Final = re.compile(r"ready https?://127\.0\.0\.1:(\d+)\n")
SECONDS_TO_NOTICE: Final = 2.0
"""How long a process may take to notice that its input has ended: it may be at work."""

SECONDS_TO_END: Final = 30.0


class Child:
    """A Python module run as a process. `port` is what it told, if it told one."""

    def __init__(self, module: str, *options: str, log: Path, spoken_to: bool) -> None:
        with log.open("ab") as messages:
            self._process = subprocess.Popen(  # noqa: S603  # our own modules
                [sys.executable, "-m", module, *options],
                stdin=subprocess.PIPE if spoken_to else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=messages,
                env={**os.environ, "HEMICYCLE_OPERATOR_PASSWORD": PASSWORD},
                start_new_session=True,
            )
        self._module = module
        self._log = log

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def tell(self, line: bytes) -> None:
        """Write a line to the process."""
        assert self._process.stdin is not None  # noqa: S101  # it is spoken to
        try:
            self._process.stdin.write(line + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError as ended:
            raise BenchFailed(f"{self._module} ended: {self.last_words()}") from ended

    def read(self) -> bytes:
        """The next line that the process prints. Raises BenchFailed when it has ended."""
        assert self._process.stdout is not None  # noqa: S101  # it was asked for
        line = self._process.stdout.readline()
        if not line:
            status = self._process.wait()
            raise BenchFailed(f"{self._module} ended with {status}: {self.last_words()}")
        return line

    def read_port(self) -> int:
        """Wait for `ready http://…` or `https://…`; the port in it."""
        while not (told := READY.fullmatch(self.read().decode())):
            continue
        return int(told[1])

    def last_words(self) -> str:
        """The end of its log."""
        return self._log.read_text(encoding="utf-8", errors="replace")[-2000:].strip()

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._release()

    def end(self) -> None:
        """End it: close its input, ask by SIGTERM, kill it if it does not. Idempotent."""
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):  # it has ended by itself
                self._process.stdin.close()
            if self._has_ended(SECONDS_TO_NOTICE):
                return self._release()
        self._process.terminate()
        if not self._has_ended(SECONDS_TO_END):
            self._process.kill()
        return self._release()

    def _has_ended(self, patience: float) -> bool:
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            return False
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def _release(self) -> None:
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


class HallServer:
    """`hemicycle serve` on a data directory of its own, with a Redis of its own or that one, and
    with these options besides."""

    def __init__(
        self,
        directory: Path,
        assembly: Path,
        certificate: Path | None,
        redis: ReplicatedRedis | None = None,
        options: Sequence[str] = (),
    ) -> None:
        self._directory = directory
        self._assembly = assembly
        self._certificate = certificate
        self._redis = redis
        self._options = options
        self._child: Child | None = None
        self.port = 0
        self.start_up = 0.0
        """Seconds from the start of the process to `ready`, the last time."""

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._child is not None  # noqa: S101  # it was started
        return self._child.pid

    @property
    def key(self) -> Path:
        """The file with the hall's key, if this server founded the hall."""
        return self._directory / "hall" / KEY_NAME

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http{'' if self._certificate is None else 's'}://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        began = time.monotonic()
        tls = () if self._certificate is None else ("--tls-certificate", str(self._certificate))
        redis = ("--redis", self._redis.url) if self._redis is not None else ()
        wait = ("--wait-replicas", str(self._redis.replicas)) if self._redis is not None else ()
        self._child = Child(
            "server.cli.main", "serve", "--port", str(self.port),
            "--data", str(self._directory / "hall"), "--assembly", str(self._assembly),
            *tls, *redis, *wait, *self._options, log=self._directory / "serve.log", spoken_to=False,
        )  # fmt: skip
        self.port = self._child.read_port()
        self.start_up = time.monotonic() - began

    def kill(self) -> None:
        """kill -9 of the server; its Redis lives on until the next start."""
        assert self._child is not None  # noqa: S101  # it was started
        self._child.kill()

    def end(self) -> None:
        """Stop it cleanly, its Redis too. A server that was killed is started for that."""
        if self._child is None:
            return
        self._child.end()
        record = self._directory / "hall" / "redis" / "redis.json"
        if record.exists():
            self.start()
            self._child.end()

    def redis(self) -> tuple[Path, int]:
        """The socket and the process of the server's Redis."""
        if self._redis is not None:
            return self._redis.socket, self._redis.pid
        record = self._directory / "hall" / "redis" / "redis.json"
        told = json.loads(record.read_text(encoding="utf-8"))
        return Path(told["socket"]), int(told["pid"])


class GeneratorProcess(Child):
    """A load generator, given orders."""

    def __init__(self, log: Path) -> None:
        super().__init__("server.cli.bench.generator", log=log, spoken_to=True)

    def begin(self, order: str, **what: Any) -> None:
        """Give an order; `answer` waits for it to be carried out."""
        self.tell(orjson.dumps({"order": order, **what}))

    def answer(self) -> dict[str, Any]:
        """The answer to the order before. Raises BenchFailed."""
        answer: dict[str, Any] = orjson.loads(self.read())
        if "failed" in answer:
            raise BenchFailed(f"the load generator: {answer['failed']} {self.last_words()}")
        return answer

    def ask(self, order: str, **what: Any) -> dict[str, Any]:
        """Give an order and wait for its answer."""
        self.begin(order, **what)
        return self.answer()


def ask_all(
    generators: Sequence[GeneratorProcess], order: str, each: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Give all generators an order at once, each with its own part; their answers in order."""
    for generator, what in zip(generators, each, strict=True):
        generator.begin(order, **what)
    return [generator.answer() for generator in generators]
