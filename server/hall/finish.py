"""Finish what is half done: the crash windows, one by one.

Rule (invariants 7 to 9): the journal and the box are compared, and the one that is behind is
brought up. What cannot be brought up safely puts the ballot in doubt; voting never goes on
silently. `finish` is idempotent; it runs at start-up, before each command, after each outage and
every second.

| | journal says | box is | so | then |
|---|---|---|---|---|
| W1 | open, first step | missing, same store | died between entry and box | open the box |
| W2 | open, interrupted | missing, another store | the store was lost | in doubt |
| W3 | open, interrupted | behind what was receipted | restored, cut short | in doubt |
| W4 | open, interrupted | below the step's fence | died between entry and box | apply the step |
| W5 | open, interrupted | closed | died between latch and entry | journal the close |
| W6 | any but draft, prepared | cancelled | died between latch and entry | journal it |
| W7 | in doubt | not suspended | died between entry and box | suspend the box |
| W8 | an approved close, cancel or rerun | not latched | died after the approval | carry it out |
| W9 | a sealed ballot refused | holding it | died between entry and box | disown it |
| W10 | non-recorded, over | there, or on disk | died before it was erased | erase it: `erasing` |
| W11 | non-recorded, erased | with votes again | the store is an older copy | erase it again |
| W12 | open, secret | holding what has no verdict | new here, or another's | prove: `unproved` |

A ballot that tellers count or that is called by name has no box, and nothing of it can be half
done: each of its steps is one append. The match below leaves it alone.
"""

from __future__ import annotations

import logging
from typing import assert_never

from server.assembly.roll import RightToVote, Roll
from server.ballots.life import Ballot, Closed, InDoubt, Open, Step, Suspended
from server.ballots.question import Question
from server.hall.closing import finish_approved, finish_cancel, finish_close
from server.hall.desk import Desk
from server.hall.doubt import ACTOR, doubt, marks, shortfall, take_no_presses, was_seen
from server.hall.heads import compare_heads
from server.hall.ledger import Plan, Refused
from server.hall.proving import disown_refused
from server.hall.state import RECOVERED, HallState
from server.ports import BoxOpening, BoxPhase, BoxState, NoBox, Right
from server.record.election import is_election
from server.vocabulary import Command, Mode

log = logging.getLogger("hemicycle.finish")

REVISION_MARGIN = 1_000_000
"""How far a new store's revision starts above the highest that was noted (once a second)."""


async def finish(desk: Desk) -> None:
    """Compare journal and box, and finish or doubt. May raise StoreUnavailable. Holds no lock:
    the caller has the desk's turn."""
    await desk.ledger.catch_up()
    state = await compare_heads(desk)
    state = await recognise_store(desk, state)
    for ballot in tuple(state.ballots.values()):
        match ballot.state:
            case Open(step=step) | Suspended(step=step):
                await _finish_live(desk, state, ballot, step)
            case InDoubt(step=step):
                await _finish_doubted(desk, ballot, step)
            case Closed():
                box = await desk.box.state(ballot.id)
                if isinstance(box, BoxState) and box.phase is BoxPhase.CANCELLED:
                    await finish_cancel(desk, ballot)
            case _:
                pass
    live = Open | Suspended | InDoubt
    desk.verdicts.keep(
        [each.id for each in desk.ledger.state.ballots.values() if isinstance(each.state, live)]
    )
    for ballot in tuple(desk.ledger.state.ballots.values()):
        if ballot.pending is not None and ballot.pending.approved_by is not None:
            await finish_approved(desk, ballot)


async def recognise_store(desk: Desk, state: HallState) -> HallState:
    """Begin a new epoch if the box's store is another, or an older copy, than the journal knows."""
    incarnation, fresh = await desk.box.hall_incarnation(desk.ids.incarnation())
    highest = await desk.ledger.journal.highest_revision()
    revision = await desk.box.raise_revision(0)
    if state.incarnation == incarnation and revision >= highest:
        return state
    if state.incarnation is None:
        reason = "first start"
    elif fresh or state.incarnation != incarnation:
        reason = "the store of the open ballots is new"
    else:
        reason = "the store of the open ballots is an older copy"
    seen = state.epoch

    def decide(now: HallState) -> Plan | Refused[None]:
        if now.epoch != seen and now.incarnation == incarnation:
            return Refused(None, now)  # another server noticed it too
        payload = {"epoch": now.epoch + 1, "incarnation": incarnation, "reason": reason}
        return Plan((desk.event(RECOVERED, None, ACTOR, dict(payload)),))

    outcome = await desk.ledger.record(decide)
    # Last: until the entry is written, the low revision is what shows that the store is another.
    await desk.box.raise_revision(highest + REVISION_MARGIN)
    log.warning("new epoch %s: %s", outcome.state.epoch, reason)
    return outcome.state


