"""The program without a hall: its file, and three of them with a notice board in between."""

from __future__ import annotations

import secrets
import stat
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from scrutineer.dossier import Dossier, Share, from_text, to_text, with_share
from scrutineer.making import with_certificate, with_polynomial, with_trustees, with_voutput
from scrutineer.plan import (
    Begin,
    Contradiction,
    Finish,
    Lost,
    MakePolynomial,
    MakeVoutput,
    Next,
    Ready,
    Send,
    next_step,
)
from scrutineer.vault import Unreadable, Unsealed, WrongPassphrase, new_key, seal, unseal, write
from server.secrecy.ceremony import trustees_text
from server.vocabulary import CeremonyStep
from server.wire.scrutiny import (
    CeremonyInfo,
)

NAMES = ["ana", "bo", "cy"]
KEY = new_key("four words for tests", 2**4)


@given(st.text())
def test_what_was_sealed_comes_back_with_its_passphrase_alone(text: str) -> None:
    file = seal(text, KEY)
    opened = unseal(file, "four words for tests")
    assert isinstance(opened, Unsealed)
    assert opened.text == text
    assert unseal(file, "four words for test") == WrongPassphrase()


@given(st.integers(min_value=0), st.integers(1, 255))
def test_a_changed_file_is_never_opened_as_another(place: int, change: int) -> None:
    """White space, and bits that base64 does not use, are no change of what it says."""
    file = bytearray(seal("a secret", KEY))
    file[place % len(file)] ^= change
    opened = unseal(bytes(file), "four words for tests")
    assert isinstance(opened, Unreadable | WrongPassphrase) or opened.text == "a secret"


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "ana.json"
    write(path, "first", KEY)
    write(path, "second", KEY)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["ana.json"]
    opened = unseal(path.read_bytes(), "four words for tests")
    assert isinstance(opened, Unsealed)
    assert opened.text == "second"


class Board:
    """What the hall shows: it takes each message once and makes the key of the last."""

    def __init__(self) -> None:
        self.info = CeremonyInfo(
            number=1,
            scrutineers=NAMES,
            reason=None,
            step=CeremonyStep.CERTIFICATE,
            messages={},
            trustees=None,
            public_key=None,
        )

    def take(self, name: str, step: CeremonyStep, text: str) -> None:
        messages = {key: dict(given) for key, given in self.info.messages.items()}
        assert messages.setdefault(step, {}).setdefault(name, text) == text
        self.info = self.info.model_copy(update={"messages": messages})
        if len(messages.get(CeremonyStep.VOUTPUT, {})) == len(NAMES):
            texts = [[messages[each][name] for name in NAMES] for each in CeremonyStep]
            self.info = self.info.model_copy(update={"trustees": trustees_text(*texts)})


def made(step: Next) -> Share | None:
    match step:
        case Begin(ceremony=number, trustee=trustee):
            return with_certificate(number, trustee, secrets.randbelow)
        case MakePolynomial(share=share, certificates=certificates):
            return with_polynomial(share, certificates, secrets.randbelow)
        case MakeVoutput(share=share, polynomials=polynomials):
            return with_voutput(share, polynomials, secrets.randbelow)
        case Finish(share=share, voutputs=voutputs, trustees=trustees):
            return with_trustees(share, voutputs, trustees)
        case _:
            return None


@settings(max_examples=5, deadline=None)
@given(st.data())
def test_three_programs_in_any_order_and_killed_anywhere_make_one_key(data: st.DataObject) -> None:
    board = Board()
    files = {name: to_text(Dossier("hall", name)) for name in NAMES}
    for _ in range(200):
        waiting = [
            name for name in NAMES if made_or_sent(next_step(from_text(files[name]), board.info))
        ]
        if not waiting:
            break
        name = data.draw(st.sampled_from(waiting))
        dossier = from_text(files[name])
        step = next_step(dossier, board.info)
        killed = data.draw(st.sampled_from(["no", "no", "before", "after"]))
        if isinstance(step, Send) and killed != "before":
            board.take(name, step.step, step.share.messages[step.step])
        elif killed != "before":
            share = made(step)
            assert share is not None
            files[name] = to_text(with_share(dossier, share))
    ready = [next_step(from_text(file), board.info) for file in files.values()]
    assert all(isinstance(each, Ready) for each in ready)
    assert board.info.trustees is not None


def made_or_sent(step: Next) -> bool:
    return isinstance(step, Begin | MakePolynomial | MakeVoutput | Finish | Send)


def test_a_hall_that_shows_another_message_is_caught() -> None:
    share = with_certificate(1, 1, secrets.randbelow)
    dossier = with_share(Dossier("hall", "ana"), share)
    board = Board()
    board.take("ana", CeremonyStep.CERTIFICATE, "{}")
    assert next_step(dossier, board.info) == Contradiction(CeremonyStep.CERTIFICATE, "ana")
    assert next_step(Dossier("hall", "ana"), board.info) == Lost(CeremonyStep.CERTIFICATE)
