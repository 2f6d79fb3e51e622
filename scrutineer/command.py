"""`hemicycle scrutineer`: sign in, open the file, and go on from wherever file and hall are.

Rule: the program may be stopped at any instant; nothing that it knows is in memory only. It ends
with 0 when it was asked to end at a point and that was reached, with 130 on Ctrl-C, and with 1
where something does not hold or cannot be done: it has said what.
"""

from __future__ import annotations

import secrets
import sys
import time
from collections.abc import Callable
from typing import Final

from scrutineer.ceremony import CeremonyGuide
from scrutineer.dossier import Dossier
from scrutineer.hall import (
    HallSilent,
    Refused,
    SignedIn,
    is_open_to_eavesdroppers,
    sign_in,
)
from scrutineer.options import OTHER_PASSPHRASE, PASSPHRASE, PASSWORD, ScrutineerOptions, Until
from scrutineer.place import Place, Stopped, copy, open_place, stopped, unlock
from scrutineer.sitting import SittingGuide
from scrutineer.talk import NobodyThere, Talk
from server.locales.speech import load_speech
from server.secrecy.ceremony import read_trustees
from server.secrecy.credential import fingerprint_of
from server.vocabulary import Language
from server.wire.scrutiny import (
    SecrecyInfo,
)

LOOK_SECONDS: Final = 1.0
"""How often the hall is looked at while there is nothing to do."""


def scrutineer(options: ScrutineerOptions) -> int:
    """Run the program; returns the exit status."""
    lang = Language(options.lang)
    talk = Talk(load_speech(languages=[lang]), lang, yes=options.yes)
    try:
        return _run(options, talk)
    except Stopped:
        return 1
    except NobodyThere as missing:
        return _misused(str(missing))
    except OSError as error:
        talk.say("scrutineer-not-written", file=str(options.file), why=error.strerror or str(error))
        return 1
    except KeyboardInterrupt:
        talk.line("")
        talk.say("scrutineer-stopped")
        return 130


def _run(options: ScrutineerOptions, talk: Talk) -> int:
    if options.action == "show":
        _show(talk, unlock(talk, options.file, PASSPHRASE))
        return 0
    if options.action in {"export", "import"}:
        if options.other is None:
            return _misused(f"{options.action}: name the copy")
        if options.action == "export":
            copy(talk, unlock(talk, options.file, PASSPHRASE), options.other, OTHER_PASSPHRASE)
        else:
            copy(talk, unlock(talk, options.other, OTHER_PASSPHRASE), options.file, PASSPHRASE)
        return 0
    if not options.user:
        return _misused("--user: give your name in the hall")
    _take_part(options, talk)
    return 0


def _misused(how: str) -> int:
    sys.stderr.write(f"hemicycle scrutineer: {how}\n")
    return 2


def _take_part(options: ScrutineerOptions, talk: Talk) -> None:
    if is_open_to_eavesdroppers(options.hall):
        talk.say("scrutineer-in-clear")
    desk = _Desk(options, talk)
    info = desk.secrecy()
    place = open_place(talk, options.file, info.hall, options.user)
    ceremony = CeremonyGuide(talk, place, secrets.randbelow)
    sitting = SittingGuide(talk, place, secrets.randbelow, options.least)
    while True:
        acted = desk.try_to(lambda hall: ceremony.advance(hall, desk.secrecy().ceremony))
        key_is_ready = ceremony.told is not None
        if options.until is Until.KEY and key_is_ready:
            return
        if place.dossier.shares and not acted:
            acted = desk.try_to(lambda hall: _sit(hall, sitting))
        if options.until is Until.LIST and sitting.signed:
            return
        if options.until is Until.OPENING and (sitting.opened or sitting.seen_open):
            return
        if not acted:
            time.sleep(LOOK_SECONDS)


def _sit(hall: SignedIn, sitting: SittingGuide) -> bool:
    listed = hall.ballots()
    return not isinstance(listed, Refused) and sitting.advance(hall, listed.ballots)


class _Desk:
    """The hall, signed in; a session that ended is begun anew, a silent hall waited for."""

    def __init__(self, options: ScrutineerOptions, talk: Talk) -> None:
        self._options = options
        self._talk = talk
        self._hall: SignedIn | None = None
        self._silent = False

    def secrecy(self) -> SecrecyInfo:
        """What the hall shows; waits until it does. May raise Stopped."""
        while True:
            try:
                hall = self._signed_in()
                found = hall.secrecy()
            except HallSilent as silent:
                self._wait(silent)
                continue
            self._heard()
            if not isinstance(found, Refused):
                return found
            if found.status != 401:
                raise stopped(self._talk, "scrutineer-refused", why=found.detail)
            self._talk.say("scrutineer-session-ended")
            self._hall = None

    def try_to(self, act: Callable[[SignedIn], bool]) -> bool:
        """Do something with the hall; False if it was silent. May raise Stopped."""
        try:
            return act(self._signed_in())
        except HallSilent as silent:
            self._wait(silent)
            return False

    def _signed_in(self) -> SignedIn:
        if self._hall is not None:
            return self._hall
        user = self._options.user
        password = self._talk.secret(PASSWORD, "scrutineer-ask-password", user=user)
        answer = sign_in(self._options.hall, user, password)
        match answer:
            case Refused(status=401):
                raise stopped(self._talk, "scrutineer-sign-in-failed")
            case Refused(status=403):
                raise stopped(self._talk, "scrutineer-wrong-role", user=user)
            case Refused(detail=detail):
                raise stopped(self._talk, "scrutineer-refused", why=detail)
            case SignedIn():
                self._talk.say("scrutineer-signed-in", user=user, hall=self._options.hall)
                self._hall = answer
                return answer

    def _wait(self, silent: HallSilent) -> None:
        if not self._silent:
            self._talk.say("scrutineer-hall-silent", why=str(silent))
            self._silent = True
        time.sleep(LOOK_SECONDS)

    def _heard(self) -> None:
        if self._silent:
            self._talk.say("scrutineer-hall-again")
            self._silent = False


def _show(talk: Talk, place: Place) -> None:
    """What the file holds, without its secrets."""
    dossier: Dossier = place.dossier
    talk.say("scrutineer-show", user=dossier.user, hall=dossier.hall)
    for share in dossier.shares:
        talk.say("scrutineer-show-share", number=share.ceremony, n=share.trustee)
        if share.trustees is None:
            talk.say("scrutineer-show-unfinished")
        else:
            talk.line(f"    {fingerprint_of(read_trustees(share.trustees).public_key)}")
    talk.say("scrutineer-show-ballots", lists=len(dossier.lists), openings=len(dossier.openings))
