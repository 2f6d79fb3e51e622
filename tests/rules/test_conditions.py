"""Who can stand: countries, regions, seats by region, and offices beyond their number."""

from __future__ import annotations

import pytest

from server.rules.conditions import (
    Conditions,
    Office,
    Runner,
    objection_to,
    offices_beyond,
)
from server.rules.rulebook import RulebookError, load_rulebook, rulebook_from_toml
from tests.rules.test_rulebook import SMALL

BOTH = Conditions({}, ("president", "delegates"), ("president",), 3)
RULE = "Constitution, Article 15"


def runner(id_: str, country: str | None, region: str | None) -> Runner:
    return Runner(id_, country, region)


@pytest.mark.parametrize(
    ("office", "held"),
    [
        (Office("delegates", "FR", "europe"), "FR"),
        (Office("president", "DE", "europe"), "europe"),
    ],
)
def test_who_comes_from_where_an_office_is_held_cannot_stand(office: Office, held: str) -> None:
    objection = objection_to(BOTH, RULE, [runner("ana", "FR", "europe")], [office], None, 1)
    assert objection is not None
    assert objection.field == "candidates"
    assert objection.remedy.startswith(f"{RULE}: ana cannot stand, because {held} ")


def test_an_office_of_another_kind_bars_nobody() -> None:
    offices = [Office("secretary", "FR", "europe"), Office("delegates", "DE", "europe")]
    assert objection_to(BOTH, RULE, [runner("ana", "FR", "europe")], offices, None, 1) is None


def test_two_of_one_country_bar_each_other_only_where_both_could_be_elected() -> None:
    two = [runner("ana", "FR", "europe"), runner("bo", "FR", "europe")]
    assert objection_to(BOTH, RULE, two, [], None, 1) is None
    objection = objection_to(BOTH, RULE, two, [], None, 2)
    assert objection is not None
    assert "two candidates from FR" in objection.remedy


def test_who_gave_no_country_is_not_checked() -> None:
    unknown = [runner("ana", None, None), runner("bo", None, None)]
    assert objection_to(BOTH, RULE, unknown, [Office("president", None, None)], None, 2) is None


def test_seats_by_region() -> None:
    seats = Conditions({"africa": 2, "europe": 3})
    here = [runner("ana", "KE", "africa")]
    assert objection_to(seats, RULE, here, [], "africa", 2) is None
    for region, places, field in (
        (None, 2, "region"), ("asia", 2, "region"), ("africa", 3, "places"),
        ("europe", 1, "candidates"),
    ):  # fmt: skip
        objection = objection_to(seats, RULE, here, [], region, places)
        assert objection is not None
        assert (objection.field, RULE in objection.remedy) == (field, True)


def test_a_fourth_office_is_an_alert() -> None:
    held = [Office("vice", "FR", None)] * 3
    assert offices_beyond(BOTH, "vice", held, 1) == 3
    assert offices_beyond(BOTH, "vice", held[:2], 1) is None
    assert offices_beyond(Conditions({}), "vice", held, 9) is None


def test_the_books_conditions_are_data() -> None:
    book = load_rulebook("interpol")
    assert book.decisions["executive_delegates"].conditions.places_by_region.keys() == {
        "africa", "americas", "asia", "europe",
    }  # fmt: skip
    assert sum(book.decisions["executive_delegates"].conditions.places_by_region.values()) == 9
    assert book.decisions["vice_presidents"].conditions.most_offices == 3


def test_conditions_of_a_motion_are_an_error() -> None:
    with pytest.raises(RulebookError, match="conditions"):
        rulebook_from_toml(
            SMALL + "\n[decisions.ordinary.conditions]\nmost_offices = 1\n", "own.toml", "own"
        )
