"""The stranger's program: `belenios-tool` of Debian, run as an outsider would run it.

`python -m tests.secrecy.stranger` makes the files in `vectors/` anew.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.secrecy.election import SecretQuestion
from server.secrecy.sealing import marks_of
from tests.secrecy.elections import ELECTION, MOTION

VECTORS = Path(__file__).parent / "vectors"

Votes = Sequence[tuple[int, Sequence[int]]]
"""Who votes (from 0), and which answers are chosen, in the order of time."""


@dataclass(frozen=True, slots=True)
class Told:
    """How the program ended, and what it said."""

    held: bool
    words: str


@dataclass(frozen=True, slots=True)
class Stranger:
    """The program, at work in a folder."""

    folder: Path

    def run(self, *arguments: str, said: str = "") -> str:
        """What a command prints; `AssertionError` if it fails."""
        done = self._run(arguments, said)
        assert done.returncode == 0, f"belenios-tool {' '.join(arguments)}: {done.stderr}"
        return done.stdout

    def verify(self, raw: bytes, uuid: str) -> Told:
        """Its verdict on an archive."""
        for each in self.folder.glob("*.bel"):
            each.unlink()
        (self.folder / f"{uuid}.bel").write_bytes(raw)
        done = self._run(("election", "verify"), "")
        return Told(done.returncode == 0 and "all checks passed" in done.stderr, done.stderr)

    def happened(self, event: str, payload: str = "") -> None:
        """Add an event to the archive in the folder."""
        self.run("archive", "add-event", f"--type={event}", said=payload)

    def write(self, name: str, text: str) -> str:
        """A file for the program to read; returns its path."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def _run(self, arguments: Sequence[str], said: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["belenios-tool", *arguments],
            cwd=self.folder,
            input=said,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={**os.environ, "BELENIOS_USE_URANDOM": "1"},
        )


def version() -> str:
    """The program's version, as `2.0`."""
    return Stranger(Path.cwd()).run("--version").split()[0]


def its_ceremony(tool: Stranger) -> dict[str, Any]:
    """A ceremony of 2 of 3 that the program holds with itself, in all its messages.

    Leaves `trustees.json` in the folder, and the keys that it needs in order to decrypt.
    """
    step = ("setup", "generate-trustee-key-threshold", "--group", "BELENIOS-2048")
    for _ in range(3):
        tool.run(*step, "--step", "1")
    keys = sorted(tool.folder.glob("*.key"))
    certificates = [each.with_suffix(".cert").read_text().strip() for each in keys]
    certs = tool.write("certs.jsons", "".join(f"{each}\n" for each in certificates))
    dealt = [
        tool.run(*step, "--certs", certs, "--key", str(key), "--step", "3", "--threshold", "2")
        for key in keys
    ]
    polynomials = tool.write("polynomials.jsons", "".join(dealt))
    tool.run(*step, "--certs", certs, "--step", "4", "--polynomials", polynomials)
    outputs = [
        tool.run(
            *step, "--certs", certs, "--key", str(key), "--step", "5",
            said=key.with_suffix(".vinput").read_text(),
        )
        for key in keys
    ]  # fmt: skip
    parameters = tool.run(
        *step, "--certs", certs, "--step", "6", "--polynomials", polynomials,
        said="".join(outputs),
    )  # fmt: skip
    tool.write("threshold.json", parameters)
    tool.write("public_keys.jsons", "")
    tool.run("setup", "make-trustees")
    return {
        "seeds": [each.read_text().strip() for each in keys],
        "certificates": certificates,
        "dealings": [each.strip() for each in dealt],
        "outputs": [each.strip() for each in outputs],
        "trustees": (tool.folder / "trustees.json").read_text().strip(),
    }


def its_election(folder: Path, question: SecretQuestion, votes: Votes) -> bytes:
    """The archive of an election that the program holds all by itself."""
    tool = Stranger(folder)
    uuid = tool.run("setup", "generate-token").strip()
    named = ("--uuid", uuid, "--group", "BELENIOS-2048")
    voters = 1 + max(who for who, _ in votes)
    tool.run("setup", "generate-credentials", *named, "--count", str(voters))
    (public,) = folder.glob("*.pubcreds")
    public.rename(folder / "public_creds.json")
    (private,) = folder.glob("*.privcreds")
    secrets = [line.split()[1] for line in private.read_text().splitlines()]
    its_ceremony(tool)
    asked: dict[str, Any] = {
        "answers": list(question.answers),
        "min": question.min,
        "max": question.max,
        "question": question.question,
    }
    if question.blank:
        asked["blank"] = True
    template = {"description": "", "name": "Élection «étrangère»", "questions": [asked]}
    tool.run("setup", "make-election", *named, "--template",
             tool.write("template.json", json.dumps(template)))  # fmt: skip
    tool.run("archive", "init")
    for who, chosen in votes:
        credential = tool.write("credential", secrets[who])
        marks = tool.write("marks", json.dumps([marks_of(question, chosen)]))
        ballot = tool.run(
            "election", "generate-ballot", "--privcred", credential, "--ballot", marks
        )
        tool.happened("Ballot", ballot)
    tool.happened("EndBallots")
    tool.happened("EncryptedTally", tool.run("election", "compute-encrypted-tally"))
    keys = sorted(folder.glob("*.key"))
    for trustee, key in enumerate(keys[:2], start=1):
        tool.happened("PartialDecryption", decrypt(tool, trustee, key, key.with_suffix(".dkey")))
    tool.happened("Result", tool.run("election", "compute-result"))
    return (folder / f"{uuid}.bel").read_bytes()


def decrypt(tool: Stranger, trustee: int, seed: Path | str, share: Path | str) -> str:
    """A trustee's partial decryption of the election in the folder, as an event takes it."""
    return tool.run(
        "election", "decrypt-threshold", "--key", str(seed), "--decryption-key", str(share),
        "--trustee-id", str(trustee),
    )  # fmt: skip


MOTION_VOTES: Votes = [(0, [0]), (1, [2]), (0, [1])]
ELECTION_VOTES: Votes = [(0, [0, 4]), (1, [])]


def main() -> None:
    """Write the vectors anew."""
    VECTORS.mkdir(exist_ok=True)
    cases = {"motion": (MOTION, MOTION_VOTES), "election": (ELECTION, ELECTION_VOTES)}
    for name, (question, votes) in cases.items():
        with tempfile.TemporaryDirectory() as folder:
            raw = its_election(Path(folder), question, votes)
        (VECTORS / f"{name}.bel").write_bytes(raw)
    with tempfile.TemporaryDirectory() as folder:
        held = its_ceremony(Stranger(Path(folder)))
    text = json.dumps(held, indent=1, ensure_ascii=False) + "\n"
    (VECTORS / "ceremony.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
