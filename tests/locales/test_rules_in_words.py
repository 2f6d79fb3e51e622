"""The console says every rule in words before a ballot opens, in four languages."""

from __future__ import annotations

import pytest

from server.locales.sentences import rule_sentence
from server.locales.speech import load_speech
from server.rules.rulebook import bundled_rulebooks, load_rulebook
from server.vocabulary import Language

SPEECH = load_speech()


@pytest.mark.parametrize("name", bundled_rulebooks())
def test_every_decision_of_every_book_is_said_in_four_languages(name: str) -> None:
    for decision in load_rulebook(name).decisions.values():
        labels = {part.name: part.labels for part in decision.parts}
        said = rule_sentence(SPEECH, decision.rule, labels)
        told = [said[language] for language in Language]
        assert len(set(told)) == len(Language), decision.key
        assert not any(mark in text for text in told for mark in "{}$"), told
        for part in decision.parts:
            assert all(part.labels[language] in said[language] for language in Language)


def test_a_president_in_rounds_and_a_council_that_can_be_blocked() -> None:
    president = load_rulebook("interpol").decisions["president"].rule
    assert rule_sentence(SPEECH, president).en == (
        "Rounds 1 to 2: Two-thirds majority of the valid ballot papers, blank papers not counted; "
        "From round 3 on: Simple majority of the valid ballot papers, blank papers not counted"
    )
    council = load_rulebook("eu-council").decisions["ordinary"]
    labels = {part.name: part.labels for part in council.parts}
    said = rule_sentence(SPEECH, council.rule, labels)
    assert said.en.endswith("fewer than 4 not in favour cannot block (Member States)")
    assert "السكان" in said.ar
