"""The one place where a hall server is put together.

Rule: no globals, no container: every part is made here and handed to who needs it. What stops a
hall from opening is a `CannotOpen` that says what to do.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Generator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.adapters.clock import SystemClock
from server.adapters.data_directory import DirectoryInUse, FileLock
from server.adapters.database_url import DatabaseUnfit
from server.adapters.embedded_redis import EmbeddedRedis, EmbeddedRedisFailed
from server.adapters.ids import RandomIds
from server.adapters.metrics import metrics_page
from server.adapters.proof_pool import ProofPool
from server.adapters.redis_box import RedisBallotBox
from server.adapters.redis_box_calls import connect
from server.adapters.redis_box_settings import refuse_unsafe
from server.adapters.redis_neighbours import RedisNeighbours
from server.adapters.redis_sentinel import UnfitAddress, names_sentinels
from server.adapters.redis_server import NoRedisServer
from server.adapters.signing_key import FILE_NAME, SigningKeyUnfit, receipt_key, signing_key
from server.adapters.sql_credentials import SqlCredentials
from server.adapters.sql_database import SqlDatabase, open_database
from server.adapters.sql_journal import SqlJournal
from server.adapters.sql_photos import SqlPhotos
from server.api.app import App, create_app
from server.api.context import Context
from server.api.entrance import Entrance
from server.api.login_limit import LoginLimit
from server.api.room import Room
from server.api.seat_requests import SeatRequests
from server.assembly.assembly import Assembly
from server.assembly.files import parse_assembly
from server.assembly.problems import AssemblyProblems
from server.assembly.sample import load_sample
from server.cli.collecting import Collecting
from server.cli.open_files import connections_possible
from server.cli.options import ServeOptions
from server.hall.access import add_user
from server.hall.arriving import Doorway
from server.hall.desk import Desk
from server.hall.founding import FoundingRefused, found
from server.hall.heads import compare_heads, note_head
from server.hall.ledger import JournalWentBack, Ledger
from server.hall.press import PressDesk
from server.hall.proving import SealedDesk
from server.hall.recover import recover
from server.hall.refusals import RefusalLog
from server.hall.refused_commands import RefusedCommands
from server.hall.state import assembly_of
from server.hall.verdicts import Verdicts
from server.live.hub import Hub
from server.live.neighbourhood import Neighbourhood
from server.live.tending import Tending
from server.live.wording import Wording
from server.locales.speech import load_speech
from server.ports import BallotBox, BoxPhase, Clock, Journal, Landed, Proofs, StoreUnavailable
from server.record.entry import GENESIS, Head
from server.record.signer import public_key_text
from server.rules.rulebook import RulebookError, load_rulebook
from server.vocabulary import Role

log = logging.getLogger("hemicycle.wiring")

SCREENS = Path(__file__).resolve().parents[1] / "screens"
"""Where the built screens are."""

OPERATOR = "operator"
"""The name of the first operator."""


class CannotOpen(Exception):
    """The hall cannot be opened; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Hall:
    """A hall server that is ready to serve. `new_password` was generated just now, if at all."""

    app: App
    hub: Hub
    tending: Tending
    new_password: str | None
    room: Room


@dataclass(frozen=True, slots=True)
class Between:
    """What stands between the hall and the world: nothing, unless a test of faults says so."""

    clock: Callable[[Clock], Clock] = lambda clock: clock
    journal: Callable[[Journal], Journal] = lambda journal: journal
    box: Callable[[BallotBox], BallotBox] = lambda box: box
    proofs: Callable[[Proofs], Proofs] = lambda proofs: proofs


NOTHING = Between()


async def open_hall(
    options: ServeOptions, stack: AsyncExitStack, between: Between = NOTHING
) -> Hall:
    """Put a hall together; `stack` closes its parts, in reverse order. Raises CannotOpen."""
    with refusals_said(options):
        return await _open(options, stack, between)


@contextmanager
def refusals_said(options: ServeOptions) -> Generator[None]:
    """Whatever keeps a hall from opening as a CannotOpen that says what to do."""
    try:
        yield
    except (
        DirectoryInUse,
        EmbeddedRedisFailed,
        NoRedisServer,
        DatabaseUnfit,
        SigningKeyUnfit,
        RulebookError,
        FoundingRefused,
        JournalWentBack,
        UnfitAddress,
    ) as refused:
        raise CannotOpen(str(refused)) from refused
    except StoreUnavailable as outage:
        raise CannotOpen(f"a store cannot be used: {outage}") from outage
    except OSError as problem:
        raise CannotOpen(f"{problem.filename or options.data}: {problem.strerror}") from problem


