"""`hemicycle bench secret`: what the arithmetic of secret ballots costs, step by step.

No hall is opened: sealing, admission, proofs and the opening are pure functions, and this times
them. Every cost stands beside the bare modular exponentiations that the step needs if it is done
as the specification writes it, timed in the same run on the same core; a ratio below 1 is what
tables and shared squarings save. The tally is made of as many ballots as there are seats: those
of a sample, again and again, each under a credential of its own (whose proofs nobody asks for
here). The time from the close to the result is that of one server and one scrutineer's machine,
without the people.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from gmpy2 import mpz

from server.adapters.proof_pool import ProofPool
from server.cli.bench.failure import BenchFailed
from server.cli.bench.figures import Figure, Figures, Target, medians, quantile, ratios
from server.cli.bench.outcome import Outcome
from server.cli.bench.stage import Plan, Tell
from server.secrecy.admission import Admitted, admit, proofs_hold
from server.secrecy.ceremony import (
    Trustees,
    combine,
    deal,
    decryption_key,
    read_trustees,
    trustees_text,
)
from server.secrecy.credential import Credential, new_credential
from server.secrecy.decryption import partial_decryption, read_decryption
from server.secrecy.election import (
    SecretElection,
    SecretQuestion,
    election_text,
    new_uuid,
    read_election,
)
from server.secrecy.group import G, P, Q, fixed_base, generator, power
from server.secrecy.sealing import marks_of, seal
from server.secrecy.tally import EncryptedTally, encrypted_tally, open_tally
from server.secrecy.trustee import Place, certificate, keys_of, new_seed

T = TypeVar("T")

TITLE: Final = "secret"

MOTION: Final = "motion"
ELECTION: Final = "election"

QUESTIONS: Final = {
    MOTION: SecretQuestion("Adopted?", ("Yes", "No", "Abstain"), blank=False, min=1, max=1),
    ELECTION: SecretQuestion(
        "Who?", tuple(f"Candidate {at}" for at in range(1, 13)), blank=True, min=1, max=4
    ),
}
_LABELS: Final = {MOTION: "3 answers", ELECTION: "12 candidates"}

SAMPLE: Final = 40
"""Ballots that are sealed and proved in a run."""

BARE_POWERS: Final = 100
SCRUTINEERS: Final = 3
NEEDED: Final = 2


def _rows() -> tuple[Figure, ...]:
    rows = [Figure("bare_power_us", "bare modular exponentiation", "µs")]
    for name, label in _LABELS.items():
        rows += [
            Figure(f"{name}.ballot_bytes", f"{label}: size of a ballot", "bytes"),
            Figure(f"{name}.seal_ms", f"{label}: a seat seals a ballot", "ms"),
            Figure(f"{name}.seal_ratio", f"{label}: sealing ÷ bare", ""),
            Figure(f"{name}.admitted_per_s", f"{label}: admitted a second and core", "1/s"),
            Figure(f"{name}.admit_ratio", f"{label}: admission ÷ bare", ""),
            Figure(f"{name}.proof_ms", f"{label}: the proofs of a ballot", "ms"),
            Figure(f"{name}.proved_per_s", f"{label}: proved a second and core", "1/s"),
            Figure(f"{name}.proof_ratio", f"{label}: proofs ÷ bare", ""),
            Figure(f"{name}.pool_per_s", f"{label}: proved a second by the pool", "1/s"),
            Figure(f"{name}.tally_ms", f"{label}: encrypted tally", "ms", grows=True),
            Figure(f"{name}.share_ms", f"{label}: a scrutineer's share", "ms"),
            Figure(f"{name}.open_ms", f"{label}: two shares checked, result", "ms", grows=True),
            Figure(f"{name}.result_ms", f"{label}: close → result", "ms", grows=True),
        ]
    return tuple(rows)


ROWS: Final = _rows()
TARGETS: Final = tuple(
    Target(f"{name}.{what}", limit, at_most=True)
    for name in QUESTIONS
    for what, limit in (("seal_ratio", 0.5), ("admit_ratio", 1.5), ("proof_ratio", 0.8))
) + tuple(Target(f"{name}.result_ms", 10_000.0, at_most=True) for name in QUESTIONS)


@dataclass(frozen=True, slots=True)
class Held:
    """A finished key ceremony, and what two of the scrutineers hold of the key."""

    trustees: Trustees
    shares: tuple[mpz, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """The sample: each ballot with its credential and the places of the answers chosen."""

    texts: tuple[str, ...]
    credentials: tuple[Credential, ...]
    chosen: tuple[tuple[int, ...], ...]


def measure(plan: Plan, seats: int, tell: Tell) -> Outcome:
    """Run it with as many ballots as seats. Raises BenchFailed if anything does not add up."""
    tell("three scrutineers make a key")
    held = _ceremony()
    runs: list[Figures] = []
    for turn in range(plan.repeat):
        run: Figures = {"bare_power_us": _bare_power() * 1e6}
        for name, question in QUESTIONS.items():
            tell(f"{_LABELS[name]}: {seats:,} ballots ({turn + 1} of {plan.repeat})")
            election = _election(question, held)
            of_seat, cast = _seal(election, min(seats, SAMPLE))
            found = of_seat | _admit(election, cast) | _prove(election, cast)
            found |= _open(election, held, cast, seats)
            run |= {f"{name}.{each}": value for each, value in found.items()}
            run |= _against_bare(name, question, run)
        runs.append(run)
    return Outcome(medians(runs), ())


def exponentiations(question: SecretQuestion) -> dict[str, int]:
    """How many powers each step takes as the specification writes it (sections 4.11 to 4.14)."""
    choices, wanted = question.choices, question.max - question.min + 1
    whole = wanted + 1 + 2 if question.blank else wanted
    either_or = 2 * choices
    true = choices + (2 if question.blank else 1)
    imitated = either_or + whole - true
    return {
        # Two powers a ciphertext and a true proof, four an imitated one; one for the signature.
        "seal": 2 * choices + 2 * true + 4 * imitated + 1,
        "admit": 2,
        # Four powers a proof, and one to see that a number is in the group.
        "proof": 4 * (either_or + whole) + 2 * choices,
    }


def _against_bare(name: str, question: SecretQuestion, run: Figures) -> Figures:
    bare = {
        f"{name}.bare_{step}_ms": count * run["bare_power_us"] / 1000.0
        for step, count in exponentiations(question).items()
    }
    told = {**run, **bare, f"{name}.admit_ms": 1000.0 / run[f"{name}.admitted_per_s"]}
    wanted = {
        f"{name}.{step}_ratio": (f"{name}.{step}_ms", f"{name}.bare_{step}_ms")
        for step in ("seal", "admit", "proof")
    }
    return ratios(told, wanted)


def _ceremony() -> Held:
    places = [Place(at, SCRUTINEERS, NEEDED) for at in range(1, SCRUTINEERS + 1)]
    random = secrets.randbelow
    keys = [keys_of(new_seed(random)) for _ in places]
    certificates = [
        certificate(own, place, random) for own, place in zip(keys, places, strict=True)
    ]
    dealings = [deal(own, certificates, at, random) for at, own in enumerate(keys, start=1)]
    made = [
        combine(own, certificates, dealings, at, random) for at, own in enumerate(keys, start=1)
    ]
    return Held(
        trustees=read_trustees(trustees_text(certificates, dealings, made)),
        shares=tuple(
            decryption_key(own, certificates, dealings, at)
            for at, own in enumerate(keys[:NEEDED], start=1)
        ),
    )


def _election(question: SecretQuestion, held: Held) -> SecretElection:
    election = read_election(
        election_text(
            uuid=new_uuid(secrets.randbelow),
            name="Bench",
            description="",
            public_key=held.trustees.public_key,
            question=question,
        )
    )
    # The tables are made once a process and key, before anybody waits.
    generator()
    fixed_base(election.public_key)
    return election


def _seal(election: SecretElection, ballots: int) -> tuple[Figures, Cast]:
    question = election.question
    chosen = tuple(
        (at % len(question.answers),) if at % 5 or not question.blank else ()
        for at in range(ballots)
    )
    credentials = tuple(new_credential(secrets.randbelow) for _ in range(ballots))
    texts, seconds = _timed(
        [
            partial(seal, election, whose, marks_of(question, names), secrets.randbelow)
            for whose, names in zip(credentials, chosen, strict=True)
        ]
    )
    cast = Cast(tuple(each.text for each in texts), credentials, chosen)
    size = quantile([len(text.encode()) for text in cast.texts], 0.5)
    return {"ballot_bytes": size, "seal_ms": quantile(seconds, 0.5) * 1000.0}, cast


def _admit(election: SecretElection, cast: Cast) -> Figures:
    answers, seconds = _timed(
        [
            partial(admit, election, text, whose.public)
            for text, whose in zip(cast.texts, cast.credentials, strict=True)
        ]
    )
    if not all(isinstance(each, Admitted) for each in answers):
        raise BenchFailed("a ballot that was sealed well is not admitted")
    return {"admitted_per_s": 1.0 / quantile(seconds, 0.5)}


def _prove(election: SecretElection, cast: Cast) -> Figures:
    answers, seconds = _timed([partial(proofs_hold, election, text) for text in cast.texts])
    pooled, together = asyncio.run(_prove_together(election, cast))
    if not all((*answers, *pooled)):
        raise BenchFailed("a ballot that was sealed well does not hold")
    usual = quantile(seconds, 0.5)
    return {
        "proof_ms": usual * 1000.0,
        "proved_per_s": 1.0 / usual,
        "pool_per_s": len(cast.texts) / together,
    }


async def _prove_together(election: SecretElection, cast: Cast) -> tuple[list[bool], float]:
    """The verdicts of the pool that the hall uses, on every core, and the seconds it took."""
    pool = ProofPool(len(os.sched_getaffinity(0)))
    try:
        # Once before the clock runs, so that every process has begun and made its tables.
        await asyncio.gather(*(pool.hold(election.text, text) for text in cast.texts))
        began = time.perf_counter()
        held = await asyncio.gather(*(pool.hold(election.text, text) for text in cast.texts))
        return list(held), time.perf_counter() - began
    finally:
        await pool.aclose()


def _open(election: SecretElection, held: Held, cast: Cast, seats: int) -> Figures:
    texts = _of_everybody(cast, seats)
    [tally], [tallied] = _timed([lambda: encrypted_tally(election, texts)])
    shares, shared = _timed(
        [
            partial(partial_decryption, election, tally, each, secrets.randbelow)
            for each in held.shares
        ]
    )
    [(counts, blank)], [opened] = _timed([lambda: _result(election, held, tally, shares)])
    _check(cast, seats, counts, blank)
    share = quantile(shared, 0.5)
    return {
        "tally_ms": tallied * 1000.0,
        "share_ms": share * 1000.0,
        "open_ms": opened * 1000.0,
        "result_ms": (tallied + share + opened) * 1000.0,
    }


def _of_everybody(cast: Cast, seats: int) -> list[str]:
    """The sample again and again, each ballot under a credential of its own."""
    texts: list[str] = []
    public = mpz(1)
    for at in range(seats):
        text, whose = cast.texts[at % len(cast.texts)], cast.credentials[at % len(cast.texts)]
        public = public * G % P
        texts.append(text.replace(whose.public, str(public), 1))
    return texts


def _result(
    election: SecretElection, held: Held, tally: EncryptedTally, shares: Sequence[str]
) -> tuple[tuple[int, ...], int]:
    keys = held.trustees.verification_keys
    factors = {
        at: read_decryption(election, tally, keys[at - 1], text)
        for at, text in enumerate(shares, start=1)
    }
    result = open_tally(election, held.trustees, tally, factors)
    return result.counts, result.blank


def _check(cast: Cast, seats: int, counts: tuple[int, ...], blank: int) -> None:
    chosen = [cast.chosen[at % len(cast.chosen)] for at in range(seats)]
    votes = tuple(sum(at in names for names in chosen) for at in range(len(counts)))
    if (votes, sum(not names for names in chosen)) != (counts, blank):
        raise BenchFailed(f"the votes were {votes}, and {counts} were opened")


def _bare_power() -> float:
    """Seconds that a power of a number of the group takes, with an exponent of full length."""
    base = power(G, secrets.randbelow(int(Q)))
    exponents = [secrets.randbelow(int(Q)) for _ in range(BARE_POWERS)]
    _, seconds = _timed([partial(power, base, each) for each in exponents])
    return quantile(seconds, 0.5)


def _timed(acts: Sequence[Callable[[], T]]) -> tuple[list[T], list[float]]:
    """What each act gave, and the seconds of this core that it took."""
    given: list[T] = []
    seconds: list[float] = []
    for act in acts:
        began = time.thread_time()
        given.append(act())
        seconds.append(time.thread_time() - began)
    return given, seconds
