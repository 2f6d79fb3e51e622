"""An assembly as plain JSON values, the form in which the journal keeps it.

Rule: `from_json(as_json(assembly)) == assembly`. The form is written by this product only, so a
value that does not fit is damage or a bug: `ValueError` with the place, never a default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from server.assembly.agenda import AgendaItem, ItemKind, Sitting
from server.assembly.assembly import Assembly, Digits, Officer, QuorumOf, QuorumSetting, Settings
from server.assembly.member import Delegate, Member
from server.assembly.seat import Seat
from server.assembly.texts import texts_from
from server.vocabulary import Command, Language


def as_json(assembly: Assembly) -> dict[str, Any]:
    """The assembly as dicts, lists, texts, whole numbers and truth values."""
    return {
        "id": assembly.id,
        "name": assembly.name.as_json(),
        "languages": [language.value for language in assembly.languages],
        "rulebook": assembly.rulebook,
        "members": [member_as_json(member) for member in assembly.members],
        "seats": [{"id": seat.id, "member": seat.member} for seat in assembly.seats],
        "sittings": [
            {
                "number": sitting.number,
                "opens": sitting.opens,
                "presiding": sitting.presiding.as_json(),
            }
            for sitting in assembly.sittings
        ],
        "agenda": [
            {
                "number": item.number,
                "title": item.title.as_json(),
                "document": item.document,
                "decision": item.decision,
                "kind": item.kind.value,
                "sitting": item.sitting,
            }
            for item in assembly.agenda
        ],
        "settings": _settings_as_json(assembly.settings),
        **_officers_as_json(assembly),
    }


def from_json(content: Mapping[str, Any]) -> Assembly:
    """The assembly that `as_json` wrote."""
    try:
        return Assembly(
            id=content["id"],
            name=texts_from(content["name"]),
            languages=tuple(Language(value) for value in content["languages"]),
            rulebook=content["rulebook"],
            members=tuple(member_from_json(member) for member in content["members"]),
            seats=tuple(Seat(seat["id"], seat["member"]) for seat in content["seats"]),
            sittings=tuple(
                Sitting(sitting["number"], sitting["opens"], texts_from(sitting["presiding"]))
                for sitting in content["sittings"]
            ),
            agenda=tuple(
                AgendaItem(
                    number=item["number"],
                    title=texts_from(item["title"]),
                    document=item["document"],
                    decision=item["decision"],
                    kind=ItemKind(item["kind"]),
                    sitting=item["sitting"],
                )
                for item in content["agenda"]
            ),
            settings=_settings_from_json(content["settings"]),
            officers=tuple(
                Officer(each["decision"], each["member"]) for each in content.get("officers", ())
            ),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"a stored assembly lacks or misplaces {error}") from error


def _officers_as_json(assembly: Assembly) -> dict[str, Any]:
    """The officers, who came later: without any they are left out."""
    told = [{"decision": each.decision, "member": each.member} for each in assembly.officers]
    return {"officers": told} if told else {}


def member_as_json(member: Member) -> dict[str, Any]:
    """A Member as plain JSON values. Weights and delegates came later: without any they are left
    out. To whom the vote was handed is said by entries of their own."""
    return {
        "code": member.code,
        "region": member.region,
        "names": member.names.as_json(),
        "tile": member.tile.as_json(),
        "sort_keys": member.sort_keys.as_json(),
        "suspended": member.suspended,
        "approved": member.approved,
        **({"weights": dict(member.weights)} if member.weights else {}),
        **({"delegates": delegates_as_json(member.delegates)} if member.delegates else {}),
    }


def delegates_as_json(delegates: tuple[Delegate, ...]) -> list[dict[str, Any]]:
    """A delegation as plain JSON values."""
    return [{"name": each.name, "head": each.head} for each in delegates]


def delegates_from_json(content: Sequence[Mapping[str, Any]]) -> tuple[Delegate, ...]:
    """The delegation that `delegates_as_json` wrote."""
    return tuple(Delegate(each["name"], each["head"]) for each in content)


def member_from_json(content: Mapping[str, Any]) -> Member:
    """The Member that `member_as_json` wrote; KeyError or TypeError if it did not."""
    return Member(
        code=content["code"],
        region=content["region"],
        names=texts_from(content["names"]),
        tile=texts_from(content["tile"]),
        sort_keys=texts_from(content["sort_keys"]),
        suspended=content["suspended"],
        approved=content["approved"],
        weights=dict(content.get("weights", {})),
        delegates=delegates_from_json(content.get("delegates", ())),
    )


def _settings_as_json(settings: Settings) -> dict[str, Any]:
    quorum = settings.quorum
    return {
        "quorum": None
        if quorum is None
        else {
            "of": list(quorum.of),
            "at_least": quorum.at_least,
            "of_whom": quorum.of_whom.value,
        },
        "digits": settings.digits.value,
        "display_public": settings.display_public,
        "two_person": sorted(command.value for command in settings.two_person),
        "operator_may_certify": settings.operator_may_certify,
        "time_zone": settings.time_zone,
    }


def _settings_from_json(content: Mapping[str, Any]) -> Settings:
    quorum = content["quorum"]
    return Settings(
        quorum=None
        if quorum is None
        else QuorumSetting(
            of=(quorum["of"][0], quorum["of"][1]),
            at_least=quorum["at_least"],
            of_whom=QuorumOf(quorum["of_whom"]),
        ),
        digits=Digits(content["digits"]),
        display_public=content["display_public"],
        two_person=frozenset(Command(value) for value in content["two_person"]),
        operator_may_certify=content["operator_may_certify"],
        time_zone=content["time_zone"],
    )
