/*
 * What the tablet shows: one exhaustive switch from what the seat knows to a screen.
 *
 * Rule: every phase and every state of the connection has a screen of its own; a new phase in the
 * vocabulary does not compile until it has one here.
 */
import type { AgendaItemView, Choice, KioskBallot, OutcomeView, RefusalReason } from '@wire/types';
import { litVote, type Notice, type Press, type Seat, type Stop, type Vote } from './state';

/** What became of this Member's vote once nothing more is accepted. */
export type OwnVote =
  | { readonly kind: 'voted'; readonly vote: Vote }
  | { readonly kind: 'not_voted' }
  | { readonly kind: 'barred'; readonly reason: RefusalReason };

/** What can be touched while the voting is open. */
export type Offer = 'all' | 'others' | 'nothing';

export type Screen =
  | { readonly kind: 'pairing'; readonly rejected: boolean }
  | { readonly kind: 'stopped'; readonly why: Stop }
  | { readonly kind: 'connecting' }
  | {
      readonly kind: 'lost';
      readonly lit: Vote | null;
      readonly waiting: boolean;
      readonly notice: Notice | null;
    }
  | { readonly kind: 'idle'; readonly item: AgendaItemView | null }
  | { readonly kind: 'barred'; readonly ballot: KioskBallot; readonly reason: RefusalReason }
  | { readonly kind: 'announced'; readonly ballot: KioskBallot }
  | {
      readonly kind: 'voting';
      readonly ballot: KioskBallot;
      readonly lit: Vote | null;
      readonly press: Press | null;
      readonly offer: Offer;
      readonly notice: Notice | null;
    }
  | {
      readonly kind: 'interrupted';
      readonly ballot: KioskBallot;
      readonly lit: Vote | null;
      readonly notice: Notice | null;
    }
  | { readonly kind: 'in_doubt'; readonly ballot: KioskBallot }
  | {
      readonly kind: 'closed';
      readonly ballot: KioskBallot;
      readonly own: OwnVote;
      readonly notice: Notice | null;
    }
  | {
      readonly kind: 'result';
      readonly ballot: KioskBallot;
      readonly own: OwnVote | null;
      readonly outcome: OutcomeView;
    }
  | { readonly kind: 'cancelled'; readonly ballot: KioskBallot }
  | { readonly kind: 'void'; readonly ballot: KioskBallot };

/** Fails to compile where a case was forgotten; fails loudly where the hall is newer than we are. */
export function unreachable(value: never): never {
  throw new Error(`not a case that this screen knows: ${JSON.stringify(value)}`);
}

/** The screen for what the seat knows. */
export function screenOf(seat: Seat): Screen {
  const link = seat.link;
  switch (link.kind) {
    case 'unpaired':
      return { kind: 'pairing', rejected: link.rejected };
    case 'stopped':
      return { kind: 'stopped', why: link.why };
    case 'lost':
      return {
        kind: 'lost',
        lit: litVote(seat),
        waiting: seat.press !== null,
        notice: seat.notice,
      };
    case 'connecting':
      return { kind: 'connecting' };
    case 'online':
      return seat.view === null ? { kind: 'connecting' } : hallScreen(seat, seat.view.item);
    default:
      return unreachable(link);
  }
}

function hallScreen(seat: Seat, item: AgendaItemView | null): Screen {
  const ballot = seat.view?.ballot ?? null;
  if (ballot === null) return { kind: 'idle', item };
  const lit = litVote(seat);
  const notice = seat.notice;
  const bar = ballot.may_vote ? null : (ballot.bar ?? 'not_on_roll');
  switch (ballot.phase) {
    case 'draft':
    case 'prepared':
      return { kind: 'idle', item };
    case 'announced':
      return bar === null ? { kind: 'announced', ballot } : { kind: 'barred', ballot, reason: bar };
    case 'open':
      if (bar !== null) return { kind: 'barred', ballot, reason: bar };
      return {
        kind: 'voting',
        ballot,
        lit,
        press: seat.press,
        offer: offerOf(ballot, lit),
        notice,
      };
    case 'suspended':
      if (bar !== null) return { kind: 'barred', ballot, reason: bar };
      return { kind: 'interrupted', ballot, lit, notice };
    case 'in_doubt':
      return { kind: 'in_doubt', ballot };
    case 'closed':
      return { kind: 'closed', ballot, own: ownVote(lit, bar), notice };
    case 'declared':
    case 'certified':
    case 'published':
      if (ballot.outcome === null)
        return { kind: 'closed', ballot, own: ownVote(lit, bar), notice };
      return {
        kind: 'result',
        ballot,
        own: ballot.mode === 'consensus' ? null : ownVote(lit, bar),
        outcome: ballot.outcome,
      };
    case 'cancelled':
      return { kind: 'cancelled', ballot };
    case 'void':
      return { kind: 'void', ballot };
    default:
      return unreachable(ballot.phase);
  }
}

function ownVote(lit: Vote | null, bar: RefusalReason | null): OwnVote {
  if (lit !== null) return { kind: 'voted', vote: lit };
  return bar === null ? { kind: 'not_voted' } : { kind: 'barred', reason: bar };
}

/** What may be touched: everything, all but the recorded choice, or nothing. */
function offerOf(ballot: KioskBallot, lit: Vote | null): Offer {
  if (lit === null) return 'all';
  return ballot.revocable ? 'others' : 'nothing';
}

/** The choices that the seat may send now, in the order of the ballot. */
export function touchable(screen: Screen): readonly Choice[] {
  if (screen.kind !== 'voting' || screen.offer === 'nothing') return [];
  return screen.ballot.choices;
}

/** What a screen reader is told when the screen changes: opened, recorded, closed, and no ticks. */
export type Spoken =
  | { readonly kind: 'opened' }
  | { readonly kind: 'recorded'; readonly vote: Vote }
  | { readonly kind: 'last_call'; readonly voted: boolean }
  | { readonly kind: 'closed'; readonly own: OwnVote };

/** What to say on the way from one screen to the next, or null. */
export function spoken(before: Screen | null, after: Screen): Spoken | null {
  if (after.kind === 'voting') {
    const was = before?.kind === 'voting' && before.ballot.id === after.ballot.id ? before : null;
    if (was === null) return { kind: 'opened' };
    if (after.lit !== null && after.lit.n !== was.lit?.n) {
      return { kind: 'recorded', vote: after.lit };
    }
    if (after.ballot.last_call && !was.ballot.last_call) {
      return { kind: 'last_call', voted: after.lit !== null };
    }
    return null;
  }
  if (after.kind === 'closed' && before?.kind !== 'closed')
    return { kind: 'closed', own: after.own };
  return null;
}
