"""The contract of the journal, on memory, a SQLite file and a real PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.adapters.memory_journal import MemoryJournal
from server.adapters.sql_database import open_database
from server.adapters.sql_journal import SqlJournal
from server.ports import (
    AlreadyRecorded,
    Appended,
    CommandKey,
    HeadMoved,
    HighWater,
    Journal,
    KeyReused,
    SeenCommand,
)
from server.record.entry import GENESIS, Entry, Event, Head, seal, seal_all
from tests.contracts.sql_stores import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

pytestmark = pytest.mark.parametrize(
    "store",
    ["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
    indirect=True,
)


@pytest.fixture
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Journal]:
    if request.param == "memory":
        yield MemoryJournal()
        return
    url = (
        request.getfixturevalue("postgres_url")
        if request.param == "postgres"
        else f"sqlite:///{tmp_path / 'hall.sqlite'}"
    )
    database = await open_database(url)
    yield SqlJournal(database)
    await database.close()


def event(name: str = "ballot_prepared", subject: str | None = "b1", at: int = 1) -> Event:
    return Event(type=name, subject=subject, actor="operator:op", at=at, payload={"é": [name, 1]})


def entry(head: Head, nonce: int = 1, subject: str | None = "b1") -> Entry:
    return seal(head, event(subject=subject), bytes([nonce]) * 32, KEY)


def head_of(sealed: Entry) -> Head:
    return Head(sealed.seq, sealed.hash)


async def test_an_empty_journal_stands_at_genesis(store: Journal) -> None:
    assert await store.head() == GENESIS
    assert await store.read() == ()


async def test_what_is_read_is_what_was_appended_byte_by_byte(store: Journal) -> None:
    events = [(event(at=n), bytes([n]) * 32) for n in range(3)]
    group = seal_all(GENESIS, events, KEY)
    assert await store.append(group) == Appended(head_of(group[-1]))
    assert await store.read() == group
    assert await store.read(after=2) == group[2:]
    assert await store.read(after=3) == ()
    assert await store.head() == head_of(group[-1])


async def test_who_connects_anew_finds_what_was_there_and_disturbs_nobody(store: Journal) -> None:
    first = entry(GENESIS)
    await store.append([first])
    reads = [asyncio.create_task(store.read()) for _ in range(6)]
    await store.reconnect()
    assert await asyncio.gather(*reads) == [(first,)] * 6
    second = entry(head_of(first))
    assert await store.append([second]) == Appended(head_of(second))
    assert tuple(await store.read()) == (first, second)


async def test_an_append_behind_an_old_head_writes_nothing(store: Journal) -> None:
    first = entry(GENESIS)
    await store.append([first])
    assert await store.append([entry(GENESIS, nonce=2)]) == HeadMoved(head_of(first))
    assert await store.read() == (first,)


async def test_an_append_beyond_the_head_writes_nothing(store: Journal) -> None:
    first = entry(GENESIS)
    second = entry(head_of(first))
    assert await store.append([second]) == HeadMoved(GENESIS)
    assert await store.read() == ()


async def test_the_same_append_again_finds_that_the_head_moved(store: Journal) -> None:
    first = entry(GENESIS)
    await store.append([first])
    assert await store.append([first]) == HeadMoved(head_of(first))


async def test_a_group_with_a_gap_is_a_bug(store: Journal) -> None:
    first = entry(GENESIS)
    third = entry(Head(2, "f" * 64))
    with pytest.raises(ValueError, match="entry 3 does not follow entry 1"):
        await store.append([first, third])
    with pytest.raises(ValueError, match="at least one entry"):
        await store.append([])
    assert await store.head() == GENESIS


@pytest.mark.parametrize("appenders", [2, 8])
async def test_of_appenders_at_once_exactly_one_wins(store: Journal, appenders: int) -> None:
    rivals = [entry(GENESIS, nonce=n) for n in range(appenders)]
    outcomes = await asyncio.gather(*(store.append([rival]) for rival in rivals))
    written = await store.read()
    assert len(written) == 1
    assert written[0] in rivals
    expected = [
        Appended(head_of(rival)) if rival == written[0] else HeadMoved(head_of(written[0]))
        for rival in rivals
    ]
    assert list(outcomes) == expected


async def test_appenders_that_retry_all_get_in_and_the_chain_holds(store: Journal) -> None:
    async def append_one(nonce: int) -> None:
        while True:
            sealed = entry(await store.head(), nonce)
            if isinstance(await store.append([sealed]), Appended):
                return

    await asyncio.gather(*(append_one(n) for n in range(6)))
    head = GENESIS
    for sealed in await store.read():
        assert sealed == entry(head, sealed.nonce[0])
        head = head_of(sealed)
    assert head.seq == 6


async def test_a_thing_is_recorded_once_under_its_unique_key(store: Journal) -> None:
    first = entry(GENESIS)
    second = entry(head_of(first))
    await store.append([first, second], unique="closed:b1")
    third = entry(head_of(second))
    assert await store.append([third], unique="closed:b1") == AlreadyRecorded(2)
    # Even from an old head: that it is recorded says more than that the head moved.
    assert await store.append([entry(GENESIS, 9)], unique="closed:b1") == AlreadyRecorded(2)
    assert isinstance(await store.append([third], unique="closed:b2"), Appended)
    assert (await store.head()).seq == 3


async def test_closers_at_once_record_one_close(store: Journal) -> None:
    async def close(nonce: int) -> int:
        while True:
            sealed = entry(await store.head(), nonce)
            match await store.append([sealed], unique="closed:b1"):
                case Appended(head):
                    return head.seq
                case AlreadyRecorded(seq):
                    return seq
                case HeadMoved():
                    continue

    assert await asyncio.gather(*(close(n) for n in range(4))) == [1, 1, 1, 1]
    assert len(await store.read()) == 1


async def test_a_command_is_found_again_by_its_key_and_actor(store: Journal) -> None:
    command = CommandKey("k1", "operator:op", "a" * 64)
    assert await store.seen(command) is None
    group = seal_all(GENESIS, [(event(), b"1" * 32), (event(subject="b7"), b"2" * 32)], KEY)
    await store.append(group, command=command)
    assert await store.seen(command) == SeenCommand(seq=2, subject="b7")
    assert await store.seen(CommandKey("k1", "operator:op", "b" * 64)) == KeyReused()
    assert await store.seen(CommandKey("k1", "chair:ch", "a" * 64)) is None
    assert await store.seen(CommandKey("k2", "operator:op", "a" * 64)) is None


async def test_a_command_of_the_hall_has_no_subject(store: Journal) -> None:
    command = CommandKey("k1", "operator:op", "a" * 64)
    await store.append([entry(GENESIS, subject=None)], command=command)
    assert await store.seen(command) == SeenCommand(seq=1, subject=None)


async def test_a_command_is_not_stored_without_its_entry(store: Journal) -> None:
    await store.append([entry(GENESIS)])
    command = CommandKey("k1", "operator:op", "a" * 64)
    assert isinstance(await store.append([entry(GENESIS, 2)], command=command), HeadMoved)
    assert await store.seen(command) is None


async def test_the_same_command_twice_is_recorded_once(store: Journal) -> None:
    command = CommandKey("k1", "operator:op", "a" * 64)
    first = entry(GENESIS)
    await store.append([first], command=command)
    again = entry(head_of(first))
    assert await store.append([again], command=command) == AlreadyRecorded(1)
    assert await store.read() == (first,)


def mark(
    n: int, *, revision: int = 0, incarnation: str = "i1", chain: str = "", ballot: str = "b1"
) -> HighWater:
    return HighWater(ballot, incarnation, n, chain or f"{n:040x}", revision)


async def test_the_furthest_mark_of_a_ballot_is_kept(store: Journal) -> None:
    assert await store.high_water("b1") is None
    await store.note_high_water(mark(5, revision=7))
    await store.note_high_water(mark(3, revision=6))
    assert await store.high_water("b1") == mark(5, revision=7)
    await store.note_high_water(mark(9, revision=12))
    assert await store.high_water("b1") == mark(9, revision=12)
    assert await store.high_water("b2") is None


async def test_a_mark_at_the_same_n_does_not_rewrite_the_chain(store: Journal) -> None:
    await store.note_high_water(mark(5, revision=7))
    await store.note_high_water(mark(5, revision=8, chain="e" * 40))
    assert await store.high_water("b1") == mark(5, revision=8)


async def test_a_new_incarnation_begins_again(store: Journal) -> None:
    await store.note_high_water(mark(5, revision=7))
    await store.note_high_water(mark(0, revision=9, incarnation="i2"))
    assert await store.high_water("b1") == mark(0, revision=9, incarnation="i2")


async def test_the_highest_revision_never_goes_back(store: Journal) -> None:
    assert await store.highest_revision() == 0
    await store.note_high_water(mark(5, revision=2**53))
    await store.note_high_water(mark(1, revision=3, ballot="b2"))
    await store.note_high_water(mark(0, revision=4, incarnation="i2"))
    assert await store.highest_revision() == 2**53


async def test_marks_at_once_keep_the_furthest(store: Journal) -> None:
    await asyncio.gather(*(store.note_high_water(mark(n, revision=n)) for n in (3, 8, 1, 5)))
    assert await store.high_water("b1") == mark(8, revision=8)
