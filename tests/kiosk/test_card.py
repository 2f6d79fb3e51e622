"""The delegation's card: the same in Python and in the tablet, and of use with its PIN only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk_client.card import NoCard, Unwrapped, WrongPin, unwrap
from kiosk_client.sealing import SeatKey
from server.cli.main import main
from server.secrecy.credential import accreditation_holds, credential_of

BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

VECTOR = json.loads((Path(__file__).parent / "card.json").read_text("utf-8"))
"""Made by the tablet: `tests/kiosk_client/card.test.ts` makes the same card."""


def test_the_card_of_the_vector() -> None:
    credential = credential_of(int(VECTOR["secret"]))
    found = unwrap(VECTOR["card"], VECTOR["pin"])
    assert isinstance(found, Unwrapped)
    assert found.credential == credential
    assert found.belongs_to(VECTOR["hall"], VECTOR["member"])
    assert not found.belongs_to(VECTOR["hall"], "AL")
    assert not found.belongs_to("another hall", VECTOR["member"])
    assert VECTOR["secret"] not in repr(found)


def test_it_is_read_as_people_type_it() -> None:
    card = VECTOR["card"].lower()
    spaced = "-".join(card[at : at + 5] for at in range(0, len(card), 5))
    assert isinstance(unwrap(f" {spaced}\n", "1234 5678 9012"), Unwrapped)
    assert isinstance(unwrap(card, "١٢٣٤ ٥٦٧٨ ٩٠١٢"), Unwrapped)
    assert isinstance(unwrap(f"é٣{card[:7]}ß·{card[7:]}", VECTOR["pin"]), Unwrapped)


@pytest.mark.parametrize("pin", ["1234 5678 9013", "12345678901", "1234567890123", ""])
def test_another_pin_does_not_open_it(pin: str) -> None:
    assert unwrap(VECTOR["card"], pin) == WrongPin()


def test_a_text_that_was_not_read_whole_is_no_card() -> None:
    card = VECTOR["card"]
    swapped = card[:9] + card[10] + card[9] + card[11:]
    for text in ("", "hello", card[:-1], card + "A", swapped, f"1{card[1:]}", "A" * len(card)):
        assert unwrap(text, VECTOR["pin"]) == NoCard(), text


def test_a_card_has_one_spelling() -> None:
    card = VECTOR["card"]
    # The last letter holds one bit more than the card has bytes for.
    place = BASE32.index(card[-1])
    assert place % 2 == 0
    assert unwrap(card[:-1] + BASE32[place + 1], VECTOR["pin"]) == NoCard()


def test_a_seat_unit_takes_the_key_of_its_own_card_only() -> None:
    found = unwrap(VECTOR["card"], VECTOR["pin"])
    assert isinstance(found, Unwrapped)
    own = SeatKey(found).registration(VECTOR["hall"], VECTOR["member"])
    assert own.public == found.credential.public
    assert accreditation_holds(own.public, own.proof, VECTOR["hall"], VECTOR["member"])
    other = SeatKey(found).registration(VECTOR["hall"], "AL")
    assert other.public != found.credential.public


@pytest.mark.parametrize(
    ("text", "pin", "said"),
    [
        (None, "1", "give the file with the card's text"),
        ("hello", "123456789012", "not the whole text of a card"),
        (VECTOR["card"], "000000000000", "the PIN is wrong"),
    ],
)
def test_the_terminal_names_what_is_wrong_with_a_card(
    text: str | None,
    pin: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "card.txt"
    if text is not None:
        file.write_text(text)
    monkeypatch.setenv("HEMICYCLE_CARD_PIN", pin)
    asked = ["seat", "--url", "ws://127.0.0.1:9", "--token", "t", "--card", str(file)]
    assert main(asked) == 2
    assert said in capsys.readouterr().err
