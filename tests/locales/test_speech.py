"""The four files say the same things; the server's voice fails loudly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from fluent.syntax import ast, parse
from fluent.syntax.visitor import Visitor

import server.rules.words
from server.locales.speech import SpeechError, load_speech, source
from server.rules.count import BaseName
from server.rules.majority import Majority
from server.rules.words import majority_words
from server.vocabulary import (
    Choice,
    Command,
    Disclosure,
    Kind,
    Language,
    Matter,
    Mode,
    OutcomeKind,
    Phase,
    RefusalReason,
    Role,
    RollStatus,
    Scene,
    Signal,
)

SPEECH: Final = load_speech()
EN, FR, ES, AR = Language
NUMBERS: Final = (0, 1, 2, 3, 11, 100, 102, 1234)


class Names(Visitor):
    """Collects the variables and messages that a pattern refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.variables: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802  # Fluent's API
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802  # Fluent's API
        self.messages.add(node.id.name)


def messages(language: Language) -> dict[str, ast.Message]:
    body = parse(source(language)).body
    assert not [entry for entry in body if isinstance(entry, ast.Junk)]
    entries = [entry for entry in body if isinstance(entry, ast.Message)]
    ids = [entry.id.name for entry in entries]
    assert len(ids) == len(set(ids)), "an id stands twice"
    return {entry.id.name: entry for entry in entries}


MESSAGES: Final = {language: messages(language) for language in Language}


def variables(language: Language, message_id: str) -> set[str]:
    names = Names()
    names.visit(MESSAGES[language][message_id])
    return names.variables.union(*(variables(language, each) for each in names.messages))


def numeric(language: Language) -> set[str]:
    """The variables that are numbers: those that a language formats with NUMBER."""
    return set(re.findall(r"NUMBER\(\$([a-z_]+)\)", source(language)))


def test_all_languages_have_the_same_messages_in_the_same_order() -> None:
    assert list(MESSAGES[FR]) == list(MESSAGES[EN])
    assert list(MESSAGES[ES]) == list(MESSAGES[EN])
    assert list(MESSAGES[AR]) == list(MESSAGES[EN])


@pytest.mark.parametrize("message_id", MESSAGES[EN])
def test_every_message_can_be_said_with_the_same_arguments(message_id: str) -> None:
    expected = variables(EN, message_id)
    for language in Language:
        assert variables(language, message_id) == expected, language
        for n in NUMBERS:
            args = {name: n if name in numeric(EN) else "xyz" for name in expected}
            said = SPEECH.say(language, message_id, args)
            assert said.strip()
            assert not re.search(r"[{}\u2068\u2069]", said)


def enumerations() -> Iterator[tuple[str, str]]:
    prefixes = {
        "choice": Choice,
        "phase": Phase,
        "command": Command,
        "confirm": Command,
        "refused": RefusalReason,
        "role": Role,
        "status": RollStatus,
        "scene": Scene,
        "signal": Signal,
        "outcome": OutcomeKind,
        "sentence": OutcomeKind,
        "mode": Mode,
        "kind": Kind,
        "disclosure": Disclosure,
        "language": Language,
        "count": Choice,
    }
    for prefix, values in prefixes.items():
        for value in values:
            yield prefix, str(value)


@pytest.mark.parametrize(("prefix", "value"), list(enumerations()))
def test_every_word_of_the_vocabulary_has_its_message(prefix: str, value: str) -> None:
    assert f"{prefix}-{value.replace('_', '-')}" in MESSAGES[EN]


