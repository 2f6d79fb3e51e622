"""What a seat says of one ballot, by its kind and mode, in one language.

Rule: every text comes from the `.ftl` files or from the hall's view; each kind and each mode is
named in an exhaustive match.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, assert_never

from kiosk_client.asking import Answer, Asking, asking_of
from kiosk_client.paper import Paper, PaperStep
from server.vocabulary import Choice, Kind, Language, Mode, Phase
from server.wire.views import Calling, KioskBallot, Texts


class Speech(Protocol):
    """Says a message of the `.ftl` files in one language."""

    def say(
        self, language: Language, message_id: str, args: Mapping[str, str | int] | None = None
    ) -> str:
        """The message `message_id`, with its arguments."""


@dataclass(frozen=True, slots=True)
class Said:
    """A speech in one language."""

    speech: Speech
    lang: Language

    def __call__(self, message_id: str, **args: str | int) -> str:
        """The message `message_id`, with its arguments."""
        return self.speech.say(self.lang, message_id, args)

    def text(self, texts: Texts) -> str:
        """One text of the hall's view."""
        match self.lang:
            case Language.EN:
                return texts.en
            case Language.FR:
                return texts.fr
            case Language.ES:
                return texts.es
            case Language.AR:
                return texts.ar
            case _:
                assert_never(self.lang)


def choice_id(kind: Kind, choice: Choice) -> str:
    """The id of a choice's word: in a quorum check there is but "Present"."""
    return "kiosk-present" if kind is Kind.ATTENDANCE else f"choice-{choice.value}"


def answer_words(ballot: KioskBallot, answer: Answer, said: Said) -> str:
    """An answer in words: a choice, the names in the order of the ballot, or a blank vote."""
    if isinstance(answer, Choice):
        return said(choice_id(ballot.kind, answer))
    if not answer:
        return said("kiosk-blank")
    names = {candidate.id: said.text(candidate.name) for candidate in ballot.candidates}
    return " · ".join(names.get(each, each) for each in answer)


def marks(ballot: KioskBallot, said: Said) -> list[str]:
    """What has to be said of a ballot beside its title: a test, a poll, the round, a tie ballot."""
    match ballot.kind:
        case Kind.TEST:
            return [said("hall-test")]
        case Kind.POLL:
            return [said("kind-poll")]
        case Kind.ELECTION:
            tie = [said("kiosk-tie-ballot")] if ballot.tie_ballot else []
            return [said("kiosk-round", n=ballot.round), *tie]
        case Kind.MOTION | Kind.ATTENDANCE:
            return []
        case _:
            assert_never(ballot.kind)


def open_headline(ballot: KioskBallot, member: str, said: Said) -> str:
    """What an open ballot asks of this seat, in a few words."""
    if asking_of(ballot) is Asking.ALOUD:
        turn = _turn_id(ballot.calling, member) if ballot.calling is not None else None
        return said(turn or _way_id(ballot.mode))
    if ballot.kind is Kind.TEST and ballot.asked is not None:
        return said("kiosk-test-press", choice=said(choice_id(Kind.TEST, ballot.asked)))
    if ballot.last_call:
        return said("kiosk-last-call")
    return said("kiosk-presence-ask" if ballot.kind is Kind.ATTENDANCE else "kiosk-open")


def aloud_status(ballot: KioskBallot, said: Said) -> str:
    """What happens in the hall, and who is called."""
    lines = [said(f"{_way_id(ballot.mode)}-hint")]
    calling = ballot.calling if ballot.phase is Phase.OPEN else None
    if calling is not None:
        second = [said("kiosk-second-call")] if calling.call == 2 else []
        now = [said("kiosk-calling", member=calling.member)] if calling.member else []
        answered = said("kiosk-answered", n=calling.answered)
        lines.append(" · ".join([*second, *now, answered]))
    return "\n".join(lines)


def recorded_words(ballot: KioskBallot, answer: Answer, said: Said) -> str:
    """What is said of a vote that the hall has confirmed, while the ballot is open."""
    match ballot.kind:
        case Kind.ATTENDANCE:
            return said("kiosk-presence-recorded")
        case Kind.TEST:
            asked = ballot.asked
            if asked is None or answer == asked:
                further = said("kiosk-test-right") if asked is not None else ""
            else:
                further = said("kiosk-test-wrong", choice=said(choice_id(Kind.TEST, asked)))
            return f"{said('kiosk-test-recorded')}. {further}".strip()
        case Kind.MOTION | Kind.ELECTION | Kind.POLL:
            further = said("kiosk-change-hint" if ballot.revocable else "kiosk-final")
            return f"{said('kiosk-recorded')}. {further}"
        case _:
            assert_never(ballot.kind)


def own_words(ballot: KioskBallot, answer: Answer | None, said: Said) -> str:
    """What became of the own vote. Empty where the seat was not asked."""
    match ballot.kind:
        case Kind.ATTENDANCE:
            missed, yours = "kiosk-presence-missed", "kiosk-presence-recorded"
        case Kind.TEST:
            missed, yours = "kiosk-test-missed", "kiosk-test-yours"
        case Kind.MOTION | Kind.ELECTION | Kind.POLL:
            missed, yours = "kiosk-did-not-vote", "kiosk-your-vote"
        case _:
            assert_never(ballot.kind)
    if answer is None:
        return "" if asking_of(ballot) is Asking.ALOUD else said(missed)
    if ballot.kind is Kind.ATTENDANCE:
        return said(yours)
    return said(yours, choice=answer_words(ballot, answer, said))


def ask_id(kind: Kind) -> str:
    """The id of what to do, while nothing is recorded."""
    match kind:
        case Kind.TEST:
            return "kiosk-test-hint"
        case Kind.POLL:
            return "kiosk-poll-hint"
        case Kind.ATTENDANCE:
            return "kiosk-presence-touch"
        case Kind.MOTION | Kind.ELECTION:
            return "kiosk-choose"
        case _:
            assert_never(kind)


def paper_status(ballot: KioskBallot, paper: Paper, said: Said) -> str:
    """Where a paper stands, and which keys go on."""
    most = ballot.names_per_ballot
    match paper.step:
        case PaperStep.REVIEW:
            names = answer_words(ballot, paper.names, said)
            return f"{said('kiosk-review-title')}: {names}\n{said('kiosk-keys-review')}"
        case PaperStep.BLANK:
            hint = f"{said('kiosk-blank')}. {said('kiosk-blank-hint')}"
            return f"{hint}\n{said('kiosk-keys-review')}"
        case PaperStep.FULL:
            first = said("kiosk-names-full", most=most)
        case PaperStep.CHOOSE:
            first = said("kiosk-names-chosen", chosen=len(paper.names), most=most)
            if paper.typed:
                first = f"{first} · {said('kiosk-number-typed', typed=paper.typed)}"
        case _:
            assert_never(paper.step)
    return f"{first}\n{said('kiosk-keys-choose')}"


def _way_id(mode: Mode) -> str:
    return f"kiosk-{mode.value.replace('_', '-')}"


def _turn_id(calling: Calling, member: str) -> str | None:
    if calling.member == member:
        return "kiosk-called-now"
    if calling.next[:1] == [member]:
        return "kiosk-called-next"
    return "kiosk-called-passed" if member in calling.pass_over else None
