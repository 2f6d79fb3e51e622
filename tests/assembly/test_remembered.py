"""What was answered lately is not worked out again; what is equal but another thing is."""

from __future__ import annotations

from server.assembly.remembered import KEPT, remembered


def test_the_same_thing_is_asked_about_once_and_an_equal_one_anew() -> None:
    asked: list[tuple[list[int], int]] = []

    @remembered
    def total(numbers: list[int], more: int) -> int:
        asked.append((numbers, more))
        return sum(numbers) + more

    one, equal = [1, 2], [1, 2]
    assert total(one, 0) == total(one, 0) == 3
    assert len(asked) == 1
    assert total(equal, 0) == 3
    assert total(one, 1) == 4
    assert len(asked) == 3
    assert total(one, 0) == 3
    assert len(asked) == 3


def test_only_a_few_answers_are_kept() -> None:
    asked: list[object] = []

    @remembered
    def itself(thing: object) -> object:
        asked.append(thing)
        return thing

    things = [object() for _ in range(KEPT + 1)]
    assert [itself(each) for each in things] == things
    assert itself(things[0]) is things[0]
    assert len(asked) == KEPT + 2


def test_two_functions_keep_their_answers_apart() -> None:
    thing = [3]
    double = remembered(lambda numbers: 2 * sum(numbers))
    half = remembered(lambda numbers: sum(numbers) / 2)
    assert (double(thing), half(thing), double(thing)) == (6, 1.5, 6)
