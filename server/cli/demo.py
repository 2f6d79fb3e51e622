"""`hemicycle demo`: a hall on this machine with robots in the seats, to look at and to touch.

Rule: the demonstration is the real product: a real `serve` in a process of its own, spoken to by
the same HTTP and sockets as everybody. Tokens are kept in the data directory, so that a tablet
that was paired once is still paired after a restart. The key of secret ballots is made behind the
opened hall: nobody waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk_client.robots import Behaviour, RobotSeat, run_robots
from server.cli.demo_child import program
from server.cli.demo_hall import DemoFailed, DemoHall
from server.cli.demo_scrutineers import play_scrutineers
from server.cli.options import ServeOptions
from server.vocabulary import Disclosure, Kind

TABLET: Final = "FR"
"""The Member whose tablet link is printed."""

READY: Final = "ready "


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of the demonstration: by Member, and one for a display."""

    seats: dict[str, str]
    display: str


def demo(options: ServeOptions, *, robots: int | None) -> int:
    """Run until Ctrl-C; returns the exit status."""
    if robots is not None and robots < 0:
        print("hemicycle demo: --robots: give 0 or more", file=sys.stderr)
        return 2
    try:
        asyncio.run(_demo(options, robots))
    except DemoFailed as failed:
        print(f"hemicycle demo: {failed}", file=sys.stderr)
        return 1
    return 0


async def _demo(options: ServeOptions, robots: int | None) -> None:
    password = options.operator_password or secrets.token_urlsafe(9)
    server = await _start(options, password)
    try:
        url = await _ready(server)
        hall = DemoHall(url)
        await asyncio.to_thread(hall.sign_in, password)
        tokens = await asyncio.to_thread(_tokens, hall, options.data / "demo.json")
        await asyncio.to_thread(_prepare_agenda, hall)
        seats = [RobotSeat(member, token) for member, token in tokens.seats.items()]
        if robots is not None:
            seats = seats[:robots]
        stop = _told_to_stop()  # before anybody reads that Ctrl-C closes the hall
        _print_addresses(url, password, tokens, len(seats))
        scrutineers = asyncio.create_task(play_scrutineers(hall, options.data / "scrutineers"))
        try:
            await _until_stopped(server, url, seats, stop)
        finally:
            scrutineers.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await scrutineers
    finally:
        if server.returncode is None:
            server.terminate()
        await server.wait()


def _told_to_stop() -> asyncio.Event:
    """Set by Ctrl-C or SIGTERM, from now on."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    return stop


async def _until_stopped(
    server: asyncio.subprocess.Process, url: str, seats: list[RobotSeat], stop: asyncio.Event
) -> None:
    socket = url.replace("http", "ws", 1) + "/ws/v1/kiosk"
    playing = asyncio.create_task(run_robots(socket, seats, Behaviour()))
    stopping = asyncio.create_task(stop.wait())
    ending = asyncio.create_task(server.wait())
    await asyncio.wait({playing, stopping, ending}, return_when=asyncio.FIRST_COMPLETED)
    if playing.done():
        playing.result()  # a robot's fault ends the demonstration with its own words
        # All robots have left to people's tablets: the hall stays open all the same.
        await asyncio.wait({stopping, ending}, return_when=asyncio.FIRST_COMPLETED)
    for task in (playing, stopping, ending):
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await playing
    if not stop.is_set():
        raise DemoFailed("the server ended by itself; its messages are above")
    print("Closing the hall.", flush=True)


async def _start(options: ServeOptions, password: str) -> asyncio.subprocess.Process:
    arguments = ["--host", options.host, "--port", str(options.port), "--data", str(options.data)]
    for name, value in (
        ("--redis", options.redis),
        ("--database", options.database),
        ("--assembly", options.assembly),
        ("--public-url", options.public_url),
        ("--signing-key", options.signing_key),
        ("--wait-replicas", options.wait_replicas),
    ):
        if value is not None:
            arguments += [name, str(value)]
    return await asyncio.create_subprocess_exec(
        *program("serve", *arguments),
        stdout=asyncio.subprocess.PIPE,
        env={**_without_tls(os.environ), "HEMICYCLE_OPERATOR_PASSWORD": password},
        # Ctrl-C reaches us only; we end the server when the robots have left.
        start_new_session=True,
    )


def _without_tls(environment: Mapping[str, str]) -> dict[str, str]:
    # Robots and scrutineers speak to a hall on this machine, in the clear.
    return {
        name: value for name, value in environment.items() if not name.startswith("HEMICYCLE_TLS_")
    }


async def _ready(server: asyncio.subprocess.Process) -> str:
    assert server.stdout is not None  # noqa: S101  # it was asked for
    while line := (await server.stdout.readline()).decode():
        if line.startswith(READY):
            return line.removeprefix(READY).strip()
    raise DemoFailed("the server did not start; its messages are above")


def _tokens(hall: DemoHall, path: Path) -> Tokens:
    """The tokens that were kept, if they still work; else new ones, kept."""
    try:
        kept = Tokens(**json.loads(path.read_text(encoding="utf-8")))
        for token in (kept.display, *list(kept.seats.values())[:1]):
            hall.get("/me", token)
    except (FileNotFoundError, ValueError, TypeError, DemoFailed):
        issued = hall.post("/seats/tokens", {"members": "all"})
        seats = {row["member"]: row["token"] for row in issued}
        kept = Tokens(seats, hall.post("/displays/tokens", {})["token"])
        path.touch(mode=0o600)
        path.write_text(
            json.dumps({"seats": kept.seats, "display": kept.display}), encoding="utf-8"
        )
    return kept


def _prepare_agenda(hall: DemoHall) -> None:
    """A motion for each agenda item that takes one, in a hall that has none yet."""
    if hall.get("/ballots")["ballots"]:
        return
    assembly = hall.get("/assembly")
    motions = {
        each["key"]
        for each in assembly["decisions"]
        if each["supported"] and each["kind"] == Kind.MOTION
    }
    for item in assembly["agenda"]:
        if item["decision"] in motions:
            hall.post(
                "/ballots",
                {
                    "title": item["title"],
                    "decision": item["decision"],
                    "document": item["document"],
                    "item": item["number"],
                    "disclosure": Disclosure.INDIVIDUAL,
                    "seconds": 60,
                },
            )


def _print_addresses(url: str, password: str, tokens: Tokens, robots: int) -> None:
    tablet = tokens.seats.get(TABLET)
    lines = [
        "",
        "The hall is open.",
        "",
        f"  Console   {url}/console/",
        f"            operator, password {password}",
        f"  Display   {url}/display/#token={tokens.display}",
        f"  Chair     {url}/chair/",
    ]
    if tablet is not None:
        lines.append(f"  Kiosk     {url}/kiosk/#token={tablet}")
        lines.append(f"            the seat of {TABLET}; its robot leaves when you sit down")
    lines += ["", f"{robots} robots are in the seats. Ctrl-C closes the hall.", ""]
    print("\n".join(lines), flush=True)
