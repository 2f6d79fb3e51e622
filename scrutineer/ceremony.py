"""The key ceremony on the scrutineer's side: one step at a time, each kept before it is sent.

Rule: what to do is `plan`'s, how it is made is `making`'s; here it is said, kept and sent. Whatever
does not hold stops the program with the name of whoever sent it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from scrutineer.dossier import Share, with_share
from scrutineer.hall import Refused, SignedIn
from scrutineer.making import (
    OtherTrustees,
    certificate_fingerprints,
    with_certificate,
    with_polynomial,
    with_trustees,
    with_voutput,
)
from scrutineer.place import Place, stopped
from scrutineer.plan import (
    Begin,
    Contradiction,
    Finish,
    Lost,
    MakePolynomial,
    MakeVoutput,
    NotBegun,
    NotNamed,
    Ready,
    Send,
    Wait,
    next_step,
)
from scrutineer.talk import Talk
from server.secrecy.ceremony import TrusteeFault, read_trustees
from server.secrecy.credential import fingerprint_of
from server.secrecy.group import Random
from server.secrecy.notation import Malformed
from server.vocabulary import CeremonyStep
from server.wire.scrutiny import (
    CeremonyInfo,
)


@dataclass(slots=True)
class CeremonyGuide:
    """Leads through the ceremony. `told` is the ceremony whose key was said to be ready."""

    talk: Talk
    place: Place
    random: Random
    told: int | None = None

    def advance(self, hall: SignedIn, ceremony: CeremonyInfo | None) -> bool:
        """Do what comes next, if anything does; whether something was done.

        May raise Stopped, HallSilent.
        """
        step = next_step(self.place.dossier, ceremony)
        match step:
            case NotBegun():
                self.talk.waiting("scrutineer-not-begun")
            case NotNamed(scrutineers=names):
                self.talk.waiting("scrutineer-not-named", names=self.talk.names(names))
            case Wait(step=which, names=names):
                self._wait(which, names)
            case Ready(share=share):
                self._ready(share)
            case Lost(step=which):
                raise stopped(self.talk, "scrutineer-lost", what=self._what(which))
            case Contradiction(step=which, scrutineer=name):
                raise stopped(
                    self.talk, "scrutineer-contradiction", what=self._what(which), name=name
                )
            case Send(share=share, step=which):
                self._send(hall, share, which)
                return True
            case Begin() | MakePolynomial() | MakeVoutput() | Finish():
                assert ceremony is not None, "it has steps"  # noqa: S101  # NotBegun otherwise
                self._make(step, ceremony)
                return True
            case _:
                assert_never(step)
        return False

    def _make(
        self, step: Begin | MakePolynomial | MakeVoutput | Finish, ceremony: CeremonyInfo
    ) -> None:
        names = ceremony.scrutineers
        try:
            share = self._made(step, names)
        except TrusteeFault as fault:
            raise stopped(
                self.talk, "scrutineer-wrong", name=names[fault.index - 1], why=fault.what
            ) from fault
        except Malformed as fault:
            raise stopped(self.talk, "scrutineer-wrong-messages", why=str(fault)) from fault
        except OtherTrustees:
            what = self._what(CeremonyStep.VOUTPUT)
            raise stopped(self.talk, "scrutineer-contradiction", what=what, name="") from None
        self.place.keep(with_share(self.place.dossier, share))

    def _made(self, step: Begin | MakePolynomial | MakeVoutput | Finish, names: list[str]) -> Share:
        match step:
            case Begin(ceremony=number, trustee=trustee, reason=reason):
                self.talk.say("scrutineer-ceremony", names=self.talk.names(names), n=trustee)
                if reason:
                    self.talk.say("scrutineer-ceremony-again", reason=reason)
                self.talk.say("scrutineer-making-certificate")
                return with_certificate(number, trustee, self.random)
            case MakePolynomial(share=share, certificates=certificates):
                self._compare(certificates, names)
                self.talk.say("scrutineer-making-polynomial")
                return with_polynomial(share, certificates, self.random)
            case MakeVoutput(share=share, polynomials=polynomials):
                self.talk.say("scrutineer-making-voutput")
                return with_voutput(share, polynomials, self.random)
            case Finish(share=share, voutputs=voutputs, trustees=trustees):
                return with_trustees(share, voutputs, trustees)
            case _:
                assert_never(step)

    def _compare(self, certificates: tuple[str, ...], names: list[str]) -> None:
        """Whether the three hold the same certificates is what the hall cannot be asked."""
        self.talk.say("scrutineer-compare")
        for name, code in zip(names, certificate_fingerprints(certificates), strict=True):
            self.talk.line(f"    {code}   {name}")
        if not self.talk.agree("scrutineer-ask-same"):
            raise stopped(self.talk, "scrutineer-not-same")

    def _send(self, hall: SignedIn, share: Share, step: CeremonyStep) -> None:
        answer = hall.give(share.ceremony, step, share.messages[step])
        match answer:
            case Refused(code="no_such_ceremony"):
                self.talk.say("scrutineer-begun-anew")
            case Refused(detail=detail):
                raise stopped(self.talk, "scrutineer-refused", why=detail)
            case _:
                self.talk.say("scrutineer-taken", what=self._what(step))

    def _wait(self, step: CeremonyStep, names: tuple[str, ...]) -> None:
        who = self.talk.names(names)
        self.talk.waiting("scrutineer-waiting", what=self._what(step), names=who, n=len(names))

    def _ready(self, share: Share) -> None:
        if self.told == share.ceremony:
            return
        self.told = share.ceremony
        assert share.trustees is not None, "a finished share has them"  # noqa: S101  # see Ready
        self.talk.say("scrutineer-key-ready", n=share.trustee)
        self.talk.line(f"    {fingerprint_of(read_trustees(share.trustees).public_key)}")
        self.talk.say("scrutineer-keep-copy", file=str(self.place.path))

    def _what(self, step: CeremonyStep) -> str:
        return self.talk.words(f"scrutineer-step-{step.value}")
