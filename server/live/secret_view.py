"""What is shown of a secret ballot: how far it is, and never what anybody chose.

Rule: there are no counts before the scrutineers have opened the tally, so there is nothing to
withhold but who has voted and how many ballots wait for their proof; the disclosure says whether
these are shown. Every text of the election is public from the announcement on.
"""

from __future__ import annotations

from server.ballots.life import Announced, Ballot, InDoubt, Open, Prepared, Suspended
from server.hall.state import assembly_of, election_key
from server.live.snapshot import Snapshot
from server.secrecy.election import read_election
from server.vocabulary import Disclosure, Mode, SealedFault
from server.wire import views


def kiosk_secret(ballot: Ballot) -> views.KioskSecret | None:
    """What every seat needs to seal its vote, without the Member's own credential."""
    secret = ballot.secret
    if secret is None:
        return None
    return views.KioskSecret(
        election=secret.election,
        fingerprint=read_election(secret.election).fingerprint,
        credential=None,
    )


def with_credential(
    shared: views.KioskBallot | None, ballot: Ballot, member: str
) -> views.KioskSecret | None:
    """The same for one Member's seat."""
    if shared is None or shared.secret is None or ballot.secret is None:
        return None
    return shared.secret.model_copy(update={"credential": ballot.secret.accredited.get(member)})


def progress(ballot: Ballot) -> views.SecretProgress | None:
    """How far a secret ballot is, from its announcement on."""
    secret = ballot.secret
    if secret is None:
        return None
    opened = [secret.scrutineers[each.trustee - 1] for each in secret.shares]
    before = isinstance(ballot.state, Announced | Open | Suspended | InDoubt)
    done = list(secret.signatures) if before else opened
    return views.SecretProgress(
        fingerprint=read_election(secret.election).fingerprint,
        accredited=len(secret.accredited),
        signed=list(secret.signatures),
        opened=opened,
        missing=[name for name in secret.scrutineers if name not in done],
        needed=secret.needed,
        is_open=secret.result is not None,
    )


def desk_part(snapshot: Snapshot) -> views.SecretDesk | None:
    """What only the operator sees, where a secret ballot is in sight or the key is made."""
    state, ballot = snapshot.state, snapshot.ballot
    in_sight = any(
        each.question.mode is Mode.SECRET
        and (each.secret is not None or isinstance(each.state, Prepared))
        for each in state.ballots.values()
    )
    if not in_sight and state.ceremony is None:
        return None
    suspended = {member.code for member in assembly_of(state).members if member.suspended}
    proving: int | None = 0
    if ballot is not None and ballot.secret is not None:
        shown = ballot.question.disclosure is not Disclosure.NONE
        proving = snapshot.proving if shown else None
    return views.SecretDesk(
        ready=election_key(state) is not None,
        credentials=len(state.credentials),
        without=sorted(snapshot.present - set(state.credentials) - suspended),
        proving=proving,
        turned_away=_turned_away(ballot),
    )


def _turned_away(ballot: Ballot | None) -> list[views.TurnedAwayView]:
    """Whose sealed ballots were not taken; where voters are withheld, without what tells of a
    vote: only who has voted can send a ballot twice."""
    secret = None if ballot is None else ballot.secret
    if ballot is None or secret is None:
        return []
    withheld = ballot.question.disclosure is Disclosure.NONE and isinstance(
        ballot.state, Open | Suspended | InDoubt
    )
    rows = [(each.member, each.fault) for each in secret.turned_away]
    rows += [(member, SealedFault.PROOF) for member in secret.refused.values()]
    return [
        views.TurnedAwayView(member=member, reason=fault)
        for member, fault in sorted(set(rows))
        if not (withheld and fault is SealedFault.REPLAYED)
    ]