def test_every_message_that_the_rules_name_exists() -> None:
    text = Path(server.rules.words.__file__).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:rule|base|measure|outcome)-[a-z-]+)`", text))
    assert len(named) > 20
    assert named <= set(MESSAGES[EN])
    assert {f"needed-base-{name.replace('_', '-')}" for name in BaseName} <= set(MESSAGES[EN])
    outcomes = {each.removeprefix("outcome-") for each in named if each.startswith("outcome-")}
    assert {f"sentence-{outcome}" for outcome in outcomes} <= set(MESSAGES[EN])


# The words of the hall: id, then English, French, Spanish, Arabic.
WORDS: Final = {
    "choice-yes": ("In favour", "Pour", "A favor", "مؤيد"),
    "choice-no": ("Against", "Contre", "En contra", "معارض"),
    "choice-abstain": ("Abstention", "Abstention", "Abstención", "ممتنع"),
    "choice-none": ("Not voting", "N'a pas voté", "No votó", "لم يصوّت"),
    "choice-absent": ("Absent", "Absent", "Ausente", "غائب"),
    "count-yes": ("In favour", "Pour", "A favor", "المؤيدون"),
    "count-no": ("Against", "Contre", "En contra", "المعارضون"),
    "count-abstain": ("Abstentions", "Abstentions", "Abstenciones", "الممتنعون عن التصويت"),
    "count-none": ("Not voting", "N'ont pas voté", "No votaron", "لم يصوّتوا"),
    "count-absent": ("Absent", "Absents", "Ausentes", "الغائبون"),
    "outcome-adopted": ("Adopted", "Adopté", "Aprobado", "اعتُمد"),
    "outcome-rejected": ("Rejected", "Rejeté", "Rechazado", "رُفض"),
    "outcome-not-adopted": ("Not adopted", "Non adopté", "No aprobado", "لم يُعتمد"),
    "outcome-consensus": (
        "Adopted without a vote",
        "Adopté sans vote",
        "Aprobado sin votación",
        "اعتُمد دون تصويت",
    ),
    "said-open": (
        "The voting is open",
        "Le vote est ouvert",
        "La votación está abierta",
        "باب التصويت مفتوح",
    ),
    "said-last-call": (
        "Have all Members voted?",
        "Tous les Membres ont-ils voté ?",
        "¿Han votado todos los Miembros?",
        "هل صوّت جميع الأعضاء؟",
    ),
    "said-closed": (
        "The voting is closed",
        "Le vote est clos",
        "La votación está cerrada",
        "أُغلق باب التصويت",
    ),
    "said-suspended": (
        "Voting interrupted",
        "Vote interrompu",
        "Votación interrumpida",
        "أُوقف التصويت مؤقتًا",
    ),
    "kiosk-recorded": (
        "Your vote has been recorded",
        "Votre vote a été enregistré",
        "Su voto ha quedado registrado",
        "سُجّل صوتكم",
    ),
    "kiosk-change-hint": (
        "You can change it until the vote is closed",
        "Vous pouvez le modifier jusqu'à la clôture du vote",
        "Puede cambiarlo hasta que se cierre la votación",
        "يمكنكم تغييره حتى إغلاق باب التصويت",
    ),
    "kiosk-right-suspended": (
        "Your right to vote is suspended",
        "Votre droit de vote est suspendu",
        "Su derecho de voto está suspendido",
        "حقكم في التصويت معلّق",
    ),
    "command-second-vote": (
        "Second vote on the proposal",
        "Second vote sur la proposition",
        "Nueva votación sobre la propuesta",
        "تصويت ثانٍ على الاقتراح",
    ),
    "mode-secret": ("Secret ballot", "Scrutin secret", "Votación secreta", "اقتراع سري"),
    "hall-quorum": ("Quorum", "Quorum", "Quórum", "النصاب القانوني"),
    "mode-roll-call": (
        "Roll-call vote",
        "Vote par appel nominal",
        "Votación nominal",
        "التصويت بنداء الأسماء",
    ),
    "mode-hands": (
        "Show of hands",
        "Vote à main levée",
        "Votación a mano alzada",
        "التصويت برفع الأيدي",
    ),
    "hall-tellers": ("Tellers", "Scrutateurs", "Escrutadores", "فارزو الأصوات"),
    "signal-point-of-order": (
        "Point of order",
        "Motion d'ordre",
        "Cuestión de orden",
        "نقطة نظام",
    ),
}


@pytest.mark.parametrize("message_id", WORDS)
def test_the_words_of_the_hall(message_id: str) -> None:
    said = tuple(SPEECH.say(language, message_id, {"n": 7}) for language in Language)
    assert said == WORDS[message_id]


def test_a_majority_in_words() -> None:
    two_thirds = majority_words(Majority(2, 3, at_least=True), BaseName.YES_NO)
    said = SPEECH.say_words_all(two_thirds)
    assert said.en == "Two-thirds majority of the Members present and voting"
    assert said.fr == "Majorité des deux tiers des Membres présents et votants"
    assert said.es == "Mayoría de dos tercios de los Miembros presentes y votantes"
    assert said.ar == "أغلبية ثلثي الأعضاء الحاضرين والمصوّتين"


def test_the_chairs_sentence() -> None:
    figures: dict[str, int | str] = {"yes": 138, "no": 9, "abstain": 41, "matter": "resolution"}
    said = SPEECH.say_all("sentence-adopted", figures)
    assert said.en == (
        "The result is: in favour 138, against 9, abstentions 41. The draft resolution is adopted."
    )
    assert "pour 138, contre 9, abstentions 41" in said.fr
    assert said.fr.endswith("Le projet de résolution est adopté.")
    assert "a favor 138, en contra 9, abstenciones 41" in said.es
    assert said.es.endswith("Queda aprobado el proyecto de resolución.")
    assert "المؤيدون: 138 عضوًا" in said.ar
    assert said.ar.endswith("اعتُمد مشروع القرار.")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("ending", ["adopted", "rejected", "not-adopted", "consensus"])
def test_each_matter_has_a_sentence_of_its_own(language: Language, ending: str) -> None:
    said = {
        matter: SPEECH.say(language, f"sentence-matter-{ending}", {"matter": matter.value})
        for matter in Matter
    }
    assert len(set(said.values())) == len(Matter)
    assert all(sentence.endswith(".") for sentence in said.values())
    assert all(SPEECH.has(f"matter-{matter.value.replace('_', '-')}") for matter in Matter)


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "لا أحد"),
        (1, "عضو واحد"),
        (2, "عضوان"),
        (3, "3 أعضاء"),
        (10, "10 أعضاء"),
        (11, "11 عضوًا"),
        (99, "99 عضوًا"),
        (100, "100 عضو"),
        (101, "101 عضو"),
        (103, "103 أعضاء"),
    ],
)
def test_arabic_counts_in_six_forms(n: int, said: str) -> None:
    sentence = SPEECH.say(AR, "sentence-result", {"yes": n, "no": 40, "abstain": 40})
    assert f"المؤيدون: {said}؛" in sentence


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        (EN, 0, "abstentions 0."),
        (EN, 1, "abstention 1."),
        (FR, 0, "abstention 0."),
        (FR, 2, "abstentions 2."),
        (ES, 1, "abstención 1."),
        (ES, 0, "abstenciones 0."),
    ],
)
def test_abstention_agrees_with_its_number(language: Language, n: int, said: str) -> None:
    assert said in SPEECH.say(language, "sentence-result", {"yes": 3, "no": 3, "abstain": n})


def test_arabic_digits_are_latin_unless_the_assembly_asks() -> None:
    args = {"voted": 1234, "entitled": 1960}
    assert SPEECH.say(AR, "hall-turnout", args) == "1,234 من 1,960"
    assert load_speech("arab").say(AR, "hall-turnout", args) == "١٬٢٣٤ من ١٬٩٦٠"
    assert load_speech("arab").say(EN, "hall-turnout", args) == "1,234 of 1,960"


def test_names_and_symbols_keep_their_digits() -> None:
    said = load_speech("arab").say(AR, "hall-document", {"symbol": "GA-2027-94-REP-02"})
    assert said == "الوثيقة GA-2027-94-REP-02"


def test_what_cannot_be_said_is_an_error() -> None:
    with pytest.raises(SpeechError, match=r"en\.ftl, message 'no-such': there is no such message"):
        SPEECH.say(EN, "no-such")
    with pytest.raises(SpeechError, match=r"fr\.ftl, message 'sentence-adopted'.*abstain"):
        SPEECH.say(FR, "sentence-adopted", {"yes": 1, "no": 1})
    assert not SPEECH.has("no-such")
    assert SPEECH.has("said-open")
