"""Robot scrutineers of the demonstration: three real programs, so that a secret ballot can be held.

Rule: they are no scrutineers. One machine holds all three parts of the key, nobody compares a
fingerprint or a list, and they bear the name DEMONSTRATION wherever a scrutineer's name stands:
on the console, in the journal and in the record. Their passphrases are drawn and thrown away, so
each start makes a new key. A key that people made is left alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from server.cli.demo_child import program
from server.cli.demo_hall import DemoFailed, DemoHall, HallRefused
from server.vocabulary import Role

NAMES: Final = ("DEMONSTRATION-1", "DEMONSTRATION-2", "DEMONSTRATION-3")

REASON: Final = "DEMONSTRATION: robots on one machine hold all three parts of the key"

_NOT_THEIRS: Final = "HEMICYCLE_OPERATOR_PASSWORD"

_LOOK_SECONDS: Final = 1.0


async def play_scrutineers(hall: DemoHall, folder: Path) -> None:
    """Hold the key ceremony and take part in every secret ballot, until cancelled.

    Each robot has a directory of its own in `folder`. What goes wrong with them is said, and
    leaves the rest of the demonstration alone.
    """
    passwords = {name: secrets.token_urlsafe(18) for name in NAMES}
    try:
        if not await _begun(hall, passwords):
            _say("Secret ballots: people hold the key here, so no robot scrutineers take part.")
            return
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        async with asyncio.TaskGroup() as tasks:
            for name, password in passwords.items():
                tasks.create_task(_take_part(hall.url, name, password, folder / name), name=name)
            tasks.create_task(_announce(hall, folder))
    except* (DemoFailed, OSError) as failed:
        why = "; ".join(str(each) for each in failed.exceptions)
        _say(f"Secret ballots: the robot scrutineers cannot take part: {why}")


async def _begun(hall: DemoHall, passwords: Mapping[str, str]) -> bool:
    """Begin the ceremony as soon as no secret ballot is undecided; False where people hold it."""
    ceremony = await _ceremony(hall)
    if ceremony is not None and set(ceremony["scrutineers"]) != set(NAMES):
        return False
    for name, password in passwords.items():
        person = {"user": name, "password": password, "role": Role.SCRUTINEER.value}
        await asyncio.to_thread(hall.post, "/users", person)
    asked = {"scrutineers": list(NAMES), "reason": REASON}
    told = False
    while True:
        try:
            await asyncio.to_thread(hall.post, "/secrecy/ceremony", asked)
        except HallRefused as refused:
            if refused.code != "secret_undecided":
                raise
            if not told:
                _say(
                    "Secret ballots: the robots' key of the last demonstration is gone, and a\n"
                    "ballot is still sealed with it. Cancel that ballot; a new key is made then."
                )
                told = True
            await asyncio.sleep(_LOOK_SECONDS)
        else:
            return True


async def _ceremony(hall: DemoHall) -> Any:
    return (await asyncio.to_thread(hall.get, "/secrecy"))["ceremony"]


async def _announce(hall: DemoHall, folder: Path) -> None:
    """Say when the key is made."""
    while (await _ceremony(hall))["public_key"] is None:  # noqa: ASYNC110  # it is another process that makes it
        await asyncio.sleep(_LOOK_SECONDS)
    _say(
        "Secret ballots can be held: three robot scrutineers have made the key, sign lists and\n"
        "open counts. DEMONSTRATION only: three people do this in a real hall.\n"
        f"What they say: {folder}/*/said.txt"
    )


async def _take_part(url: str, name: str, password: str, folder: Path) -> None:
    """One robot: the scrutineers' own program, that answers every question with yes."""
    await asyncio.to_thread(folder.mkdir, parents=True)
    program = await _started(url, name, password, folder)
    try:
        status = await program.wait()
        _say(f"Secret ballots: {name} has stopped ({status}); see {folder}/said.txt")
    finally:
        if program.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                program.terminate()
            await asyncio.shield(program.wait())


async def _started(url: str, name: str, password: str, folder: Path) -> asyncio.subprocess.Process:
    with (folder / "said.txt").open("wb") as said:
        return await asyncio.create_subprocess_exec(
            *program("scrutineer", "--hall", url, "--user", name),
            *("--file", str(folder / "key.json"), "--yes"),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env={
                # Not the operator's: a scrutineer's program must not be able to run the hall.
                **{name: told for name, told in os.environ.items() if name != _NOT_THEIRS},
                "HEMICYCLE_SCRUTINEER_PASSWORD": password,
                "HEMICYCLE_SCRUTINEER_PASSPHRASE": secrets.token_urlsafe(24),
            },
            # Ctrl-C reaches the demonstration only, which ends them.
            start_new_session=True,
        )


def _say(text: str) -> None:
    print(text, "\n", sep="", flush=True)
