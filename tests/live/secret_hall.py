"""The small hall with scrutineers and three accredited seats."""

from __future__ import annotations

from typing import Any, Final, cast

from server.ballots.life import Ballot
from server.hall.desk import Done
from server.hall.prepare import Proposal, prepare
from server.hall.proving import SealedDesk
from server.ports import Proofs
from server.vocabulary import Command
from tests.hall_cases.room import PROPOSAL, Room
from tests.hall_cases.secret_room import SecretRoom
from tests.live.small_hall import SmallHall

VOTERS: Final = ("AA", "BB", "CC")


class SecretHall(SecretRoom):
    """A `SecretRoom` whose room is a small hall that shows what it does."""

    def __init__(self, hall: SmallHall) -> None:
        self.hall = hall
        super().__init__(cast(Room, _Room(hall)))

    def desks(self) -> None:
        """The hall's own, so that its screens hear of presses."""
        self.presses = self.hall.press_desk
        self.sealed = SealedDesk(self.hall.desk, self.hall.press_desk)


async def secret_hall(proofs: Proofs | None = None) -> SecretHall:
    """The hall, the key made and the voters' seats accredited."""
    secret = SecretHall(await SmallHall.open(proofs=proofs))
    await secret.ready(members=VOTERS)
    return secret


class _Room:
    """What a `SecretRoom` asks of its room."""

    def __init__(self, hall: SmallHall) -> None:
        self.hall = hall
        self.desk, self.box, self.members = hall.desk, hall.box, VOTERS

    async def prepare(self, **fields: Any) -> str:
        changed = {name: getattr(PROPOSAL, name) for name in Proposal.__dataclass_fields__}
        done = await prepare(self.desk, "operator:test", Proposal(**{**changed, **fields}), None)
        assert isinstance(done, Done), done
        return done.ballot.id

    async def command(self, ballot: str, command: Command, **fields: Any) -> Ballot:
        return await self.hall.command(ballot, command, **fields)

    def ballot(self, ballot: str) -> Ballot:
        return self.desk.ledger.state.ballots[ballot]