@dataclass(frozen=True, slots=True)
class Stores:
    """What one server stands on: the hall's key, journal and box, and the other servers."""

    key: Ed25519PrivateKey
    database: SqlDatabase
    ledger: Ledger
    box: BallotBox
    neighbours: RedisNeighbours | None


async def open_stores(
    options: ServeOptions, stack: AsyncExitStack, between: Between = NOTHING
) -> Stores:
    """Open the stores; the first server founds the hall in them, later ones join it."""
    clock, ids = between.clock(SystemClock()), RandomIds()
    data = options.data
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock.take(data / "hall.lock")
    if lock is None:
        raise DirectoryInUse(data)
    stack.callback(lock.close)
    assembly = _read_assembly(options.assembly)
    replicas = wait_replicas(options)
    redis_url = await _redis(options, replicas, stack)
    database = await open_database(options.database or f"sqlite:///{data.resolve()}/hall.sqlite3")
    stack.push_async_callback(database.close)
    journal = between.journal(SqlJournal(database))
    key = signing_key(
        options.signing_key or data / FILE_NAME, may_create=await journal.head() == GENESIS
    )
    ledger = Ledger(journal, key, ids)
    await found(ledger, clock, ids, assembly or load_sample(), public_key_text(key))
    if assembly is not None:
        _same_assembly(ledger, assembly)
    hall = ledger.state.hall
    box = RedisBallotBox.at(redis_url, hall, wait_replicas=replicas)
    stack.push_async_callback(box.aclose)
    neighbours: RedisNeighbours | None = None
    if options.redis is not None:
        # A Redis of its own, in its own directory, is shared with nobody.
        neighbours = RedisNeighbours(connect(redis_url), hall, ids.incarnation())
        stack.push_async_callback(neighbours.aclose)
    return Stores(key, database, ledger, between.box(box), neighbours)


async def _open(options: ServeOptions, stack: AsyncExitStack, between: Between) -> Hall:
    clock, ids = between.clock(SystemClock()), RandomIds()
    stores = await open_stores(options, stack, between)
    ledger, box = stores.ledger, stores.box
    assembly = assembly_of(ledger.state)
    refusals = RefusalLog()
    speech = load_speech(assembly.settings.digits.value)
    rulebook = load_rulebook(assembly.rulebook)
    wording = Wording(speech, rulebook)
    proofs = ProofPool(options.proof_workers)
    stack.push_async_callback(proofs.aclose)
    verdicts = Verdicts(between.proofs(proofs))
    hub = Hub(wording, refusals, verdicts)
    # The desk tells the tending and the neighbourhood about changes, and they work on the desk.
    tending: Tending
    neighbourhood: Neighbourhood

    async def changed() -> None:
        neighbourhood.changed()
        await tending.refresh()

    async def recorded(head: Head) -> None:
        try:
            await note_head(box, ledger.state.epoch, head)
        except StoreUnavailable as outage:
            log.warning("the head of the journal was not noted: %s", outage)
        neighbourhood.changed()

    def landed(group: Landed) -> None:
        hub.landed(group)
        neighbourhood.pressed(group)

    desk = Desk(
        ledger=ledger,
        box=box,
        ids=ids,
        clock=clock,
        speech=speech,
        rulebook=rulebook,
        changed=changed,
        refusals=refusals,
        verdicts=verdicts,
    )
    credentials = SqlCredentials(stores.database)
    tending = Tending(hub, desk, credentials)
    verdicts.told = tending.judged
    neighbourhood = Neighbourhood(stores.neighbours, hub, desk, tending)
    ledger.recorded = recorded
    await compare_heads(desk)
    hasher = PasswordHasher()
    new_password = await _first_operator(desk, credentials, hasher, options.operator_password)
    await recover(desk)
    press_desk = PressDesk(box, ledger, desk.witness, landed, tending.trouble)
    sealed_desk = SealedDesk(desk, press_desk)
    room = Room(connections_possible(options.max_connections))
    context = Context(
        desk=desk,
        credentials=credentials,
        photos=SqlPhotos(stores.database),
        hub=hub,
        tending=tending,
        neighbourhood=neighbourhood,
        doorway=Doorway(desk),
        press_desk=press_desk,
        sealed_desk=sealed_desk,
        seat_requests=SeatRequests(desk),
        wording=wording,
        hasher=hasher,
        logins=LoginLimit(),
        refused_commands=RefusedCommands(),
        signing_key=stores.key,
        receipt_key=receipt_key(stores.key),
        screens=SCREENS,
        public_url=options.public_url,
        room=room,
        version=version("hemicycle"),
        metrics=metrics_page(lambda: _gauges(hub)),
    )
    collecting = Collecting(lambda: _takes_votes(hub), lambda: sum(hub.connections()))
    await collecting.start()
    stack.push_async_callback(collecting.stop)
    await tending.start()
    stack.push_async_callback(tending.stop)
    await neighbourhood.start()
    stack.push_async_callback(neighbourhood.stop)
    stack.push_async_callback(sealed_desk.stop)
    entrance = Entrance(context)
    stack.push_async_callback(entrance.stop)
    return Hall(create_app(context, entrance), hub, tending, new_password, room)


