"""The hall's key: made once, private, never silently replaced."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from server.adapters.signing_key import FILE_NAME, SigningKeyUnfit, receipt_key, signing_key


def key_in(directory: Path) -> Ed25519PrivateKey:
    return signing_key(directory / FILE_NAME, may_create=True)


def test_a_hall_that_is_there_gets_no_new_key(tmp_path: Path) -> None:
    with pytest.raises(SigningKeyUnfit, match=r"copy its signing-key\.pem.*--signing-key"):
        signing_key(tmp_path / FILE_NAME, may_create=False)
    assert list(tmp_path.iterdir()) == []
    key = key_in(tmp_path)
    again = signing_key(tmp_path / FILE_NAME, may_create=False)
    assert again.private_bytes_raw() == key.private_bytes_raw()


def test_the_key_is_made_once_and_private(tmp_path: Path) -> None:
    first = key_in(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert key_in(tmp_path).private_bytes_raw() == first.private_bytes_raw()
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_makers_at_once_agree_on_one_key(tmp_path: Path) -> None:
    key_in(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        keys = list(pool.map(lambda _: key_in(tmp_path).private_bytes_raw(), range(8)))
    assert len(set(keys)) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    key_in(tmp_path)
    (tmp_path / FILE_NAME).chmod(mode)
    with pytest.raises(SigningKeyUnfit, match="chmod 600"):
        key_in(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\xff" * 5000, b"-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_a_damaged_key_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(SigningKeyUnfit, match="damaged"):
        key_in(tmp_path)
    assert path.read_bytes() == content


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    other = generate_private_key(SECP256R1())
    path.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    path.chmod(0o600)
    with pytest.raises(SigningKeyUnfit, match="Ed25519"):
        key_in(tmp_path)


def test_the_receipt_key_is_the_keys_own_and_not_the_key(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = key_in(tmp_path / "a"), key_in(tmp_path / "b")
    assert receipt_key(one) == receipt_key(key_in(tmp_path / "a"))
    assert len(receipt_key(one)) == 32
    assert receipt_key(one) not in (receipt_key(other), one.private_bytes_raw())
