"""A native WebSocket server with nothing on it: uWebSockets, which writes a frame to all by itself.

Rule: it does what the bare server does on `/screen` and `/voter`, and nothing of it in Python but
making the frame: who subscribes is sent every frame by C++ (the package `socketify` carries it). It
ends when its standard input does.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import threading
from typing import Any

import orjson

from server.cli.bench.bare_server import HELLO_VIEW, view_of

EVERYBODY = "views"


def lacking() -> str | None:
    """Why this machine cannot run it, if it cannot."""
    try:
        importlib.import_module("socketify")
    except (ImportError, OSError) as problem:  # not installed; its library, or one beneath it
        return f"{problem} (it takes Linux on x86-64, the package socketify, and libuv1)"
    return None


def _serve(size: int) -> None:
    native = importlib.import_module("socketify")
    app, text_frame = native.App(), native.OpCode.TEXT
    presses = 0

    def join(socket: Any) -> None:
        socket.subscribe(EVERYBODY)
        socket.send(HELLO_VIEW, text_frame)

    def press(socket: Any, text: str, _opcode: object) -> None:
        nonlocal presses
        presses += 1
        app.publish(EVERYBODY, view_of(presses, size), text_frame)
        receipt = {"type": "receipt", "press_id": orjson.loads(text)["press_id"], "n": presses}
        socket.send(orjson.dumps(receipt), text_frame)

    def ready(listening: Any) -> None:
        print(f"ready http://127.0.0.1:{listening.port}", flush=True)

    app.ws("/screen", {"open": join, "max_backpressure": 16 << 20})
    app.ws("/voter", {"message": press})
    app.listen({"host": "127.0.0.1", "port": 0}, ready)
    threading.Thread(target=_end_with_input, daemon=True).start()
    # `app.run()` would spin between events, for tasks of Python that there are not.
    app.loop.uv_loop.run()


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=0)
    _serve(parser.parse_args().size)
