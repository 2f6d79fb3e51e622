"""The file of an assembly: what is accepted, and how each problem is named."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.assembly.agenda import AgendaItem, ItemKind, Sitting
from server.assembly.assembly import Assembly, Digits, Officer, QuorumOf, QuorumSetting, Settings
from server.assembly.files import DEFAULT_SETTINGS, parse_assembly
from server.assembly.member import Member
from server.assembly.problems import AssemblyProblems
from server.assembly.sample import load_sample
from server.assembly.seat import Seat
from server.assembly.stored import as_json, from_json
from server.assembly.texts import Texts
from server.vocabulary import Command, Language

HEAD = """
[assembly]
id = "test"
name = { en = "A", fr = "B", es = "C", ar = "د" }
rulebook = "interpol"
"""
NAMES = 'names = { en = "Atlantis", fr = "Atlantide", es = "Atlántida", ar = "أطلانطس" }'
MEMBER = f'[[members]]\ncode = "AT"\nregion = "sea"\n{NAMES}\n'


def problems_of(text: str) -> str:
    read = parse_assembly(text, "hall.toml")
    assert isinstance(read, AssemblyProblems), read
    return str(read)


def assembly_of(text: str) -> Assembly:
    read = parse_assembly(text, "hall.toml")
    assert isinstance(read, Assembly), str(read)
    return read


def test_what_may_be_left_out_has_its_default() -> None:
    assembly = assembly_of(HEAD + MEMBER)
    assert assembly.settings == DEFAULT_SETTINGS
    assert assembly.languages == tuple(Language)
    assert assembly.seats == (Seat("AT-1", "AT"),)
    assert assembly.sittings == ()
    assert assembly.agenda == ()
    member = assembly.members[0]
    assert member.tile == member.names
    assert member.sort_keys == Texts(en="atlantis", fr="atlantide", es="atlantida", ar="اطلانطس")
    assert not member.approved
    assert not member.suspended


def test_an_agenda_alone_takes_the_members_that_are_handed_in() -> None:
    members = load_sample().members
    read = parse_assembly(HEAD, "hall.toml", members)
    assert isinstance(read, Assembly)
    assert read.members == members
    assert len(read.seats) == 196


def test_weights_and_officers_are_kept_and_left_out_where_there_are_none() -> None:
    officer = '[[officers]]\ndecision = "president"\nmember = "AT"\n'
    assembly = assembly_of(HEAD + MEMBER + "weights = { population = 8320 }\n" + officer)
    assert assembly.members[0].weights == {"population": 8320}
    assert assembly.officers == (Officer("president", "AT"),)
    assert from_json(json.loads(json.dumps(as_json(assembly)))) == assembly
    plain = as_json(assembly_of(HEAD + MEMBER))
    assert "officers" not in plain
    assert "weights" not in plain["members"][0]


def test_every_setting_can_be_given() -> None:
    text = """
