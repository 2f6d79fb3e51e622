from __future__ import annotations

from pathlib import Path

import pytest

from server.rules.chambers import AllOfRule, decide_all_of
from server.rules.count import BaseName, MotionCount
from server.rules.elections.rule import ElectionRule
from server.rules.majority import SIMPLE, TWO_THIRDS
from server.rules.motion import MotionRule, decide_motion
from server.rules.rulebook import (
    DEFAULT_RULEBOOK,
    PrescribedMode,
    Rulebook,
    RulebookError,
    bundled_rulebooks,
    load_rulebook,
    rulebook_from_toml,
)
from server.vocabulary import Disclosure, Kind, Language, OutcomeKind

BOOKS = ("eu-council", "ilo", "interpol", "ioc", "iucn", "plain", "un-general-assembly", "who")

SMALL = """
[labels]
en = "Ours"
fr = "Le nôtre"
es = "El nuestro"
ar = "قواعدنا"

[decisions.ordinary]
labels = { en = "Motion", fr = "Motion", es = "Moción", ar = "اقتراح" }
mode = "recorded"
disclosure = "counts"
revocable = true
articles = [{ reference = "Statute, Article 7", verified = true }]

[decisions.ordinary.rule]
kind = "motion"
majority = { of = [1, 2], at_least = false }
base = "yes_no"
"""


def motion(book: Rulebook, key: str) -> MotionRule:
    rule = book.decisions[key].rule
    assert isinstance(rule, MotionRule)
    return rule


def test_every_book_is_bundled() -> None:
    assert bundled_rulebooks() == BOOKS
    assert DEFAULT_RULEBOOK in BOOKS


@pytest.mark.parametrize("name", BOOKS)
def test_every_book_speaks_four_languages(name: str) -> None:
    book = load_rulebook(name)
    assert book.name == name
    for labels in (book.labels, *(decision.labels for decision in book.decisions.values())):
        assert list(labels) == list(Language)
        assert all(labels.values())


@pytest.mark.parametrize("name", BOOKS)
def test_every_book_has_an_ordinary_motion(name: str) -> None:
    ordinary = load_rulebook(name).decisions["ordinary"]
    assert ordinary.kind is Kind.MOTION
    assert ordinary.mode is PrescribedMode.RECORDED


@pytest.mark.parametrize("name", BOOKS)
def test_no_secret_ballot_discloses_counts(name: str) -> None:
    for decision in load_rulebook(name).decisions.values():
        if decision.mode is PrescribedMode.SECRET:
            assert decision.disclosure in {Disclosure.NONE, Disclosure.TURNOUT}


class TestInterpol:
    BOOK = load_rulebook("interpol")

    @pytest.mark.parametrize(
        ("key", "majority", "base", "mode"),
        [
            ("ordinary", SIMPLE, BaseName.YES_NO, PrescribedMode.RECORDED),
            ("budget", SIMPLE, BaseName.YES_NO, PrescribedMode.RECORDED),
            ("host", SIMPLE, BaseName.YES_NO, PrescribedMode.RECORDED),
            ("admission", TWO_THIRDS, BaseName.YES_NO, PrescribedMode.SECRET),
            ("constitution_amendment", TWO_THIRDS, BaseName.MEMBERS, PrescribedMode.RECORDED),
            ("regulations_amendment", TWO_THIRDS, BaseName.YES_NO, PrescribedMode.RECORDED),
            ("secretary_general", SIMPLE, BaseName.YES_NO, PrescribedMode.SECRET),
            ("procedural", SIMPLE, BaseName.YES_NO, PrescribedMode.HANDS),
        ],
    )
    def test_motion(self, key: str, majority: object, base: BaseName, mode: object) -> None:
        rule = motion(self.BOOK, key)
        assert (rule.majority, rule.base) == (majority, base)
        assert rule.second_vote is (majority is TWO_THIRDS)
        assert self.BOOK.decisions[key].mode is mode

    @pytest.mark.parametrize(
        ("key", "places"),
        [("president", 1), ("vice_presidents", 3), ("executive_delegates", 9)],
    )
    def test_election(self, key: str, places: int) -> None:
        decision = self.BOOK.decisions[key]
        assert decision.kind is Kind.ELECTION
        assert isinstance(decision.rule, ElectionRule)
        assert decision.rule.places == places
        assert decision.mode is PrescribedMode.SECRET

    def test_president_needs_two_thirds_twice(self) -> None:
        rule = self.BOOK.decisions["president"].rule
        assert isinstance(rule, ElectionRule)
        assert [rule.majority_in(n) for n in (1, 2, 3)] == [TWO_THIRDS, TWO_THIRDS, SIMPLE]

    def test_amending_the_constitution_takes_131_of_196(self) -> None:
        rule = motion(self.BOOK, "constitution_amendment")
        counts = [MotionCount(yes, 0, members=196) for yes in (130, 131)]
        outcomes = [decide_motion(rule, count).outcome for count in counts]
        assert outcomes == [OutcomeKind.SECOND_VOTE, OutcomeKind.ADOPTED]

    def test_only_verified_articles_are_shown(self) -> None:
        assert self.BOOK.decisions["ordinary"].shown_articles == ("Constitution, Article 14",)
        assert self.BOOK.decisions["host"].articles
        assert self.BOOK.decisions["host"].shown_articles == ()


