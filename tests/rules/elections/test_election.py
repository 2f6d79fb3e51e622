"""What the rounds of an election lead to, one situation a test."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.rules.elections.election import (
    AskChair,
    DrawLots,
    ElectionResult,
    NextBallot,
    TieBallot,
    decide_election,
)
from server.rules.elections.round import RoundCount
from server.rules.elections.rule import (
    ElectionBase,
    ElectionRule,
    ElectionTie,
    LastTie,
    ReduceMethod,
    Reduction,
    RoundMajority,
)
from server.rules.elections.standing import Stake
from server.rules.majority import SIMPLE, TWO_THIRDS, Majority
from server.rules.reading import Malformed

ONE_PLACE = ElectionRule(
    places=1,
    names_per_ballot=1,
    majorities=(RoundMajority(SIMPLE),),
    base=ElectionBase.VALID,
    reduction=Reduction(ReduceMethod.NONE),
    last_tie=LastTie.TIE_BALLOT,
    election_tie=ElectionTie.TIE_BALLOT_THEN_LOTS,
)
DROP_LAST = replace(ONE_PLACE, reduction=Reduction(ReduceMethod.DROP_LAST))
TOP_TWO = replace(ONE_PLACE, reduction=Reduction(ReduceMethod.TOP_TWO))
COUNCIL = replace(
    ONE_PLACE, places=3, names_per_ballot=3, reduction=Reduction(ReduceMethod.TWICE_PLACES)
)


def papers(ballots: int | None = None, /, **votes: int) -> RoundCount:
    return RoundCount(votes, ballots=ballots)


def tie_ballot(**votes: int) -> RoundCount:
    return RoundCount(votes, tie_ballot=True)


def held(rule: ElectionRule, *rounds: RoundCount) -> ElectionResult:
    return decide_election(rule, rounds)


class TestPlaces:
    def test_the_highest_fill_the_places(self) -> None:
        rule = replace(COUNCIL, places=2)
        result = held(rule, papers(190, A=130, B=150, C=140, D=20))
        assert result.elected == ("B", "C")
        assert result.next is None

    def test_places_left_over_go_to_the_next_round_with_the_rest(self) -> None:
        first = papers(190, A=100, B=120, C=80, D=60, E=40)
        result = held(COUNCIL, first)
        assert result.elected == ("B", "A")
        assert result.next == NextBallot(("C", "D"), 1)
        assert result.eliminated == ("E",)
        assert (result.base, result.needed) == (190, 96)

        result = held(COUNCIL, first, papers(190, C=85, D=100))
        assert result.elected == ("B", "A", "D")
        assert result.next is None

    def test_places_left_over_without_candidates(self) -> None:
        result = held(COUNCIL, papers(190, A=150, B=140))
        assert result.elected == ("A", "B")
        assert result.next == NextBallot((), 1)

    def test_twice_the_places_that_are_left(self) -> None:
        result = held(COUNCIL, papers(190, A=100, B=50, C=49, D=48, E=47, F=46, G=45))
        assert result.next == NextBallot(("B", "C", "D", "E"), 2)
        assert result.eliminated == ("F", "G")

    def test_nobody_is_elected_without_a_vote(self) -> None:
        result = held(ONE_PLACE, papers(A=0))
        assert result.elected == ()
        assert result.next == NextBallot(("A",), 1)
        assert (result.base, result.needed) == (0, 1)

    def test_nobody_is_elected_on_an_empty_base(self) -> None:
        result = held(ONE_PLACE, papers(0, A=3, B=1))
        assert result.elected == ()


class TestTieForElection:
    def test_equals_at_the_cut_go_to_a_tie_ballot_for_the_places_left(self) -> None:
        rule = replace(COUNCIL, places=2)
        first = papers(190, A=150, B=140, C=140, D=20)
        result = held(rule, first)
        assert result.elected == ("A",)
        assert result.next == TieBallot(("B", "C"))
        assert result.tie is not None
        assert (result.tie.stake, result.tie.places) == (Stake.ELECTION, 1)

        result = held(rule, first, tie_ballot(B=90, C=100))
        assert result.elected == ("A", "C")
        assert result.next is None
        assert held(rule, first, tie_ballot(B=95, C=95)).next == DrawLots(("B", "C"))

    def test_a_tie_ballot_settles_what_it_can(self) -> None:
        first = papers(190, A=150, B=140, C=140, D=140)
        result = held(COUNCIL, first, tie_ballot(B=60, C=90, D=40))
        assert result.elected == ("A", "C", "B")

        result = held(COUNCIL, first, tie_ballot(B=50, C=90, D=50))
        assert result.elected == ("A", "C")
        assert result.next == DrawLots(("B", "D"))

    def test_equals_above_the_cut_are_all_elected(self) -> None:
        result = held(COUNCIL, papers(190, C=140, B=140, A=150))
        assert set(result.elected) == {"A", "B", "C"}
        assert result.elected[0] == "A"

    @pytest.mark.parametrize(
        ("setting", "step"),
        [
            (ElectionTie.TIE_BALLOT_THEN_LOTS, TieBallot(("A", "B"))),
            (ElectionTie.LOTS, DrawLots(("A", "B"))),
            (ElectionTie.ASK, AskChair(("A", "B"))),
        ],
    )
    @pytest.mark.parametrize("rule", [ONE_PLACE, DROP_LAST, TOP_TWO])
    def test_two_who_divide_the_votes_equally(
        self, rule: ElectionRule, setting: ElectionTie, step: object
    ) -> None:
        result = held(replace(rule, election_tie=setting), papers(A=82, B=82))
        assert result.elected == ()
        assert result.next == step

    def test_equal_under_a_special_majority_is_just_another_round(self) -> None:
        rule = replace(TOP_TWO, majorities=(RoundMajority(TWO_THIRDS),))
        assert held(rule, papers(A=82, B=82)).next == NextBallot(("A", "B"), 1)

    def test_equal_without_half_of_the_base_is_just_another_round(self) -> None:
        rule = replace(ONE_PLACE, base=ElectionBase.CAST)
        count = RoundCount({"A": 50, "B": 50}, invalid=3)
        assert held(rule, count).next == NextBallot(("A", "B"), 1)

    def test_half_or_more_reached_by_both_is_a_tie(self) -> None:
        rule = replace(ONE_PLACE, majorities=(RoundMajority(Majority(1, 2, at_least=True)),))
        assert held(rule, papers(A=82, B=82)).next == TieBallot(("A", "B"))

    def test_one_of_the_tied_withdraws_before_the_tie_ballot(self) -> None:
        result = held(COUNCIL, papers(190, A=99, B=98, C=97, D=97), tie_ballot(C=120))
        assert result.elected == ("A", "B", "C")
        assert result.next is None


class TestTieForTheList:
    FIRST = papers(T=42, I=26, M=26)

    def test_tied_for_last(self) -> None:
        result = held(DROP_LAST, self.FIRST)
        assert result.next == TieBallot(("I", "M"))
        assert result.tie is not None
        assert (result.tie.stake, result.tie.places) == (Stake.LIST, 1)

    def test_the_tie_ballot_drops_one_and_is_no_round(self) -> None:
        result = held(DROP_LAST, self.FIRST, tie_ballot(I=49, M=45))
        assert result.next == NextBallot(("I", "T"), 1)
        assert result.eliminated == ("M",)
        assert (result.round, result.base, result.needed) == (1, 94, 1)

        result = held(DROP_LAST, self.FIRST, tie_ballot(I=49, M=45), papers(T=60, I=36))
        assert (result.elected, result.round) == (("T",), 2)

    def test_a_tie_ballot_that_ties_is_held_again(self) -> None:
        again = held(DROP_LAST, self.FIRST, tie_ballot(I=47, M=47))
        assert again.next == TieBallot(("I", "M"))
        settled = held(DROP_LAST, self.FIRST, tie_ballot(I=47, M=47), tie_ballot(I=40, M=54))
        assert settled.next == NextBallot(("M", "T"), 1)

    def test_three_tied_for_last_and_one_drops(self) -> None:
        first = papers(A=40, B=20, C=20, D=20)
        result = held(DROP_LAST, first, tie_ballot(B=50, C=30, D=14))
        assert result.next == NextBallot(("A", "B", "C"), 1)
        assert result.eliminated == ("D",)
        result = held(DROP_LAST, first, tie_ballot(B=50, C=22, D=22))
        assert result.next == TieBallot(("C", "D"))
        result = held(DROP_LAST, first, tie_ballot(B=50, C=22, D=22), tie_ballot(C=1, D=2))
        assert result.next == NextBallot(("A", "B", "D"), 1)

    @pytest.mark.parametrize(
        ("setting", "step"),
        [
            (LastTie.TIE_BALLOT, TieBallot(("B", "C"))),
            (LastTie.LOTS, DrawLots(("B", "C"))),
            (LastTie.ASK, AskChair(("B", "C"))),
        ],
    )
    def test_tied_for_the_second_of_two(self, setting: LastTie, step: object) -> None:
        result = held(replace(TOP_TWO, last_tie=setting), papers(A=70, B=55, C=55, D=5))
        assert result.next == step
        assert result.eliminated == ("D",)

    def test_three_tied_for_two_on_the_list(self) -> None:
        first = papers(A=60, B=60, C=60, D=10)
        assert held(TOP_TWO, first).next == TieBallot(("A", "B", "C"))
        result = held(TOP_TWO, first, tie_ballot(A=80, B=60, C=50))
        assert result.next == NextBallot(("A", "B"), 1)
        assert result.eliminated == ("D", "C")

    @pytest.mark.parametrize("setting", LastTie)
    @pytest.mark.parametrize("rule", [DROP_LAST, TOP_TWO, COUNCIL])
    def test_if_all_are_tied_for_last_the_ballot_is_repeated_with_all(
        self, rule: ElectionRule, setting: LastTie
    ) -> None:
        names = tuple("ABCDEFGH")
        count = RoundCount(dict.fromkeys(names, 10))
        result = held(replace(rule, last_tie=setting), count)
        assert result.next == NextBallot(names, rule.places)
        assert result.eliminated == ()

    def test_all_of_the_rest_tied_is_repeated_with_the_rest(self) -> None:
        result = held(COUNCIL, papers(190, A=120, B=40, C=40, D=40, E=40, F=40))
        assert result.next == NextBallot(("B", "C", "D", "E", "F"), 2)

    @pytest.mark.parametrize("setting", [LastTie.LOTS, LastTie.ASK])
    def test_who_is_missing_after_lots_dropped_out(self, setting: LastTie) -> None:
        rule = replace(DROP_LAST, last_tie=setting)
        result = held(rule, self.FIRST, papers(T=60, M=36))
        assert result.elected == ("T",)
        assert result.eliminated == ("I",)

    def test_who_withdraws_is_not_eliminated(self) -> None:
        result = held(DROP_LAST, self.FIRST, papers(T=47, M=47))
        assert result.eliminated == ()
        assert result.next == TieBallot(("M", "T"))


class TestRounds:
    def test_majority_changes_by_round(self) -> None:
        rule = replace(ONE_PLACE, majorities=(RoundMajority(TWO_THIRDS, 2), RoundMajority(SIMPLE)))
        rounds = [papers(A=84, B=80), papers(A=90, B=74), papers(A=83, B=81)]
        assert [held(rule, *rounds[:n]).needed for n in (1, 2, 3)] == [110, 110, 83]
        assert held(rule, *rounds[:2]).next == NextBallot(("A", "B"), 1)
        assert held(rule, *rounds).elected == ("A",)

    def test_an_entry_without_rounds_serves_one_and_the_last_all(self) -> None:
        rule = replace(
            ONE_PLACE,
            majorities=(RoundMajority(TWO_THIRDS), RoundMajority(SIMPLE, 1)),
        )
        assert [rule.majority_in(n) for n in (1, 2, 3, 9)] == [TWO_THIRDS, SIMPLE, SIMPLE, SIMPLE]

    def test_tie_ballots_count_neither_for_the_majority_nor_for_the_list(self) -> None:
        rule = replace(
            DROP_LAST,
            majorities=(RoundMajority(TWO_THIRDS, 2), RoundMajority(SIMPLE)),
            reduction=Reduction(ReduceMethod.DROP_LAST, from_round=2),
        )
        rounds = [papers(A=50, B=40, C=20, D=20), tie_ballot(C=70, D=60), papers(A=70, B=40, C=20)]
        result = held(rule, *rounds)
        assert result.round == 2
        assert (result.base, result.needed) == (130, 87)
        assert result.next == NextBallot(("A", "B"), 1)

    def test_the_list_is_shortened_from_the_round_that_the_rule_names(self) -> None:
        rule = replace(DROP_LAST, reduction=Reduction(ReduceMethod.DROP_LAST, from_round=3))
        first = papers(A=88, B=85, C=27, D=7)
        assert held(rule, first).next == NextBallot(("A", "B", "C", "D"), 1)
        assert held(rule, first, first).next == NextBallot(("A", "B", "C"), 1)

    def test_fifth_round_between_two_after_a_tie_for_second(self) -> None:
        rule = replace(TOP_TWO, reduction=Reduction(ReduceMethod.TOP_TWO, from_round=5))
        rounds = [
            papers(Q=19, F=13, E=11, C=5, V=5, L=3, A=2),
            papers(Q=20, F=13, E=12, C=5, V=5, L=3),
            papers(Q=18, F=18, E=13, C=5, L=4),
            papers(Q=22, F=18, E=18),
        ]
        assert held(rule, *rounds).next == TieBallot(("E", "F"))
        rounds.append(tie_ballot(F=31, E=25))
        assert held(rule, *rounds).next == NextBallot(("F", "Q"), 1)
        rounds.append(papers(F=30, Q=28))
        assert held(rule, *rounds).elected == ("F",)

    def test_candidates_withdraw_between_rounds(self) -> None:
        result = held(ONE_PLACE, papers(A=95, B=52, C=50), papers(A=90, B=91))
        assert result.elected == ("B",)

    def test_nobody_is_dropped_into_an_uncontested_place(self) -> None:
        rule = replace(DROP_LAST, base=ElectionBase.CAST)
        count = RoundCount({"A": 50, "B": 40}, abstain=20)
        assert held(rule, count).next == NextBallot(("A", "B"), 1)

    @pytest.mark.parametrize(
        ("base", "size", "needed"),
        [
            (ElectionBase.VALID, 99, 50),
            (ElectionBase.CAST, 162, 82),
            (ElectionBase.MEMBERS, 196, 99),
        ],
    )
    def test_base(self, base: ElectionBase, size: int, needed: int) -> None:
        count = RoundCount({"A": 50, "B": 49}, abstain=60, invalid=3, members=196)
        result = held(replace(ONE_PLACE, base=base), count)
        assert (result.base, result.needed) == (size, needed)


class TestWhatCannotFollow:
    @pytest.mark.parametrize(
        ("rule", "rounds", "said"),
        [
            (ONE_PLACE, [], "rounds: expected at least one ballot"),
            (
                ONE_PLACE,
                [papers(A=3, B=1), papers(A=3, B=1)],
                r"rounds\[1\]: the ballots before this one filled every place",
            ),
            (
                COUNCIL,
                [papers(190, A=100, B=50, C=40), papers(190, A=100, B=60)],
                r"rounds\[1\]\.votes\.A: elected in a ballot before",
            ),
            (
                ONE_PLACE,
                [papers(A=3, B=3, C=1), tie_ballot(A=3, B=1)],
                r"rounds\[1\]\.tie_ballot: no tie was open",
            ),
            (ONE_PLACE, [tie_ballot(A=3, B=1)], r"rounds\[0\]\.tie_ballot: no tie was open"),
            (
                DROP_LAST,
                [papers(T=42, I=26, M=26), tie_ballot(I=30, T=60)],
                r"rounds\[1\]\.votes\.T: not among the tied candidates \['I', 'M'\]",
            ),
            (
                replace(ONE_PLACE, base=ElectionBase.MEMBERS),
                [papers(A=3, B=1)],
                r"rounds\[0\]\.members: missing",
            ),
        ],
    )
    def test_error_names_the_ballot(
        self, rule: ElectionRule, rounds: list[RoundCount], said: str
    ) -> None:
        with pytest.raises(Malformed, match=said):
            decide_election(rule, rounds)