async def _finish_live(desk: Desk, state: HallState, ballot: Ballot, step: Step) -> None:
    known = await marks(desk, ballot.id)  # before the box: see there
    box, has_moved = await desk.time.look(desk.box, desk.clock, ballot.id)
    if has_moved:
        log.warning("the closing time of ballot %s moved with the box's clock", ballot.id)
        await desk.box.bump()
    if isinstance(box, NoBox):
        was_never_made = state.recovered < step.fence and not was_seen(known, step)
        if was_never_made and step.command in (Command.OPEN, Command.RESUME):
            # After a doubt, RESUME means: the operator accepted that the box was lost.
            await desk.box.open(opening(desk, ballot, step))
            await desk.time.look(desk.box, desk.clock, ballot.id)
            await desk.box.bump()
        else:
            await doubt(desk, ballot, "the ballot box is missing")
        return
    lacks = shortfall(box, known, step)
    if lacks is not None:
        await doubt(desk, ballot, lacks)
        return
    match box.phase:
        case BoxPhase.CLOSED:
            await finish_close(desk, ballot, box)
        case BoxPhase.CANCELLED:
            await finish_cancel(desk, ballot)
        case BoxPhase.OPEN | BoxPhase.SUSPENDED:
            if box.fence < step.fence:
                await _apply(desk, ballot, step)
            await disown_refused(desk, ballot)
        case _:
            assert_never(box.phase)


async def _finish_doubted(desk: Desk, ballot: Ballot, step: Step) -> None:
    box = await desk.box.state(ballot.id)
    if isinstance(box, NoBox):
        return
    if box.phase is BoxPhase.CANCELLED:
        await finish_cancel(desk, ballot)
    else:
        await take_no_presses(desk, ballot.id, step)


async def _apply(desk: Desk, ballot: Ballot, step: Step) -> None:
    match step.command:
        case Command.SUSPEND:
            await desk.box.suspend(ballot.id, step.fence)
        case Command.RESUME:
            await desk.box.resume(ballot.id, step.fence, step.incarnation)
        case Command.EXTEND:
            await desk.box.extend(ballot.id, step.fence, step.seconds or 0)
        case Command.LAST_CALL:
            await desk.box.last_call(ballot.id, step.fence)
        case Command.OPEN:
            # An older box of a ballot in doubt: opened anew, empty, under a new incarnation.
            await desk.box.open(opening(desk, ballot, step))
        case _:
            raise AssertionError(f"{step.command} is no step of a box")
    await desk.time.look(desk.box, desk.clock, ballot.id)
    await desk.box.bump()


def opening(desk: Desk, ballot: Ballot, step: Step) -> BoxOpening:
    """What the ballot's box is opened with. The mask of a non-recorded one is not kept here."""
    assert isinstance(ballot.state, Open | Suspended | InDoubt)  # noqa: S101  # only these have a box
    question = ballot.question
    return BoxOpening(
        ballot=ballot.id,
        fence=step.fence,
        incarnation=step.incarnation,
        roll=rights(ballot.state.roll),
        choices=None if takes_any(question) else question.choices,
        revocable=question.revocable,
        disclosure=question.disclosure,
        seconds=step.seconds,
        auto_close=question.auto_close,
        mask=desk.ids.nonce().hex() if question.mode is Mode.NON_RECORDED else "",
    )


def takes_any(question: Question) -> bool:
    """Whether the hall itself validates what the box is given: papers, and sealed ballots."""
    return is_election(question) or question.mode is Mode.SECRET


def rights(roll: Roll) -> dict[str, Right]:
    """The roll as the box needs it."""
    return {
        entry.member: (Right.ENTITLED if entry.status is RightToVote.ENTITLED else Right.SUSPENDED)
        for entry in roll.entries
    }
