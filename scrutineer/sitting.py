"""The secret ballots of a sitting: lists to sign, tallies to open.

Rule: whoever says no is not asked again in this run. Our signature and our decryption are in the
file before they are sent; what was sent before is sent again, never made anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import assert_never

from scrutineer.accreditation import Listed, Objection, SignedBefore, look_at, signature_on
from scrutineer.dossier import share_in, with_list, with_opening
from scrutineer.hall import Refused, SignedIn
from scrutineer.opening import Openable, OpenedBefore, TooFew, check, decryption_of
from scrutineer.place import Place, stopped
from scrutineer.talk import Talk
from server.secrecy.credential import fingerprint_of
from server.secrecy.group import Random
from server.vocabulary import Mode, Phase
from server.wire.console_views import (
    BallotSummary,
)
from server.wire.scrutiny import (
    SecretResponse,
)

TO_SIGN = frozenset({Phase.ANNOUNCED, Phase.OPEN, Phase.SUSPENDED})
"""The phases in which a signature on the list is taken."""


@dataclass(slots=True)
class SittingGuide:
    """Leads through the secret ballots. `signed` and `opened` count what was given in this run;
    `seen_open` what others have opened while we looked on."""

    talk: Talk
    place: Place
    random: Random
    least: int
    signed: int = 0
    opened: int = 0
    seen_open: int = 0
    _declined: set[tuple[str, str]] = field(default_factory=set)
    _closed: set[str] = field(default_factory=set)

    def advance(self, hall: SignedIn, ballots: list[BallotSummary]) -> bool:
        """Do what there is to do for these ballots; whether something was done.

        May raise Stopped, HallSilent.
        """
        done = False
        for ballot in ballots:
            if ballot.mode is not Mode.SECRET or ballot.phase not in TO_SIGN | {Phase.CLOSED}:
                if ballot.id in self._closed:
                    self._closed.discard(ballot.id)
                    self.seen_open += ballot.phase not in {Phase.CANCELLED, Phase.VOID}
                continue
            secret = hall.secret(ballot.id)
            if isinstance(secret, Refused) or self.place.dossier.user not in secret.scrutineers:
                continue
            if ballot.phase is Phase.CLOSED:
                done |= self._close(hall, ballot, secret)
            elif self.place.dossier.user not in secret.signed:
                done |= self._sign(hall, ballot, secret)
            else:
                self._wait_for_list(secret)
        return done

    # --- before the ballot: who may vote

    def _sign(self, hall: SignedIn, ballot: BallotSummary, secret: SecretResponse) -> bool:
        if (ballot.id, "list") in self._declined:
            return False
        found = look_at(self.place.dossier, secret)
        match found:
            case Objection(message=message, why=why):
                self.talk.say("scrutineer-list", title=self._title(ballot))
                raise stopped(self.talk, message, why=why)
            case SignedBefore(signed=signed):
                return self._send(hall.sign, ballot, signed.signature, "scrutineer-signed")
            case Listed():
                if not self._agreed_to(ballot, found):
                    self._declined.add((ballot.id, "list"))
                    self.talk.say("scrutineer-not-signed")
                    return False
                signed = signature_on(ballot.id, found, self.random)
                self.place.keep(with_list(self.place.dossier, signed))
                sent = self._send(hall.sign, ballot, signed.signature, "scrutineer-signed")
                self.signed += sent
                return sent
            case _:
                assert_never(found)

    def _agreed_to(self, ballot: BallotSummary, listed: Listed) -> bool:
        talk = self.talk
        talk.say("scrutineer-list", title=self._title(ballot))
        talk.say("scrutineer-list-count", n=len(listed.members), fingerprint=listed.fingerprint)
        differences = (
            ("scrutineer-list-added", listed.added),
            ("scrutineer-list-removed", listed.removed),
            ("scrutineer-list-changed", listed.changed),
        )
        if not listed.before:
            talk.say("scrutineer-list-first")
            talk.line("    " + talk.names(sorted(listed.members)))
        elif not any(members for _, members in differences):
            talk.say("scrutineer-list-same")
        else:
            for message, members in differences:
                if members:
                    talk.say(message, n=len(members), members=talk.names(members))
        return talk.agree("scrutineer-ask-sign")

    def _wait_for_list(self, secret: SecretResponse) -> None:
        if len(secret.signed) < secret.needed:
            missing = [name for name in secret.scrutineers if name not in secret.signed]
            self.talk.waiting("scrutineer-list-waiting", names=self.talk.names(missing))
        else:
            self.talk.waiting("scrutineer-ballot-waiting")

    # --- after the ballot: the count

    def _close(self, hall: SignedIn, ballot: BallotSummary, secret: SecretResponse) -> bool:
        if secret.is_open:
            if ballot.id in self._closed:
                self._closed.discard(ballot.id)
                self.seen_open += 1
                self.talk.say("scrutineer-is-open", names=self.talk.names(secret.opened))
            return False
        self._closed.add(ballot.id)
        if self.place.dossier.user in secret.opened:
            missing = [name for name in secret.scrutineers if name not in secret.opened]
            self.talk.waiting("scrutineer-opening-waiting", names=self.talk.names(missing))
            return False
        if (ballot.id, "opening") in self._declined:
            return False
        if share_in(self.place.dossier, secret.trustees) is None:
            self._declined.add((ballot.id, "opening"))
            self.talk.say("scrutineer-other-key")
            return False
        return self._open(hall, ballot, secret)

    def _open(self, hall: SignedIn, ballot: BallotSummary, secret: SecretResponse) -> bool:
        self.talk.say("scrutineer-archive", title=self._title(ballot))
        raw = hall.archive(ballot.id)
        if isinstance(raw, Refused):
            self.talk.waiting("scrutineer-refused", why=raw.detail)
            return False
        signatures = {
            secret.scrutineers.index(name) + 1: signature
            for name, signature in secret.signatures.items()
            if name in secret.scrutineers
        }
        found = check(
            self.place.dossier, raw, secret.fingerprint, self.least, signatures, self._progress
        )
        match found:
            case Objection(message=message, why=why):
                raise stopped(self.talk, message, why=why)
            case TooFew(ballots=ballots, least=least):
                self._declined.add((ballot.id, "opening"))
                self.talk.say("scrutineer-too-few", n=ballots, least=least)
                return False
            case OpenedBefore(opening=opening):
                return self._send(hall.decrypt, ballot, opening.text, "scrutineer-opened")
            case Openable():
                if not self._agreed_to_open(found):
                    self._declined.add((ballot.id, "opening"))
                    self.talk.say("scrutineer-not-opened")
                    return False
                opening = decryption_of(ballot.id, found, self.random)
                self.place.keep(with_opening(self.place.dossier, opening))
                sent = self._send(hall.decrypt, ballot, opening.text, "scrutineer-opened")
                self.opened += sent
                return sent
            case _:
                assert_never(found)

    def _agreed_to_open(self, openable: Openable) -> bool:
        contents = openable.archive.contents
        self.talk.say(
            "scrutineer-archive-sound",
            n=openable.archive.tally.ballots,
            events=len(contents.ballots),
        )
        if not openable.signed_by_us:
            fingerprint = fingerprint_of(contents.credentials)
            self.talk.say("scrutineer-list-unsigned", fingerprint=fingerprint)
        return self.talk.agree("scrutineer-ask-open")

    def _progress(self, done: int, total: int) -> None:
        if done % 100 == 0 or done == total:
            self.talk.say("scrutineer-archive-checked", n=done, total=total)

    def _send(
        self,
        give: Callable[[str, str], bytes | Refused],
        ballot: BallotSummary,
        text: str,
        message: str,
    ) -> bool:
        match give(ballot.id, text):
            case Refused(code="not_allowed_now" | "unauthorised", detail=detail):
                # It was closed, opened or cancelled meanwhile: the hall is looked at anew.
                self.talk.waiting("scrutineer-refused", why=detail)
                return False
            case Refused(detail=detail):
                raise stopped(self.talk, "scrutineer-refused", why=detail)
            case _:
                self.talk.say(message)
                return True

    def _title(self, ballot: BallotSummary) -> str:
        return str(getattr(ballot.title, self.talk.lang.value))
