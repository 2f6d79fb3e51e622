"""What the chair reads out after a round of an election, in four languages.

Rule: candidates stand with most votes first, equals in the order of the ballot; who is elected is
said before what follows. The figures come from the rules, this module only puts them into words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.assembly.texts import Texts
from server.ballots.question import Question
from server.locales.speech import Argument, Speech
from server.vocabulary import Language, OutcomeKind

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RoundTold:
    """A round as it is told: the question, its result, and the papers."""

    question: Question
    result: Mapping[str, Any]
    votes: Mapping[str, int]
    blank: int
    elected_before: Sequence[str]
    names: Callable[[Language], Names]
    """The names of all candidates of the election, in a language."""


def candidate_names(questions: Sequence[Question]) -> Callable[[Language], Names]:
    """The names of the candidates of these ballots, the missing ones in another language."""

    def named(language: Language) -> Names:
        return {
            each.id: each.name[language]
            or next((text for other in Language if (text := each.name[other])), each.id)
            for question in questions
            for each in question.candidates
        }

    return named


def round_sentence(speech: Speech, told: RoundTold) -> Texts:
    """The whole announcement after a round."""
    return _texts(lambda language: _round(speech, language, told))


def settled_sentence(speech: Speech, message: str, chosen: Sequence[str], told: RoundTold) -> Texts:
    """The announcement after lots were drawn or the Chair decided; `message` says which."""

    def say(language: Language) -> str:
        names = told.names(language)
        drawn = joined(speech, language, [names[each] for each in chosen])
        lead = speech.say(language, message, {"names": drawn})
        return _what_follows(speech, language, told, lead)

    return _texts(say)


def person_sentence(
    speech: Speech, message: str, question: Question, figures: Mapping[str, int] | None = None
) -> Texts:
    """A sentence about the candidates of a motion or of an acclamation."""
    named = candidate_names([question])

    def say(language: Language) -> str:
        names = [named(language)[each.id] for each in question.candidates]
        told: dict[str, Argument] = {**(figures or {})}
        told |= {"names": joined(speech, language, names), "count": len(names)}
        return speech.say(language, message, told)

    return _texts(say)


def joined(speech: Speech, language: Language, words: Sequence[str]) -> str:
    """The names in a line, as the language joins them: "A, B and C"."""
    if not words:
        return ""
    if len(words) == 1:
        return words[0]
    most = words[0]
    for each in words[1:-1]:
        most = speech.say(language, "election-names", {"most": most, "last": each})
    return speech.say(language, "election-and", {"most": most, "last": words[-1]})


def _round(speech: Speech, language: Language, told: RoundTold) -> str:
    names = told.names(language)
    order = list(told.votes)
    ranked = sorted(order, key=lambda each: (-told.votes[each], order.index(each)))
    listed = ""
    for each in ranked:
        row = speech.say(
            language, "election-votes", {"name": names[each], "votes": told.votes[each]}
        )
        listed = (
            row
            if not listed
            else speech.say(language, "election-list", {"most": listed, "last": row})
        )
    message = "election-tie-result" if told.question.is_tie_ballot else "election-result"
    lead = speech.say(
        language,
        message,
        {
            "list": listed,
            "round": told.result["round"],
            "blank": told.blank,
            "needed": told.result["needed"],
            "base": told.result["base"],
        },
    )
    return _what_follows(speech, language, told, lead)


def _what_follows(speech: Speech, language: Language, told: RoundTold, lead: str) -> str:
    names = told.names(language)
    new = [names[each] for each in told.result["elected"] if each not in told.elected_before]
    so_far = lead
    if new:
        elected: dict[str, Argument] = {
            "count": len(new),
            "names": joined(speech, language, new),
        }
        so_far = f"{lead} {speech.say(language, 'election-elected', elected)}"
    following = next(iter((told.result["next"] or {"none": []}).values()))
    stay = [each for each in told.votes if each in following]
    stay += [each for each in following if each not in stay]
    outcome = OutcomeKind(told.result["outcome"])
    message = f"sentence-{outcome.value.replace('_', '-')}"
    if outcome is OutcomeKind.NEXT_ROUND and not following:
        message = "election-nobody-left"
    figures: dict[str, Argument] = {
        "so_far": so_far,
        "names": joined(speech, language, [names[each] for each in stay]),
        "places": told.result["places"],
    }
    return speech.say(language, message, figures)


def _texts(say: Callable[[Language], str]) -> Texts:
    return Texts(en=say(Language.EN), fr=say(Language.FR), es=say(Language.ES), ar=say(Language.AR))