class TestOthers:
    def test_council_of_the_eu_takes_states_and_population(self) -> None:
        rule = load_rulebook("eu-council").decisions["ordinary"].rule
        assert isinstance(rule, AllOfRule)
        counts = {
            "states": MotionCount(20, 6, 1, members=27),
            "population": MotionCount(6607, 0, 0, members=10000),
        }
        assert decide_all_of(rule, counts).outcome is OutcomeKind.ADOPTED
        counts["population"] = MotionCount(6499, 0, 0, members=10000)
        assert decide_all_of(rule, counts).outcome is OutcomeKind.NOT_ADOPTED

    def test_unanimity_in_the_council_bears_abstentions(self) -> None:
        rule = motion(load_rulebook("eu-council"), "unanimity")
        assert decide_motion(rule, MotionCount(20, 0, 7)).outcome is OutcomeKind.ADOPTED
        assert decide_motion(rule, MotionCount(26, 1, 0)).outcome is OutcomeKind.NOT_ADOPTED

    def test_chambers_of_the_iucn_are_weights_and_a_member_holds_five_proxies(self) -> None:
        book = load_rulebook("iucn")
        parts = book.decisions["ordinary"].parts
        assert [(part.name, part.weight) for part in parts] == [
            ("governments", "governments"), ("organisations", "organisations"),
        ]  # fmt: skip
        assert (book.proxies, load_rulebook("interpol").proxies) == (5, 0)

    def test_un_puts_an_equal_vote_again(self) -> None:
        rule = motion(load_rulebook("un-general-assembly"), "ordinary")
        count = MotionCount(50, 50, 20, present=120, members=193)
        assert decide_motion(rule, count).outcome is OutcomeKind.SECOND_VOTE

    def test_ilo_counts_the_votes_for_its_quorum(self) -> None:
        rule = motion(load_rulebook("ilo"), "convention")
        count = MotionCount(288, 8, 139, entitled=593)
        assert decide_motion(rule, count).outcome is OutcomeKind.NO_QUORUM

    def test_ioc_leaves_an_equal_vote_to_the_chair(self) -> None:
        rule = motion(load_rulebook("ioc"), "ordinary")
        count = MotionCount(40, 40, present=90, members=100)
        assert decide_motion(rule, count).outcome is OutcomeKind.CASTING_VOTE


