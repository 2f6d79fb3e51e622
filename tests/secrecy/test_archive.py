"""What the hall publishes is accepted by a stranger's program, and by our own."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from server.secrecy.archive import write_archive
from server.secrecy.election import SecretQuestion
from server.secrecy.strict import SoundArchive, UnsoundArchive, verify_archive
from tests.secrecy.elections import ELECTION, MOTION
from tests.secrecy.opened import opened, voted

MOTION_VOTES = [(0, [0]), (1, [1]), (2, [0]), (3, [2]), (0, [2])]
ELECTION_VOTES = [(0, [0, 1]), (1, []), (2, [2]), (3, [0, 1, 3]), (2, [])]


def says_belenios(raw: bytes, uuid: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What `belenios-tool election verify` makes of an archive."""
    (folder / f"{uuid}.bel").write_bytes(raw)
    return subprocess.run(
        ["belenios-tool", "election", "verify", "--dir", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("question", "votes", "counts", "blank"),
    [
        (MOTION, MOTION_VOTES, (1, 1, 2), 0),
        (ELECTION, ELECTION_VOTES, (2, 2, 0, 1, 0), 2),
    ],
    ids=["motion", "election"],
)
@pytest.mark.parametrize("by", [(1, 2), (3, 1), (1, 2, 3)])
def test_two_of_three_open_and_everybody_can_check(
    tmp_path: Path,
    question: SecretQuestion,
    votes: Sequence[tuple[int, Sequence[int]]],
    counts: tuple[int, ...],
    blank: int,
    by: Sequence[int],
) -> None:
    election, _, contents = voted(question, votes)
    raw = write_archive(opened(election, contents, by))
    told = says_belenios(raw, election.uuid, tmp_path)
    assert told.returncode == 0, told.stderr
    assert "all checks passed" in told.stderr
    sound = verify_archive(raw)
    assert isinstance(sound, SoundArchive)
    assert sound.opened is not None
    assert (sound.opened.counts, sound.opened.blank, sound.opened.ballots) == (counts, blank, 4)


def test_before_the_opening_the_ballots_can_be_checked(tmp_path: Path) -> None:
    election, _, contents = voted(MOTION, MOTION_VOTES)
    raw = write_archive(contents)
    assert says_belenios(raw, election.uuid, tmp_path).returncode == 0
    sound = verify_archive(raw)
    assert isinstance(sound, SoundArchive)
    assert sound.opened is None


def test_one_scrutineer_opens_nothing() -> None:
    election, _, contents = voted(MOTION, MOTION_VOTES)
    with pytest.raises(ValueError, match="1 of 2 trustees"):
        opened(election, contents, (2,))


def test_no_byte_of_an_archive_can_change() -> None:
    election, _, contents = voted(MOTION, [(0, [0])])
    raw = write_archive(opened(election, contents, (1, 2)))
    for at in range(0, len(raw), 211):
        changed = bytearray(raw)
        changed[at] ^= 1
        assert isinstance(verify_archive(bytes(changed)), UnsoundArchive), at
