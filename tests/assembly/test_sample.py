"""The sample assembly: names that cause no incident, tiles that fit, an agenda to vote on."""

from __future__ import annotations

from collections import Counter

import pytest

from server.assembly.agenda import ItemKind
from server.assembly.assembly import Assembly, alphabetical, member_by_code, seats_of
from server.assembly.member import TILE_LENGTH
from server.assembly.sample import load_sample
from server.assembly.sample.seed import draft
from server.assembly.sort_key import sort_key
from server.assembly.stored import as_json, from_json
from server.vocabulary import Language


@pytest.fixture(scope="module")
def sample() -> Assembly:
    return load_sample()


def test_has_196_members_with_one_seat_each_by_region(sample: Assembly) -> None:
    assert len({member.code for member in sample.members}) == 196
    assert all(len(seats_of(sample, member.code)) == 1 for member in sample.members)
    assert Counter(member.region for member in sample.members) == {
        "africa": 54,
        "americas": 38,
        "asia": 54,
        "europe": 50,
    }


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (
            "CD",
            (
                "Democratic Republic of the Congo",
                "République démocratique du Congo",
                "República Democrática del Congo",
                "جمهورية الكونغو الديمقراطية",
            ),
        ),
        ("CG", ("Congo", "Congo", "Congo", "الكونغو")),
        ("CI", ("Côte d’Ivoire", "Côte d’Ivoire", "Côte d’Ivoire", "كوت ديفوار")),
        ("PS", ("State of Palestine", "État de Palestine", "Estado de Palestina", "دولة فلسطين")),
        ("VA", ("Holy See", "Saint-Siège", "Santa Sede", "الكرسي الرسولي")),
        ("KR", ("Republic of Korea", "République de Corée", "República de Corea", "جمهورية كوريا")),
        ("CV", ("Cabo Verde", "Cabo Verde", "Cabo Verde", "كابو فيردي")),
        (
            "MK",
            ("North Macedonia", "Macédoine du Nord", "Macedonia del Norte", "مقدونيا الشمالية"),
        ),
    ],
)
def test_contested_names_are_the_official_ones(
    sample: Assembly, code: str, names: tuple[str, str, str, str]
) -> None:
    member = member_by_code(sample, code)
    assert member is not None
    assert tuple(member.names[language] for language in Language) == names


def test_no_name_is_left_as_a_screen_must_never_show_it(sample: Assembly) -> None:
    everything = "\n".join(
        member.names[language] for member in sample.members for language in Language
    )
    for unwanted in ("Kinshasa", "Brazzaville", "Burma", "Birmanie", "South Korea", "Vatican"):
        assert unwanted not in everything
    assert "&" not in everything
    assert "'" not in everything, "the names use the typographic apostrophe"


def test_names_and_sort_keys_are_each_used_once(sample: Assembly) -> None:
    for language in Language:
        assert len({member.names[language] for member in sample.members}) == 196
        assert len({member.tile[language] for member in sample.members}) == 196
        assert len({member.sort_keys[language] for member in sample.members}) == 196


def test_tiles_are_never_clipped(sample: Assembly) -> None:
    for member in sample.members:
        for language in Language:
            name, tile = member.names[language], member.tile[language]
            assert 0 < len(tile) <= TILE_LENGTH
            assert tile == name or len(name) > TILE_LENGTH


def test_sort_keys_are_those_of_the_names(sample: Assembly) -> None:
    for member in sample.members:
        for language in Language:
            assert member.sort_keys[language] == sort_key(language, member.names[language])


def test_alphabetical_lists_read_as_each_language_expects(sample: Assembly) -> None:
    def names(language: Language) -> list[str]:
        return [member.names[language] for member in alphabetical(sample, language)]

    assert names(Language.EN)[:3] == ["Afghanistan", "Albania", "Algeria"]
    french = names(Language.FR)
    assert french.index("Égypte") < french.index("El Salvador") < french.index("Fidji")
    spanish = names(Language.ES)
    assert spanish.index("Eslovenia") < spanish.index("España") < spanish.index("Estonia")
    arabic = names(Language.AR)
    assert arabic.index("أذربيجان") < arabic.index("الأرجنتين") < arabic.index("أرمينيا")
    assert arabic.index("ألبانيا") < arabic.index("ألمانيا") < arabic.index("إندونيسيا")


def test_only_names_that_nobody_confirmed_are_unapproved(sample: Assembly) -> None:
    assert {member.code for member in sample.members if not member.approved} == {"AW", "CW", "SX"}


def test_everybody_may_vote_and_there_is_no_quorum(sample: Assembly) -> None:
    assert not any(member.suspended for member in sample.members)
    assert sample.settings.quorum is None
    assert sample.settings.two_person == frozenset()
    assert sample.settings.operator_may_certify


def test_agenda_brings_each_kind_of_decision(sample: Assembly) -> None:
    decisions = {item.decision for item in sample.agenda}
    assert {
        "ordinary",
        "budget",
        "admission",
        "host",
        "constitution_amendment",
        "regulations_amendment",
        "president",
        "vice_presidents",
        "executive_delegates",
    } <= decisions
    assert {item.kind for item in sample.agenda} == set(ItemKind)
    documents = [item.document for item in sample.agenda if item.document]
    assert len(documents) == len(set(documents))
    assert [sitting.opens for sitting in sample.sittings] == sorted(
        sitting.opens for sitting in sample.sittings
    )


def test_the_journal_gives_it_back_unchanged(sample: Assembly) -> None:
    assert from_json(as_json(sample)) == sample


def test_a_draft_from_cldr_is_never_approved() -> None:
    entry = draft("CD")
    assert "Congo - Kinshasa" in entry
    assert "approved = false" in entry