def _takes_votes(hub: Hub) -> bool:
    return hub.box is not None and hub.box.phase is BoxPhase.OPEN


def wait_replicas(options: ServeOptions) -> int:
    """How many replicas confirm a vote before its receipt."""
    sentinel = options.redis is not None and names_sentinels(options.redis)
    if options.wait_replicas is None:
        return 1 if sentinel else 0
    if sentinel and options.wait_replicas == 0:
        raise CannotOpen(
            "--wait-replicas 0 with Sentinel: a fail-over would lose votes that had their receipt; "
            "give 1 or more"
        )
    return options.wait_replicas


async def _redis(options: ServeOptions, replicas: int, stack: AsyncExitStack) -> str:
    if options.redis is None:
        embedded = EmbeddedRedis(options.data / "redis")
        url = await embedded.start()
        stack.push_async_callback(embedded.stop)
        return url
    client = connect(options.redis, connections=1)
    try:
        wrong = await refuse_unsafe(client, wait_replicas=replicas)
    finally:
        await client.aclose()
    if wrong:
        raise CannotOpen(
            "this Redis would lose votes: "
            + "; ".join(f"{each.setting} is {each.found}: {each.remedy}" for each in wrong)
        )
    return options.redis


def _read_assembly(path: Path | None) -> Assembly | None:
    if path is None:
        return None
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise CannotOpen(f"{path}: not UTF-8 text; save the file as UTF-8") from problem
    parsed = parse_assembly(text, path.name, load_sample().members)
    if isinstance(parsed, AssemblyProblems):
        raise CannotOpen(str(parsed))
    return parsed


def _same_assembly(ledger: Ledger, assembly: Assembly) -> None:
    if assembly_of(ledger.state).id != assembly.id:
        raise CannotOpen(
            f"this data directory belongs to the assembly {assembly_of(ledger.state).id!r}, "
            f"not to {assembly.id!r}: give another --data"
        )


async def _first_operator(
    desk: Desk, credentials: SqlCredentials, hasher: PasswordHasher, given: str | None
) -> str | None:
    """See that there is an operator; a given password replaces another. Returns a generated one."""
    known = await credentials.password_hash(OPERATOR)
    if given is not None:
        if known is None or not _fits(hasher, known[0], given):
            await add_user(
                desk, credentials, hasher, "server:start", OPERATOR, given, Role.OPERATOR
            )
        return None
    if await credentials.has_users(Role.OPERATOR):
        return None
    password = secrets.token_urlsafe(12)
    await add_user(desk, credentials, hasher, "server:start", OPERATOR, password, Role.OPERATOR)
    return password


def _fits(hasher: PasswordHasher, stored: str, password: str) -> bool:
    try:
        return hasher.verify(stored, password)
    except VerificationError:
        return False


def _gauges(hub: Hub) -> dict[str, tuple[str, float]]:
    seats, screens = hub.connections()
    return {
        "seats_connected": ("Seats with a connection", seats),
        "screens_connected": ("Displays, chairs and consoles with a connection", screens),
        "store_available": ("Whether the store of the votes answers", hub.store_answers()),
    }