[settings]
digits = "arab"
display_public = true
two_person = ["void", "certify"]
operator_may_certify = false
time_zone = "Africa/Abidjan"
quorum = { of = [1, 2], at_least = false, of_whom = "members" }
"""
    assert assembly_of(HEAD + MEMBER + text).settings == Settings(
        quorum=QuorumSetting(of=(1, 2), at_least=False, of_whom=QuorumOf.MEMBERS),
        digits=Digits.ARAB,
        display_public=True,
        two_person=frozenset({Command.VOID, Command.CERTIFY}),
        operator_may_certify=False,
        time_zone="Africa/Abidjan",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[assembly", "hall.toml: the file: is not TOML"),
        (MEMBER, "the file, key 'assembly': is missing"),
        (HEAD, "the file, key 'members': is missing"),
        (HEAD + MEMBER + "colour = 3", "members[1] (AT), key 'colour': is not known here"),
        (HEAD + MEMBER + MEMBER, "key 'members.code': 'AT' stands there twice"),
        (HEAD + MEMBER.replace('"AT"', '"A T"'), "members[1] (A T), key 'code'"),
        (
            HEAD + MEMBER.replace(', fr = "Atlantide"', ""),
            "members[1] (AT), key 'names.fr': is missing or empty. Give it in all languages",
        ),
        (
            HEAD + MEMBER + NAMES.replace("names", "tile").replace("Atlantis", "A" * 19),
            "key 'tile.en': 'AAAAAAAAAAAAAAAAAAA' is longer than 18 characters",
        ),
        (
            HEAD + MEMBER + "weights = { votes = 1.5 }",
            "key 'weights.votes': is not a whole number of nought or more",
        ),
        (
            HEAD + MEMBER + '[[officers]]\ndecision = "president"\nmember = "XX"',
            "key 'member': 'XX' is no Member's code",
        ),
        (HEAD + MEMBER + 'suspended = "no"', "key 'suspended': is neither true nor false"),
        (
            HEAD + MEMBER + '[[seats]]\nid = "1"\nmember = "XX"',
            "seats[1] (1), key 'member': 'XX' is no Member's code",
        ),
        (
            HEAD + MEMBER + 2 * '[[seats]]\nid = "1"\nmember = "AT"\n',
            "key 'seats.id': '1' stands there twice",
        ),
        (
            HEAD + MEMBER + '[settings]\ntime_zone = "Mars/Olympus"',
            "settings, key 'time_zone': 'Mars/Olympus' is not known",
        ),
        (HEAD + MEMBER + '[settings]\ndigits = "roman"', "is not one of latn, arab"),
        (
            HEAD + MEMBER + '[settings.quorum]\nof = [3, 2]\nat_least = true\nof_whom = "members"',
            "settings.quorum, key 'of': is not a fraction",
        ),
        (
            HEAD + MEMBER + "[[sittings]]\nnumber = 0",
            "sittings[1] (0), key 'number': is not a whole number above zero",
        ),
        (
            HEAD + MEMBER + '[[sittings]]\nnumber = 1\nopens = "2027-13-01T09:30"',
            "key 'opens': '2027-13-01T09:30' is no local time",
        ),
        (
            HEAD + MEMBER + '[[agenda]]\nnumber = "1"\nkind = "motion"\nsitting = 4',
            "agenda[1] (1), key 'sitting': there is no sitting 4",
        ),
        (
            HEAD + MEMBER + '[[agenda]]\nnumber = "1"\nkind = "motion"',
            "agenda[1] (1), key 'decision': is missing",
        ),
        (HEAD + MEMBER + "[surprise]", "the file, key 'surprise': is not known here"),
        (HEAD + 'languages = ["en", "fr"]\n' + MEMBER, "key 'languages': leaves one out"),
        (HEAD + "members = 3", "key 'members': is not a list of tables"),
    ],
)
def test_a_problem_names_place_and_remedy(text: str, expected: str) -> None:
    # A key that follows the head's table belongs to it; here it is meant for the file.
    if text == HEAD + "members = 3":
        text = "members = 3\n" + HEAD
    assert expected in problems_of(text)


def test_all_problems_are_told_at_once() -> None:
    text = HEAD.replace('rulebook = "interpol"', "") + MEMBER + "x = 1\n[settings]\ny = 2"
    assert len(problems_of(text).splitlines()) == 3


words = st.text(min_size=1, max_size=8)
texts = st.builds(Texts, en=words, fr=words, es=words, ar=words)
members = st.builds(
    Member,
    code=words,
    region=words,
    names=texts,
    tile=texts,
    sort_keys=texts,
    suspended=st.booleans(),
    approved=st.booleans(),
)
numbers = st.integers(min_value=1, max_value=99)
items = st.builds(
    AgendaItem,
    number=words,
    title=texts,
    document=st.none() | words,
    decision=st.none() | words,
    kind=st.sampled_from(ItemKind),
    sitting=st.none() | numbers,
)
settings_ = st.builds(
    Settings,
    quorum=st.none()
    | st.builds(
        QuorumSetting,
        of=st.tuples(numbers, numbers),
        at_least=st.booleans(),
        of_whom=st.sampled_from(QuorumOf),
    ),
    digits=st.sampled_from(Digits),
    display_public=st.booleans(),
    two_person=st.frozensets(st.sampled_from(Command)),
    operator_may_certify=st.booleans(),
    time_zone=words,
)
assemblies = st.builds(
    Assembly,
    id=words,
    name=texts,
    languages=st.just(tuple(Language)),
    rulebook=words,
    members=st.lists(members, max_size=3).map(tuple),
    seats=st.lists(st.builds(Seat, id=words, member=words), max_size=3).map(tuple),
    sittings=st.lists(
        st.builds(Sitting, number=numbers, opens=words, presiding=texts), max_size=3
    ).map(tuple),
    agenda=st.lists(items, max_size=3).map(tuple),
    settings=settings_,
)


@given(assemblies)
def test_stored_and_read_back_is_the_same(assembly: Assembly) -> None:
    assert from_json(json.loads(json.dumps(as_json(assembly)))) == assembly


def test_a_damaged_store_is_an_error_not_a_default() -> None:
    content = as_json(load_sample())
    del content["settings"]["time_zone"]
    with pytest.raises(ValueError, match="time_zone"):
        from_json(content)
