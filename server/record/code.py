"""The code of a vote: what a delegate reads off the seat and finds again in the record.

Rule: the code is made of everything that the vote says, in an encoding that has one reading
(RFC 8785). It proves nothing by itself, for anybody can compute it from the record: that is the
point. It has 40 bits, enough to tell the votes of one ballot apart at a glance. A non-recorded
ballot has none: nothing of its votes is found again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from server.record.canonical import canonical_list

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, which people misread."""

_PAIRS: Final = tuple(first + second for first in _ALPHABET for second in _ALPHABET)
"""What ten bits read, by their number."""

_DOMAIN: Final = "hemicycle vote code 1"


def vote_code(ballot: str, member: str, press_id: str, choice: str | Sequence[str], n: int) -> str:
    """The code of a vote, as `XXXX-XXXX`. `n` is the number that the press was accepted as."""
    said = choice if isinstance(choice, str) else list(choice)
    digest = hashlib.sha256(canonical_list([_DOMAIN, ballot, member, press_id, said, n])).digest()
    bits = int.from_bytes(digest[:5])
    one, two = _PAIRS[bits >> 30], _PAIRS[(bits >> 20) & 1023]
    three, four = _PAIRS[(bits >> 10) & 1023], _PAIRS[bits & 1023]
    return f"{one}{two}-{three}{four}"
