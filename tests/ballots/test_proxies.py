"""Voting for another Member, and votes that weigh differently: what counts in the end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.assembly.roll import RightToVote, Roll, RollEntry
from server.ballots.life import CastVote
from server.ballots.proxies import choices_by_member, voted_for
from server.record.motion import motion_count, weighted_counts
from server.vocabulary import Choice

MEMBERS = tuple("ABCDEFGH")
CHOICES = tuple(choice.value for choice in Choice)


@st.composite
def rolls(draw: st.DrawFn) -> Roll:
    entries = tuple(
        RollEntry(
            member,
            draw(st.sampled_from(RightToVote)),
            draw(st.booleans()),
            {"votes": draw(st.integers(0, 10**12))},
        )
        for member in MEMBERS
    )
    entitled = [each.member for each in entries if each.status is RightToVote.ENTITLED]
    some = st.sets(st.sampled_from(entitled or MEMBERS), max_size=max(0, len(entitled) - 1))
    givers = draw(some) & set(entitled)
    holders = [member for member in entitled if member not in givers]
    proxies = {giver: draw(st.sampled_from(holders)) for giver in sorted(givers)}
    return Roll(entries, len(entries), proxies)


@st.composite
def votes_on(draw: st.DrawFn, roll: Roll) -> tuple[CastVote, ...]:
    entitled = [each.member for each in roll.entries if each.status is RightToVote.ENTITLED]
    voters = draw(st.sets(st.sampled_from(entitled))) if entitled else set()
    return tuple(
        CastVote(member, draw(st.sampled_from(CHOICES)), n, f"p{n}")
        for n, member in enumerate(sorted(voters), start=1)
    )


@given(st.data())
def test_a_giver_is_voted_for_only_if_it_has_not_voted_and_its_holder_has(
    data: st.DataObject,
) -> None:
    roll = data.draw(rolls())
    votes = data.draw(votes_on(roll))
    own = {vote.member: vote.choice for vote in votes}
    counted = choices_by_member(roll, votes)
    assert counted.items() >= own.items()
    for member in counted.keys() - own.keys():
        assert counted[member] == own[roll.proxies[member]]
    for member, holder in roll.proxies.items():
        assert (member in counted) == (member in own or holder in own)
    assert voted_for(roll, own).keys() == counted.keys() - own.keys()


@given(st.data())
def test_live_count_and_recount_agree_whatever_the_order_weights_and_proxies(
    data: st.DataObject,
) -> None:
    roll = data.draw(rolls())
    votes = data.draw(votes_on(roll))
    weight = data.draw(st.sampled_from([None, "votes"]))
    other_order = data.draw(st.permutations(votes))
    live = weighted_counts(roll, choices_by_member(roll, other_order), None, weight)
    count = motion_count(roll, votes, None, weight)
    assert (live[Choice.YES], live[Choice.NO], live[Choice.ABSTAIN]) == (
        count.yes, count.no, count.abstain,
    )  # fmt: skip
    weighs = {each.member: each.weights["votes"] if weight else 1 for each in roll.entries}
    by_hand = {choice.value: 0 for choice in Choice}
    for member, choice in choices_by_member(roll, votes).items():
        by_hand[choice] += weighs[member]
    assert by_hand == {choice.value: n for choice, n in live.items()}
    assert sum(live.values()) <= (count.present or 0) <= (count.entitled or 0)
    assert (count.entitled or 0) <= (count.members or 0)
