"""What the hall is at one instant, for whoever makes views of it.

Rule: a snapshot joins the journal's state and the box's; it holds everything, so it never leaves
this process except through `projection`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from server.assembly.texts import Texts
from server.ballots.life import Ballot
from server.hall.refusals import RefusalRow
from server.hall.state import HallState
from server.live.proved_votes import ProvedVotes
from server.ports import BoxState, HeldVote
from server.vocabulary import Language, Scene, Signal


@dataclass(frozen=True, slots=True)
class OnAir:
    """What the operator chose for the hall display. `auto` follows the ballot."""

    scene: Scene = Scene.AUTO
    message: Texts | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The hall now. `box` and `votes` are those of the ballot in focus, if its box exists.

    `online` are the seats with a connection (by seat id), with the language each chose; `signals`
    what seats ask for; `refused` who was refused how often, and why, in the ballot in focus;
    `proving` how many of its sealed ballots wait for their proof, `proved` whose and who has one;
    `clock_jumped` whether the clock of the votes' store did so a short while ago.
    """

    revision: int
    state: HallState
    box: BoxState | None
    votes: Mapping[str, HeldVote]
    present: frozenset[str]
    online: Mapping[str, Language]
    signals: Mapping[str, frozenset[Signal]]
    refused: tuple[RefusalRow, ...]
    on_air: OnAir
    store: str
    proving: int = 0
    proved: ProvedVotes = field(default_factory=ProvedVotes)
    clock_jumped: bool = False

    @property
    def ballot(self) -> Ballot | None:
        """The ballot that the hall looks at."""
        return None if self.state.focus is None else self.state.ballots[self.state.focus]
