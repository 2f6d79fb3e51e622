"""What a scrutineer has to do next in the key ceremony.

Rule: a pure function of the file and of what the hall shows. So the program can be stopped at any
instant and started again: it looks at both, and goes on where they are. Where they contradict each
other it does nothing, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from scrutineer.dossier import Dossier, Share, share_of
from server.vocabulary import CeremonyStep
from server.wire.scrutiny import (
    CeremonyInfo,
)


@dataclass(frozen=True, slots=True)
class NotBegun:
    """The operator has to begin the ceremony."""


@dataclass(frozen=True, slots=True)
class NotNamed:
    """Three others hold the ceremony."""

    scrutineers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Begin:
    """A ceremony that this file has no part in yet: make a seed and a certificate."""

    ceremony: int
    trustee: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class Send:
    """A message that is in the file and not in the hall."""

    share: Share
    step: CeremonyStep


@dataclass(frozen=True, slots=True)
class Wait:
    """Others have to give their messages first."""

    step: CeremonyStep
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MakePolynomial:
    """All certificates are there: compare them, and make the polynomial."""

    share: Share
    certificates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MakeVoutput:
    """All polynomials are there: check our shares, and make the voutput."""

    share: Share
    polynomials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finish:
    """The hall has made the keys: check them, and keep them."""

    share: Share
    voutputs: tuple[str, ...]
    trustees: str


@dataclass(frozen=True, slots=True)
class Ready:
    """The keys are made and in the file."""

    share: Share


@dataclass(frozen=True, slots=True)
class Lost:
    """The hall has our message of a step and this file does not: it is not the file that made it.
    The operator has to begin the ceremony again, with a reason."""

    step: CeremonyStep


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The hall shows something else than what we answered to or sent: somebody cheats."""

    step: CeremonyStep
    scrutineer: str


Next = (
    NotBegun
    | NotNamed
    | Begin
    | Send
    | Wait
    | MakePolynomial
    | MakeVoutput
    | Finish
    | Ready
    | Lost
    | Contradiction
)


def next_step(dossier: Dossier, ceremony: CeremonyInfo | None) -> Next:
    """What comes next for the scrutineer of this file."""
    if ceremony is None:
        return NotBegun()
    if dossier.user not in ceremony.scrutineers:
        return NotNamed(tuple(ceremony.scrutineers))
    share = share_of(dossier, ceremony.number)
    if share is None:
        if _given(ceremony, CeremonyStep.CERTIFICATE, dossier.user) is not None:
            return Lost(CeremonyStep.CERTIFICATE)
        trustee = ceremony.scrutineers.index(dossier.user) + 1
        return Begin(ceremony.number, trustee, ceremony.reason)
    contradiction = _contradiction(dossier, share, ceremony)
    if contradiction is not None:
        return contradiction
    for step in CeremonyStep:
        if step in share.messages and _given(ceremony, step, dossier.user) is None:
            return Send(share, step)
        missing = _missing(ceremony, step)
        if step not in share.messages:
            return _to_make(share, ceremony, step)
        if missing:
            return Wait(step, missing)
    if share.trustees is not None:
        return Ready(share)
    if ceremony.trustees is None:
        return Wait(CeremonyStep.VOUTPUT, ())
    return Finish(share, _texts(ceremony, CeremonyStep.VOUTPUT), ceremony.trustees)


def _to_make(share: Share, ceremony: CeremonyInfo, step: CeremonyStep) -> Next:
    if step is CeremonyStep.POLYNOMIAL:
        return MakePolynomial(share, _texts(ceremony, CeremonyStep.CERTIFICATE))
    return MakeVoutput(share, _texts(ceremony, CeremonyStep.POLYNOMIAL))


def _contradiction(
    dossier: Dossier, share: Share, ceremony: CeremonyInfo
) -> Lost | Contradiction | None:
    for step in CeremonyStep:
        theirs, ours = _given(ceremony, step, dossier.user), share.messages.get(step)
        if theirs is not None and ours is None:
            return Lost(step)
        if theirs is not None and theirs != ours:
            return Contradiction(step, dossier.user)
    answered = (
        (CeremonyStep.CERTIFICATE, share.certificates),
        (CeremonyStep.POLYNOMIAL, share.polynomials),
    )
    for step, texts in answered:
        for name, kept in zip(ceremony.scrutineers if texts else (), texts, strict=True):
            if _given(ceremony, step, name) != kept:
                return Contradiction(step, name)
    if None not in (share.trustees, ceremony.trustees) and share.trustees != ceremony.trustees:
        return Contradiction(CeremonyStep.VOUTPUT, "")
    return None


def _given(ceremony: CeremonyInfo, step: CeremonyStep, scrutineer: str) -> str | None:
    return ceremony.messages.get(step, {}).get(scrutineer)


def _missing(ceremony: CeremonyInfo, step: CeremonyStep) -> tuple[str, ...]:
    given = ceremony.messages.get(step, {})
    return tuple(name for name in ceremony.scrutineers if name not in given)


def _texts(ceremony: CeremonyInfo, step: CeremonyStep) -> tuple[str, ...]:
    given = ceremony.messages[step]
    return tuple(given[name] for name in ceremony.scrutineers)
