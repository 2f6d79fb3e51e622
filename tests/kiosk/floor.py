"""Frames of the hall, made as short as the tests need them."""

from __future__ import annotations

from server.vocabulary import Choice, Disclosure, Kind, Language, Mode, Phase, RefusalReason
from server.wire.messages import KioskViewFrame, Receipt, Refused, Welcome
from server.wire.views import (
    AgendaItemView,
    CandidateName,
    Delegation,
    KioskBallot,
    KioskView,
    Mine,
    Rule,
    Texts,
)

EPOCH = "0000000001"


def texts(english: str) -> Texts:
    return Texts(
        en=english, fr=f"{english} (fr)", es=f"{english} (es)", ar="مشروع القرار بشأن الميزانية"
    )


def ballot(
    ballot_id: str = "b1",
    phase: Phase = Phase.OPEN,
    *,
    mine: Mine | None = None,
    bar: RefusalReason | None = None,
    revocable: bool = True,
    last_call: bool = False,
    closes_at: int | None = None,
) -> KioskBallot:
    return KioskBallot(
        id=ballot_id,
        phase=phase,
        kind=Kind.MOTION,
        mode=Mode.RECORDED,
        title=texts("Draft resolution on the programme and budget"),
        document="AG/5",
        item="7",
        choices=[Choice.YES, Choice.NO, Choice.ABSTAIN],
        mine=mine,
        may_vote=bar is None,
        bar=bar,
        revocable=revocable,
        disclosure=Disclosure.COUNTS,
        last_call=last_call,
        opened_at=1_000,
        closes_at=closes_at,
        auto_close=False,
        recording=False,
        rule=Rule(words=texts("Simple majority"), needed_if_all_vote=99, quorum_words=None),
        outcome=None,
    )


def election(names: int = 4, *, most: int = 2, **change: object) -> KioskBallot:
    """An election among so many candidates, whose ids are c1, c2 and so on."""
    candidates = [
        CandidateName(id=f"c{n}", name=texts(f"Candidate {n}"), member=None)
        for n in range(1, names + 1)
    ]
    asked = {"kind": Kind.ELECTION, "choices": [], "candidates": candidates, "places": most}
    return ballot().model_copy(update={**asked, "names_per_ballot": most, **change})


def view(
    seq: int,
    floor: KioskBallot | None,
    epoch: str = EPOCH,
    delegation: Delegation | None = None,
) -> KioskViewFrame:
    return KioskViewFrame(
        epoch=epoch,
        seq=seq,
        view=KioskView(
            member="FR",
            name=texts("France"),
            seat="64",
            lang=Language.EN,
            item=AgendaItemView(
                number="7",
                title=texts("Programme and budget"),
                document=None,
                decision=None,
                sitting=1,
            ),
            signals=[],
            ballot=floor,
            delegation=delegation,
        ),
    )


def welcome(epoch: str = EPOCH, server_time: int = 1_000) -> Welcome:
    return Welcome(epoch=epoch, server_time=server_time, hall="hall", version="0")


def receipt(
    press_id: str,
    choice: Choice | list[str],
    n: int,
    *,
    current: bool = True,
    ballot_id: str = "b1",
) -> Receipt:
    return Receipt(
        press_id=press_id,
        ballot=ballot_id,
        choice=choice,
        code=f"C-{n:04}",
        n=n,
        current=current,
        server_time=1_000,
        proof=f"proof-{n}",
    )


def refused(press_id: str, reason: RefusalReason, phase: Phase | None = Phase.OPEN) -> Refused:
    return Refused(press_id=press_id, reason=reason, phase=phase)