class TestOwnBook:
    def test_a_hall_brings_its_own(self, tmp_path: Path) -> None:
        file = tmp_path / "ours.toml"
        file.write_text(SMALL, encoding="utf-8")
        for given in (file, str(file)):
            book = load_rulebook(given)
            assert book.name == "ours"
            assert book.labels[Language.FR] == "Le nôtre"
            assert book.decisions["ordinary"].shown_articles == ("Statute, Article 7",)

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("[1, 2]", "[1.0, 2]", r"\[decisions.ordinary.rule.majority\] of: expected \[n, d\]"),
            ("[1, 2]", "[1, 1]", r"rule.majority\] at_least: more than all can never be reached"),
            ('"yes_no"', '"votes"', r"\[decisions.ordinary.rule\] base: expected one of yes_no"),
            ('mode = "recorded"', 'mode = "open"', r"\[decisions.ordinary\] mode: expected one of"),
            ("revocable = true", "", r"\[decisions.ordinary\] revocable: missing; add it"),
            ("revocable = true", "revokable = true", 'did you mean "revocable"'),
            ("counts", "all", r"\[decisions.ordinary\] disclosure: expected one of none, turnout"),
            ('fr = "Motion"', 'fr = " "', r"\[decisions.ordinary.labels\] fr: expected a text"),
            ('es = "Moción", ', "", r"\[decisions.ordinary.labels\] es: missing"),
            ("verified = true", 'verified = "yes"', r"articles\[0\]\] verified: expected true or"),
            ("decisions.ordinary", "decisions.other", r"\[decisions\] ordinary: missing; every"),
            ("decisions.ordinary", 'decisions."Or dinary"', "expected a key of small letters"),
            ("[labels]", "[label]", "unknown key 'label'; did you mean \"labels\""),
            ('base = "yes_no"', "base = ", "not TOML: .*line "),
        ],
    )
    def test_error_names_file_table_and_key(self, old: str, new: str, said: str) -> None:
        assert old in SMALL
        with pytest.raises(RulebookError, match=f"^ours.toml: .*{said}"):
            rulebook_from_toml(SMALL.replace(old, new), "ours.toml", "ours")

    def test_ordinary_is_a_motion(self) -> None:
        book = """
        [labels]
        en = "a"
        fr = "b"
        es = "c"
        ar = "d"
        [decisions.ordinary]
        labels = { en = "a", fr = "b", es = "c", ar = "d" }
        mode = "paper"
        disclosure = "none"
        revocable = false
        [decisions.ordinary.rule]
        kind = "election"
        places = 1
        names_per_ballot = 1
        majority = [{ of = [1, 2], at_least = false }]
        base = "valid"
        reduce = { method = "none" }
        tie = { last = "ask", election = "ask" }
        """
        with pytest.raises(RulebookError, match=r"\[decisions.ordinary\] rule: .*a motion"):
            rulebook_from_toml(book, "ours.toml", "ours")

    def test_new_candidates_need_a_round_that_is_not_restricted(self) -> None:
        election = """
        [decisions.chair]
        labels = { en = "a", fr = "b", es = "c", ar = "d" }
        mode = "secret"
        disclosure = "turnout"
        revocable = true
        new_candidates = true
        [decisions.chair.rule]
        kind = "election"
        places = 1
        names_per_ballot = 1
        majority = [{ of = [1, 2], at_least = false }]
        base = "valid"
        reduce = { method = "drop_last", from_round = 3 }
        tie = { last = "ask", election = "ask" }
        """
        assert rulebook_from_toml(SMALL + election, "o", "o").decisions["chair"].new_candidates
        never = SMALL + election.replace(", from_round = 3", "")
        said = r"\[decisions.chair\] new_candidates: every round .* with `from_round`"
        with pytest.raises(RulebookError, match=said):
            rulebook_from_toml(never, "o", "o")

    def test_a_book_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(RulebookError, match="no rulebook 'inerpol'; choose one of eu-council"):
            load_rulebook("inerpol")
        with pytest.raises(RulebookError, match=r"none\.toml: cannot be read"):
            load_rulebook(tmp_path / "none.toml")

    def test_no_way_out_of_the_bundled_books(self) -> None:
        with pytest.raises(RulebookError, match="no rulebook"):
            load_rulebook("../rulebooks/plain")
