"""The scrutineer's file: one text, sealed with a passphrase.

Rule: the file is never half written (a new one is synced, then put in the old one's place) and
never readable by others (mode 0600). Its key is made of the passphrase by scrypt (RFC 7914), its
text sealed by AES-256-GCM under a fresh nonce each time, with the settings as associated data.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

FORMAT: Final = "hemicycle-scrutineer"
VERSION: Final = 1
SHORTEST: Final = 12
"""The shortest passphrase that is taken for a new file, in characters."""

COST: Final = 2**16
"""scrypt's N: with r = 8 each guess costs 64 MiB of memory."""

_R: Final = 8
_P: Final = 1
_MOST_COST: Final = 2**20
"""What a foreign file may ask of this machine at most: 1 GiB."""


@dataclass(frozen=True, slots=True)
class WrongPassphrase:
    """The file is whole; the passphrase is not its own."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The file is none of ours, was changed, or cannot be read; `why` is for people, in English."""

    why: str


@dataclass(frozen=True, slots=True)
class Key:
    """A passphrase, stretched for one file."""

    secret: bytes = field(repr=False)
    salt: bytes
    cost: int

    @property
    def check(self) -> bytes:
        """Tells a wrong passphrase from a damaged file; it helps a guesser no more than the seal
        itself does."""
        return hashlib.sha256(b"hemicycle-scrutineer check" + self.secret).digest()[:8]


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A file's text, and the key that seals it again."""

    text: str = field(repr=False)
    key: Key


def new_key(passphrase: str, cost: int = COST) -> Key:
    """A key for a new file."""
    salt = secrets.token_bytes(16)
    return Key(_stretch(passphrase, salt, cost), salt, cost)


def seal(text: str, key: Key) -> bytes:
    """The bytes of a file that holds this text."""
    settings: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "kdf": {"name": "scrypt", "n": key.cost, "r": _R, "p": _P, "salt": _text(key.salt)},
        "check": _text(key.check),
    }
    nonce = secrets.token_bytes(12)
    data = AESGCM(key.secret).encrypt(nonce, text.encode(), _associated(settings))
    file = {**settings, "nonce": _text(nonce), "data": _text(data)}
    return (json.dumps(file, indent=1) + "\n").encode()


def unseal(file: bytes, passphrase: str) -> Unsealed | WrongPassphrase | Unreadable:
    """The text of a file's bytes."""
    try:
        told = json.loads(file)
        nonce, data = _bytes(told.pop("nonce")), _bytes(told.pop("data"))
        kdf, check = told["kdf"], _bytes(told["check"])
        salt, cost = _bytes(kdf["salt"]), kdf["n"]
        ours, version = told["format"] == FORMAT, told["version"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return Unreadable("it is not a scrutineer's file")
    if not ours:
        return Unreadable("it is not a scrutineer's file")
    if version != VERSION:
        return Unreadable(f"it is of version {version}; this program reads {VERSION}")
    sane = type(cost) is int and 2 <= cost <= _MOST_COST and cost & (cost - 1) == 0
    if (kdf.get("name"), kdf.get("r"), kdf.get("p")) != ("scrypt", _R, _P) or not sane:
        return Unreadable("it is sealed in a way that this program does not know")
    key = Key(_stretch(passphrase, salt, cost), salt, cost)
    if not secrets.compare_digest(key.check, check):
        return WrongPassphrase()
    try:
        text = AESGCM(key.secret).decrypt(nonce, data, _associated(told)).decode()
    except (InvalidTag, ValueError):
        return Unreadable("it was changed or damaged after it was written")
    return Unsealed(text, key)


def read(path: Path, passphrase: str) -> Unsealed | WrongPassphrase | Unreadable:
    """The text of a file."""
    try:
        file = path.read_bytes()
    except OSError as error:
        return Unreadable(error.strerror or str(error))
    return unseal(file, passphrase)


def write(path: Path, text: str, key: Key) -> None:
    """Put the text in the file's place, whole or not at all. May raise OSError."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(seal(text, key))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    _sync_directory(path.parent)


def _sync_directory(directory: Path) -> None:
    if os.name == "nt":  # Windows syncs no directories: the replacement itself is what it gives
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _stretch(passphrase: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost, r=_R, p=_P).derive(passphrase.encode())


def _associated(settings: dict[str, Any]) -> bytes:
    return json.dumps(settings, sort_keys=True).encode()


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
