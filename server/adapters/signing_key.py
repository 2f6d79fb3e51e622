"""The hall's signing key, a file in its data directory.

Rule: the key is made once and never replaced by the program: a damaged or readable-by-others file
stops the hall, because a silent new key would make every earlier record look forged.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

FILE_NAME: Final = "signing-key.pem"

_TOO_WIDE: Final = stat.S_IRWXG | stat.S_IRWXO
_LARGEST: Final = 4096
"""An Ed25519 key in PEM has about 120 bytes."""


class SigningKeyUnfit(Exception):
    """The key file cannot be used; the message says what to do about it."""


def signing_key(path: Path, *, may_create: bool) -> Ed25519PrivateKey:
    """The hall's key in this file. One is made if there is none yet and the hall is new.

    Raises `SigningKeyUnfit` if the file is damaged, of another kind or readable by others, and
    `OSError` if the directory cannot be read or written.
    """
    try:
        return _read(path)
    except FileNotFoundError:
        if not may_create:
            raise SigningKeyUnfit(
                f"there is no key at {path}, and the database holds a hall already: copy its "
                f"{FILE_NAME} from the data directory of the server that founded it (or from the "
                "backup) to this place, mode 0600, or name it with --signing-key"
            ) from None
        _create(path)
        return _read(path)


def receipt_key(key: Ed25519PrivateKey) -> bytes:
    """32 bytes for the HMAC that proves a receipt, derived by HKDF-SHA256 (RFC 5869).

    It differs from every other use of the signing key and tells nothing about it.
    """
    derivation = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"hemicycle receipt 1")
    return derivation.derive(key.private_bytes_raw())


def _read(path: Path) -> Ed25519PrivateKey:
    # Opened once, so that what was checked is what is read.
    with path.open("rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if not stat.S_ISREG(mode):
            raise SigningKeyUnfit(f"{path} is not a file")
        if mode & _TOO_WIDE:
            raise SigningKeyUnfit(
                f"{path} can be read by others (mode {stat.S_IMODE(mode):04o}): somebody may have "
                f"copied the key. If nobody has, run: chmod 600 {path}"
            )
        content = file.read(_LARGEST + 1)
    try:
        key = load_pem_private_key(content, password=None)
    except (ValueError, TypeError):
        raise SigningKeyUnfit(
            f"{path} is damaged: it is not an unencrypted private key in PEM. Restore it from the "
            "backup; without it this hall cannot sign as itself"
        ) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningKeyUnfit(f"{path} holds another kind of key; the hall signs with Ed25519")
    return key


def _create(path: Path) -> None:
    """Write a new key so that a crash leaves a whole one or none; the first writer wins."""
    fresh = Ed25519PrivateKey.generate()
    content = fresh.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
        _sync_directory(path.parent)
    finally:
        draft.unlink()


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
