"""What is said of a rule and of an outcome, in four languages.

Rule: the figures come from the rules engine; this module only chooses the message. "Rejected" is
more against than in favour; a tie or a missed special majority is "not adopted" (words of the
hall, section on outcomes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, assert_never

from server.assembly.texts import Texts
from server.ballots.question import Question
from server.locales.speech import Argument, Speech
from server.rules.chambers import AllOfResult, AllOfRule
from server.rules.counted import Counted
from server.rules.decide import Rule
from server.rules.elections.rule import ElectionRule
from server.rules.motion import MotionResult, MotionRule
from server.rules.quorum import Quorum
from server.rules.words import election_rule_words, majority_words, quorum_words
from server.vocabulary import Language, Matter, OutcomeKind

T = TypeVar("T")


def rule_sentence(speech: Speech, rule: Rule, labels: Labels | None = None) -> Texts:
    """The majority in words: "Two-thirds majority of the Members present and voting".

    Of an election, of each stretch of rounds; of a double majority, of each part by its name in
    `labels`, and who can block.
    """
    match rule:
        case MotionRule():
            return speech.say_words_all(majority_words(rule.majority, rule.base))
        case ElectionRule():
            stretches = [speech.say_words_all(words) for words in election_rule_words(rule)]
            return _in_a_row(stretches)
        case AllOfRule():
            return _in_a_row(_part_rules(speech, rule, labels or {}))
        case _:
            assert_never(rule)


Labels = Mapping[str, Mapping[Language, str | None]]
"""What screens call the parts of a double majority, by the name in the rule."""


def in_order_of(labels: Iterable[str], parts: Mapping[str, T]) -> dict[str, T]:
    """The parts in the order of the labels: in the journal, keys stand alphabetically."""
    listed = {name: parts[name] for name in labels if name in parts}
    return {**listed, **parts}


def labels_of(question: Question) -> Labels:
    """The names of a ballot's parts."""
    return {
        part.name: {language: part.label[language] for language in Language}
        for part in question.parts
    }


def _part_rules(speech: Speech, rule: AllOfRule, labels: Labels) -> list[Texts]:
    def said(message: str, name: str, argument: str, value: Texts | int) -> Texts:
        def say(language: Language) -> str:
            label = (labels[name][language] if name in labels else None) or name
            told: Argument = value if isinstance(value, int) else value[language]
            return speech.say(language, message, {"part": label, argument: told})

        return _texts(say)

    told = [
        said(
            "rule-part",
            name,
            "rule",
            speech.say_words_all(majority_words(part.majority, part.base)),
        )
        for name, part in in_order_of(labels, dict(rule.parts)).items()
    ]
    blocking = rule.blocking_minority
    if blocking is not None:
        told.append(said("rule-blocking-minority", blocking.part, "number", blocking.at_least))
    return told


def _in_a_row(texts: Sequence[Texts]) -> Texts:
    return _texts(lambda language: "; ".join(text[language] for text in texts))


def _texts(say: Callable[[Language], str]) -> Texts:
    return Texts(**{language.value: say(language) for language in Language})


def quorum_sentence(speech: Speech, quorum: Quorum) -> Texts:
    """The quorum in words."""
    return speech.say_words_all(quorum_words(quorum))


def outcome_id(result: Mapping[str, Any], counts: Mapping[str, int] | None) -> str:
    """The last part of the message ids of an outcome: `adopted`, `rejected`, `no-quorum`…"""
    outcome = OutcomeKind(result["outcome"])
    against = counts is not None and counts["no"] > counts["yes"]
    if outcome is OutcomeKind.NOT_ADOPTED and against:
        return "rejected"
    return outcome.value.replace("_", "-")


def outcome_headline(
    speech: Speech, result: Mapping[str, Any], counts: Mapping[str, int] | None
) -> Texts:
    """One or two words: "Adopted"."""
    return speech.say_all(f"outcome-{outcome_id(result, counts)}", _figures(result, counts))


