"""What is said of a rule and of an outcome, in four languages.

Rule: the figures come from the rules engine; this module only chooses the message. "Rejected" is
more against than in favour; a tie or a missed special majority is "not adopted" (words of the
hall, section on outcomes).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.assembly.texts import Texts
from server.locales.speech import Argument, Speech
from server.rules.counted import Counted
from server.rules.motion import MotionResult, MotionRule
from server.rules.quorum import Quorum
from server.rules.words import majority_words, quorum_words
from server.vocabulary import Matter, OutcomeKind


def rule_sentence(speech: Speech, rule: MotionRule) -> Texts:
    """The majority in words: "Two-thirds majority of the Members present and voting"."""
    return speech.say_words_all(majority_words(rule.majority, rule.base))


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
    speech: Speech, result: MotionResult | Counted, counts: Mapping[str, int], matter: Matter
) -> Texts:
    """What the chair reads out, with the numbers and the name of what was voted on."""
    told = result.as_json()
    suffix = "" if isinstance(result, MotionResult) else f"-{_counted_id(result)}"
    figures = {**_figures(told, counts), "matter": matter.value}
    return speech.say_all(f"sentence-{outcome_id(told, counts)}{suffix}", figures)


def _counted_id(result: Counted) -> str:
    """`test`, `poll`, `attendance`, or `attendance-quorum` and `attendance-no-quorum`."""
    if result.quorum is None:
        return result.of.value
    return f"{result.of.value}-{'quorum' if result.quorum.met else 'no-quorum'}"


def consensus_sentence(speech: Speech, matter: Matter) -> Texts:
    """What the chair reads out when something is adopted without a vote."""
    return speech.say_all("sentence-consensus", {"matter": matter.value})


def outcome_explanation(
    speech: Speech, result: Mapping[str, Any], counts: Mapping[str, int] | None
) -> Texts:
    """Why: needed and base, or the quorum of an attendance check; empty for a consensus."""
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
