/*
 * The checking way of a secret ballot (a Benaloh challenge): choose, see the fingerprint of what was
 * sealed, and only then say whether this ballot is cast or opened.
 *
 * Rules. The seat learns the delegate's decision after it has shown the fingerprint, never before.
 * What is cast is the text whose fingerprint was shown, signed when it is cast and not before; what
 * is opened is never signed. The answer lives until the ballot is cast or the check is over: at the
 * latest when votes are no longer taken.
 */
import type { KioskBallot, KioskView } from '@wire/types';
import { screenOf } from './screen';
import { isSwapped, marksFor } from './secret';
import type { Answer, Checking, Press, Seat } from './state';
import { forgetting, still, type Step } from './step';

/** "Check this seat" was touched: what is chosen from now on is sealed, and not sent. */
export function checkBegun(seat: Seat): Step {
  const screen = screenOf(seat);
  if (screen.kind !== 'voting' && screen.kind !== 'election') return still(seat);
  if (!screen.canCheck) return still(seat);
  const checking: Checking = { kind: 'choosing' };
  return still({ ...seat, checking, notice: null });
}

/** A choice was touched, or a paper reviewed, on the checking way. */
export function sealToCheck(seat: Seat, ballot: KioskBallot, answer: Answer, id: string): Step {
  if (isSwapped(seat, ballot)) return still({ ...seat, notice: { kind: 'other_election' } });
  const marks = marksFor(ballot, answer);
  if (marks === null || ballot.secret === null) {
    return still({ ...seat, notice: { kind: 'refused', reason: 'bad_choice' } });
  }
  const { election } = ballot.secret;
  return {
    seat: { ...seat, checking: { kind: 'sealing', id, answer }, notice: null },
    send: null,
    ask: { kind: 'enclose', id, election, marks },
  };
}

/** The vault sealed what was chosen: its fingerprint is shown, and the decision is open. */
export function enclosedCame(seat: Seat, id: string, fingerprint: string): Step {
  const checking = seat.checking;
  if (checking?.kind !== 'sealing' || checking.id !== id) return still(seat);
  return still({ ...seat, checking: { ...checking, kind: 'shown', fingerprint }, paper: null });
}

/** The ballot whose fingerprint was shown is signed, to be cast as it is. */
export function checkCast(seat: Seat, now: number): Step {
  const checking = decided(seat);
  const ballot = seat.view?.ballot;
  if (checking === null || !ballot) return still(seat);
  const press: Press = {
    id: checking.id,
    ballot: ballot.id,
    choice: null,
    sealed: null,
    phase: ballot.phase,
    at: now,
    sent: false,
    again: null,
  };
  return {
    seat: { ...seat, press, givenUp: null, checking: null, notice: null },
    send: null,
    ask: { kind: 'sign', id: checking.id },
  };
}

/** The ballot whose fingerprint was shown is opened, and so is spent. */
export function checkOpened(seat: Seat): Step {
  const checking = decided(seat);
  if (checking === null) return still(seat);
  const { id, answer, fingerprint } = checking;
  return {
    seat: { ...seat, checking: { kind: 'opening', id, answer, fingerprint } },
    send: null,
    ask: { kind: 'audit', id },
  };
}

/** The vault told all that went into the ballot; `address` is null where no code can be made. */
export function checkRevealed(seat: Seat, id: string, text: string, address: string | null): Step {
  const checking = seat.checking;
  if (checking?.kind !== 'opening' || checking.id !== id) return still(seat);
  const { answer, fingerprint } = checking;
  return still({ ...seat, checking: { kind: 'opened', answer, fingerprint, text, address } });
}

/** The vault could not seal what was chosen, or, which an honest one can, not open it. */
export function unsealedToCheck(seat: Seat): Step {
  switch (seat.checking?.kind) {
    case 'sealing':
      return still({ ...seat, checking: { kind: 'choosing' }, notice: { kind: 'not_sealed' } });
    case 'opening':
      return forgetting(seat, { ...seat, checking: null, notice: { kind: 'not_opened' } });
    case 'choosing':
    case 'shown':
    case 'opened':
    case undefined:
      return still(seat);
  }
}

/** The delegate leaves the checking way, from wherever: nothing of it is cast. */
export function checkEnded(seat: Seat): Step {
  return forgetting(seat, { ...seat, checking: null, notice: null });
}

/** A check belongs to one ballot, and lasts as long as votes may still come. */
export function checkingAfter(
  seat: Seat,
  before: string | undefined,
  view: KioskView,
): Checking | null {
  const ballot = view.ballot;
  if (ballot === null || ballot.id !== before) return null;
  const lasts = ballot.phase === 'open' || ballot.phase === 'suspended';
  const sameKey = ballot.secret?.credential === seat.view?.ballot?.secret?.credential;
  return lasts && sameKey && ballot.may_vote ? seat.checking : null;
}

/** The ballot whose fingerprint stands on the screen now, so that the delegate may decide. */
function decided(seat: Seat): Extract<Checking, { kind: 'shown' }> | null {
  const screen = screenOf(seat);
  return screen.kind === 'checking' && screen.step.kind === 'shown' ? screen.step : null;
}
