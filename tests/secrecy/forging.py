"""A ballot that its voter signed, and that does not prove that it is one."""

from __future__ import annotations

import json

from server.secrecy.credential import Credential
from server.secrecy.group import Q, Random
from server.secrecy.notation import compact, short_hash_of
from server.secrecy.schnorr import prove_knowledge


def unproved(credential: Credential, text: str, random: Random) -> str:
    """The ballot with one proof spoilt, signed anew: it is admitted, and its proofs do not hold."""
    body = json.loads(text)
    del body["signature"]
    proof = body["answers"][0]["individual_proofs"][0][0]
    proof["response"] = str((int(proof["response"]) + 1) % int(Q))
    hashed = short_hash_of(compact(body))
    signature = prove_knowledge(credential.secret, f"sig|{hashed}", random).as_json()
    return compact({**body, "signature": {"hash": hashed, "proof": signature}})
