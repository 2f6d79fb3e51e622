from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.assembly.assembly import Assembly
from server.assembly.files import parse_assembly
from server.cli.bench.assembly_file import assembly_text, member_code
from server.cli.bench.failure import BenchFailed
from server.cli.bench.frames import TEXT, FrameReader, client_frame
from server.cli.bench.outcome import flood_warnings, generator_warnings
from server.cli.bench.votes import answers_of, check_count, delays, evenly_random


def told(**changed: Any) -> dict[str, Any]:
    """What a generator says of three presses: one receipted, one refused, one not answered."""
    return {
        "scheduled": [1.0, 2.0, 3.0],
        "answered": [1.5, 2.25, 0.0],
        "n": [1, 0, 0],
        "refused": {"closed": 1},
        "choices": {"yes": 1},
    } | changed


def test_every_press_is_receipted_refused_or_not_answered() -> None:
    found = answers_of([told(), told(n=[2, 0, 0])])
    assert found.latencies == [0.5, 0.5]
    assert found.accepted == {1: 1.0, 2: 1.0}
    assert (found.refused, found.unanswered) == ({"closed": 2}, 2)


def test_one_number_for_two_presses_ends_the_bench() -> None:
    with pytest.raises(BenchFailed, match="number 1"):
        answers_of([told(), told(scheduled=[1.1, 2.0, 3.0])])


def test_a_press_without_an_answer_may_have_counted_a_receipted_one_must() -> None:
    answers = answers_of([told()])
    check_count(answers, {"yes": 1, "no": 0, "abstain": 0})
    check_count(answers, {"yes": 1, "no": 1, "abstain": 0})
    with pytest.raises(BenchFailed, match="1 receipts for 'yes', and 0"):
        check_count(answers, {"yes": 0, "no": 0, "abstain": 0})
    with pytest.raises(BenchFailed, match="0 receipts for 'no', and 2"):
        check_count(answers, {"yes": 1, "no": 2, "abstain": 0})


def test_a_view_shows_all_votes_up_to_its_count() -> None:
    accepted = {1: 10.0, 2: 10.1, 3: 10.2, 4: 10.3}
    shown = [(2, 11.0), (3, 12.0)]
    assert delays(accepted, shown) == pytest.approx([1.0, 0.9, 1.8])


@given(st.integers(1, 300), st.floats(0.1, 5.0), st.integers())
def test_presses_fall_into_the_window_in_order(presses: int, window: float, seed: int) -> None:
    times = evenly_random(100.0, window, presses, seed)
    assert times == sorted(times)
    assert len(times) == presses
    assert times[0] >= 100.0
    assert times[-1] <= 100.0 + window


def test_the_assembly_file_is_one_that_serve_reads() -> None:
    read = parse_assembly(assembly_text(30), "bench.toml")
    assert isinstance(read, Assembly), read
    assert [each.code for each in read.members] == [member_code(index) for index in range(30)]
    assert len(read.seats) == 30


@given(st.lists(st.binary(max_size=70_000), max_size=5), st.integers(1, 5000))
def test_frames_are_read_however_they_are_cut(payloads: list[bytes], cut: int) -> None:
    # What the server sends is what the client would, less the mask.
    stream = b"".join(unmasked(client_frame(TEXT, payload)) for payload in payloads)
    reader = FrameReader()
    found = [
        frame for at in range(0, len(stream), cut) for frame in reader.feed(stream[at : at + cut])
    ]
    assert found == [(TEXT, payload) for payload in payloads]


def unmasked(frame: bytes) -> bytes:
    size = frame[1] & 0x7F
    head = {126: 4, 127: 10}.get(size, 2)
    return bytes((frame[0], size)) + frame[2:head] + frame[head + 4 :]


@pytest.mark.parametrize("frame", [b"\x01\x00", b"\x81\x80\0\0\0\0", b"\xc1\x00"])
def test_a_frame_in_parts_masked_or_compressed_is_refused(frame: bytes) -> None:
    with pytest.raises(ValueError, match=frame[:2].hex()):
        FrameReader().feed(frame)


@pytest.mark.parametrize(
    ("figures", "word"),
    [
        ({"generator_cpu_share": 0.9}, "bottleneck"),
        ({"generator_cpu_share": 0.1, "generator_late_ms.p99": 9.0, "x.p99": 30.0}, "late"),
        ({"generator_cpu_share": 0.1, "generator_late_ms.p99": 5.0, "x.p99": 30.0}, None),
        ({"generator_cpu_share": 0.1, "generator_late_ms.p99": 1.0, "x.p99": 2.0}, None),
    ],
)
def test_the_generator_says_when_it_limits(figures: dict[str, float], word: str | None) -> None:
    warnings = generator_warnings(figures, "x")
    assert [word in each for each in warnings if word] == ([True] if word else [])
    assert bool(warnings) is bool(word)


def test_it_says_so_of_a_flood_too() -> None:
    (warning,) = flood_warnings({"flood.generator_cpu_share": 0.9})
    assert "in the flood the generator used 90% of a CPU" in warning
    assert flood_warnings({"flood.generator_cpu_share": 0.5}) == []
