"""A bad network between clients and hall: a proxy that cuts, holds, slows, repeats and delays.

Rule: it works on bytes and knows nothing of frames but this: what a client sends at once is whole
frames, and what lacks the last byte of a chunk is a frame cut in its middle. It may speak TLS with
either.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

SETTLED: int = 3
"""Chunks that a client has sent before its own may be repeated: the handshake and `hello` went."""


@dataclass(eq=False)
class Link:
    """One connection through the proxy."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    source: str = ""
    """The address that the client calls from."""
    sent: int = 0
    open: asyncio.Event = field(default_factory=asyncio.Event)
    """Cleared while nothing gets through."""
    delay: float = 0.0
    cut: bool = False
    repeat: bool = False
    passes: int | None = None
    """How many chunks of the client still get through before one is kept back, if any is to be."""
    kept: bytes = b""

    def abort(self) -> None:
        self.client.transport.abort()
        self.server.transport.abort()


def _everybody(_: str) -> bool:
    return True


def _nobody(_: str) -> bool:
    return False


class Wire:
    """The proxy. `port` is where clients connect; `to` says where the hall listens now (a port, or
    a socket's path), and `trusted` whom the proxy trusts if the hall speaks TLS. With a certificate
    of its `own` it speaks TLS with clients. Where all are one `caller`, that is their address.

    Between a hall and its stores, the hall is the client.
    """

    def __init__(
        self,
        to: Callable[[], int | Path],
        trusted: ssl.SSLContext | None = None,
        own: ssl.SSLContext | None = None,
        caller: str = "",
    ) -> None:
        self._to = to
        self._caller = caller
        self._own = own
        self._trusted = trusted
        self._links: set[Link] = set()
        self._server: asyncio.Server | None = None
        self._is_parted: Callable[[str], bool] = _nobody
        """From what addresses nothing gets through, on connections that are made now neither."""
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, ssl=self._own)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for link in tuple(self._links):
            link.open.set()
            link.abort()
        while self._links:  # noqa: ASYNC110  # the links end by themselves
            await asyncio.sleep(0.01)

    def where(self) -> str:
        """The address of the sockets, through the proxy."""
        return f"ws://127.0.0.1:{self.port}/ws/v1"

    def links(self) -> list[Link]:
        """The connections that are settled and have somebody at either end."""
        return [
            link
            for link in self._links
            if link.sent >= SETTLED
            and not link.kept
            and not link.client.is_closing()
            and not link.server.is_closing()
        ]

    def cut_mid_frame(self) -> list[Link]:
        """What is sent next, either way, loses its last byte, and the connection is reset."""
        links = self.links()
        for link in links:
            link.cut = True
        return links

    def hold(self) -> list[Link]:
        """Nothing gets through any more, and nobody is told: half-open on both sides."""
        links = self.links()
        for link in links:
            link.open.clear()
        return links

    def part(self, of: Callable[[str], bool] = _everybody) -> None:
        """Nothing gets through to or from these addresses any more, on connections that are made
        now neither. What is kept from others gets through, late."""
        self._is_parted = of
        for link in self._links:
            self._let_through(link)

    def join(self) -> None:
        """What was kept gets through, late."""
        self.part(_nobody)

    def _let_through(self, link: Link) -> None:
        if self._is_parted(link.source):
            link.open.clear()
        else:
            link.open.set()

    def slow(self, seconds: float) -> list[Link]:
        """Each chunk from the hall takes so long."""
        links = self.links()
        for link in links:
            link.delay = seconds
        return links

    def repeat(self) -> list[Link]:
        """What a client sends next is sent twice."""
        links = self.links()
        for link in links:
            link.repeat = True
        return links

    def keep(self, after: int = 0) -> list[Link]:
        """What a client sends next, or after so many more chunks, is kept back, and the client is
        cut off; the hall is not."""
        links = self.links()
        for link in links:
            link.passes = after
        return links

    @staticmethod
    def deliver(links: list[Link]) -> int:
        """Deliver what was kept back, long after its client has gone; how many got through."""
        delivered = 0
        for link in links:
            if link.kept and not link.server.is_closing():
                link.server.write(link.kept)
                delivered += 1
        return delivered

    async def _connected(
        self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter
    ) -> None:
        try:
            match self._to():
                case int(port):
                    from_server, to_server = await asyncio.open_connection(
                        "127.0.0.1", port, ssl=self._trusted
                    )
                case path:
                    from_server, to_server = await asyncio.open_unix_connection(path)
        except OSError:
            to_client.transport.abort()
            return
        source = self._caller or to_client.get_extra_info("peername")[0]
        link = Link(to_client, to_server, source)
        self._let_through(link)
        self._links.add(link)
        try:
            await asyncio.gather(
                self._upstream(link, from_client), self._downstream(link, from_server)
            )
        except OSError:
            pass  # either end is gone, as it often is here
        finally:
            link.abort()
            self._links.discard(link)

    async def _upstream(self, link: Link, reader: asyncio.StreamReader) -> None:
        while chunk := await reader.read(65536):
            await link.open.wait()
            link.sent += 1
            if link.cut:
                link.server.write(chunk[:-1])
                await link.server.drain()
                link.abort()
            elif link.passes == 0:
                link.kept, link.passes = chunk, None
                link.client.transport.abort()
                return  # the hall's side stays open
            else:
                link.passes = None if link.passes is None else link.passes - 1
                link.server.write(chunk * 2 if link.repeat else chunk)
                link.repeat = False
                await link.server.drain()
        await link.open.wait()  # that an end has gone does not get through either
        link.abort()

    async def _downstream(self, link: Link, reader: asyncio.StreamReader) -> None:
        while chunk := await reader.read(65536):
            await link.open.wait()
            if link.delay:
                await asyncio.sleep(link.delay)
            if link.kept:
                continue  # nobody is there to read it
            if link.cut:
                link.client.write(chunk[:-1])
                await link.client.drain()
                link.abort()
            link.client.write(chunk)
            await link.client.drain()
        await link.open.wait()
        link.abort()