def outcome_sentence(
    speech: Speech,
    result: MotionResult | AllOfResult | Counted,
    counts: Mapping[str, int],
    question: Question,
) -> Texts:
    """What the chair reads out, with the numbers and the name of what was voted on."""
    matter = question.matter
    if isinstance(result, AllOfResult):
        return _of_parts(speech, result, counts, question)
    told = result.as_json()
    suffix = "" if isinstance(result, MotionResult) else f"-{_counted_id(result)}"
    figures = {**_figures(told, counts), "matter": matter.value}
    return speech.say_all(f"sentence-{outcome_id(told, counts)}{suffix}", figures)


def _of_parts(
    speech: Speech, result: AllOfResult, counts: Mapping[str, int], question: Question
) -> Texts:
    """The whole count by heads, then each part with what it needed, then what became of it."""
    told: dict[str, Any] = {"outcome": result.outcome.value, "explain": None}
    told |= {"base": None, "needed": None}
    parts = part_sentences(speech, {name: part.as_json() for name, part in result.parts}, question)
    ending = f"sentence-parts-{outcome_id(told, {'yes': 0, 'no': 0})}"

    def say(language: Language) -> str:
        figures: dict[str, Argument] = {**counts, "matter": question.matter.value}
        figures["parts"] = " ".join(part[language] for part in parts)
        figures["ending"] = speech.say(language, ending, figures)
        return speech.say(language, "sentence-parts", figures)

    return Texts(**{language.value: say(language) for language in Language})


def part_sentences(
    speech: Speech, results: Mapping[str, Mapping[str, Any]], question: Question
) -> tuple[Texts, ...]:
    """What each part of a double majority counted, of what, and what it needed."""
    labels = {part.name: part.label for part in question.parts}
    results = in_order_of(labels, results)

    def say(language: Language, name: str, result: Mapping[str, Any]) -> str:
        label = labels[name][language] if name in labels else None
        figures: dict[str, Argument] = {
            "part": label or name,
            "yes": result["explain"]["yes"],
            "base": result["base"],
            "needed": result["needed"],
        }
        return speech.say(language, "sentence-part", figures)

    return tuple(
        Texts(**{language.value: say(language, name, result) for language in Language})
        for name, result in results.items()
    )


def _counted_id(result: Counted) -> str:
    """`test`, `poll`, `attendance`, or `attendance-quorum` and `attendance-no-quorum`."""
    if result.quorum is None:
        return result.of.value
    return f"{result.of.value}-{'quorum' if result.quorum.met else 'no-quorum'}"


def consensus_sentence(speech: Speech, matter: Matter) -> Texts:
    """What the chair reads out when something is adopted without a vote."""
    return speech.say_all("sentence-consensus", {"matter": matter.value})


def outcome_explanation(
    speech: Speech,
    result: Mapping[str, Any],
    counts: Mapping[str, int] | None,
    question: Question,
) -> Texts:
    """Why: needed and base, those of each part, or the quorum of an attendance check; empty for a
    consensus."""
    if result.get("parts"):
        told = [*part_sentences(speech, result["parts"], question)]
        blocking = result.get("blocking_minority")
        if blocking is not None and not blocking["formed"]:
            figures = {"against": blocking["against"], "needed": blocking["needed"]}
            told.append(speech.say_all("needed-blocking-minority", figures))
        return _texts(lambda language: " ".join(each[language] for each in told))
    if result["explain"] is None:
        return Texts(en="", fr="", es="", ar="")
    if result["explain"]["base_name"] is None:
        quorum = result["explain"]["quorum"]
        found = {"present": quorum["measured"], "needed": quorum["needed"]}
        return speech.say_all(f"hall-quorum-{'met' if quorum['met'] else 'missed'}", found)
    base = str(result["explain"]["base_name"]).replace("_", "-")
    return speech.say_all(f"needed-base-{base}", _figures(result, counts))


def _figures(result: Mapping[str, Any], counts: Mapping[str, int] | None) -> dict[str, Argument]:
    figures: dict[str, Argument] = dict(counts or {})
    for key in ("needed", "base"):
        if result[key] is not None:
            figures[key] = result[key]
    quorum = (result["explain"] or {}).get("quorum")
    if quorum is not None:
        figures["measured"] = quorum["measured"]
        figures["quorum"] = quorum["needed"]
    return figures
