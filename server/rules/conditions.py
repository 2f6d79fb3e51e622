"""Conditions on who can stand: countries, regions, and how many offices of a kind there are.

Rule: an assembly's conditions are data in its rulebook, `[decisions.KEY.conditions]`; this module
only checks them. Who cannot stand is an objection that blocks; too many offices is an alert that
the presiding officer answers. Regions stand for continents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.rules.reading import Malformed, joined, shown, table, text, whole


@dataclass(frozen=True, slots=True)
class Conditions:
    """`places_by_region`: how many are elected in each region, each by a ballot of its own.

    `different_countries` and `different_regions` name the decision types whose office holders
    must all be from different countries, or regions; `most_offices` is how many of the kind
    there are.
    """

    places_by_region: Mapping[str, int]
    different_countries: tuple[str, ...] = ()
    different_regions: tuple[str, ...] = ()
    most_offices: int | None = None


NO_CONDITIONS = Conditions({})


@dataclass(frozen=True, slots=True)
class Runner:
    """A candidate, with the country and region it is from; None where nobody said."""

    id: str
    country: str | None
    region: str | None


@dataclass(frozen=True, slots=True)
class Office:
    """An office that is filled: by which decision type, from which country and region."""

    decision: str
    country: str | None
    region: str | None


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a ballot cannot be held as it is: the field, and what to send instead."""

    field: str
    remedy: str


def objection_to(
    conditions: Conditions,
    rule: str,
    runners: Sequence[Runner],
    offices: Sequence[Office],
    region: str | None,
    places: int,
) -> Objection | None:
    """The first reason why these candidates cannot stand; `rule` is how the condition is cited."""
    if conditions.places_by_region and region not in conditions.places_by_region:
        known = ", ".join(conditions.places_by_region)
        return Objection(
            "region", f"{rule}: seats are filled region by region; send one of {known}"
        )
    if region is not None:
        if conditions.places_by_region and places > conditions.places_by_region[region]:
            most = conditions.places_by_region[region]
            return Objection("places", f"{rule}: {region} has {most}; send at most that many")
        for each in runners:
            if each.region not in (None, region):
                return Objection(
                    "candidates",
                    f"{rule}: {each.id} is from {each.region}, not from {region}; "
                    "leave the candidate out",
                )
    return _taken(
        rule, "country", conditions.different_countries, runners, offices, places
    ) or _taken(rule, "region", conditions.different_regions, runners, offices, places)


def _taken(
    rule: str,
    what: str,
    decisions: Sequence[str],
    runners: Sequence[Runner],
    offices: Sequence[Office],
    places: int,
) -> Objection | None:
    if not decisions:
        return None
    held = {_of(each, what): each.decision for each in offices if each.decision in decisions}
    for each in runners:
        home = _of(each, what)
        if home is not None and home in held:
            return Objection(
                "candidates",
                f"{rule}: {each.id} cannot stand, because {home} holds an office already "
                f"(`{held[home]}`) and office holders are of different "
                f"{'countries' if what == 'country' else 'regions'}; leave the candidate out",
            )
    homes = Counter(home for each in runners if (home := _of(each, what)) is not None)
    twice = next((home for home, n in homes.items() if n > 1), None)
    if places > 1 and twice is not None:
        return Objection(
            "candidates",
            f"{rule}: two candidates from {twice} could both be elected in one ballot; hold a "
            "ballot for each region (`region` and `places`), or leave one of them out",
        )
    return None


def _of(who: Runner | Office, what: str) -> str | None:
    return who.country if what == "country" else who.region


def offices_beyond(
    conditions: Conditions, decision: str, offices: Sequence[Office], places: int
) -> int | None:
    """How many of these offices are filled already, where this ballot would fill too many."""
    held = sum(each.decision == decision for each in offices)
    most = conditions.most_offices
    return held if most is not None and held + places > most else None


def conditions_from_toml(value: object, path: str) -> Conditions:
    """Read `[decisions.KEY.conditions]`; raises `Malformed`."""
    keys = table(
        value,
        path,
        (),
        ("places_by_region", "different_countries", "different_regions", "most_offices"),
    )
    where = joined(path, "places_by_region")
    regions = keys.get("places_by_region", {})
    if not isinstance(regions, dict):
        raise Malformed(where, f"expected a table of regions and places, got {shown(regions)}")
    return Conditions(
        {name: whole(n, joined(where, name), least=1) for name, n in regions.items()},
        _keys(keys.get("different_countries", []), joined(path, "different_countries")),
        _keys(keys.get("different_regions", []), joined(path, "different_regions")),
        whole(keys["most_offices"], joined(path, "most_offices"), least=1)
        if "most_offices" in keys
        else None,
    )


def _keys(value: object, path: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Malformed(path, f"expected a list of decision types, got {shown(value)}")
    return tuple(text(each, f"{path}[{i}]") for i, each in enumerate(value))
