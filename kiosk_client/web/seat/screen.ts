/*
 * What the tablet shows: one exhaustive switch from what the seat knows to a screen.
 *
 * Rule: every phase and every state of the connection has a screen of its own; a new phase in the
 * vocabulary does not compile until it has one here.
 */
import type { AgendaItemView, Choice, KioskBallot, OutcomeView, RefusalReason } from '@wire/types';
import { askingOf, turnOf, type Asking, type Turn } from './asking';
import { NEW_PAPER, paperOf, type Paper } from './paper';
import { isForeign, isSecret } from './secret';
import {
  isDoubted,
  isProving,
  litVote,
  type Checking,
  type Notice,
  type Press,
  type Seat,
  type Stop,
  type Vote,
} from './state';

/** What became of this Member's vote once nothing more is accepted. */
export type OwnVote =
  | { readonly kind: 'voted'; readonly vote: Vote }
  | { readonly kind: 'not_voted' }
  /** The hall's receipt named another sealed vote than this seat's. */
  | { readonly kind: 'doubted' }
  /** Sealed, and still being proved. */
  | { readonly kind: 'proving' }
  | { readonly kind: 'barred'; readonly reason: RefusalReason };

/** What can be touched while the voting is open. */
export type Offer = 'all' | 'others' | 'nothing';

/** Where what is chosen goes: to the hall, or first to be looked at. */
export type Way = 'direct' | 'checking';

/** What a screen on which something is chosen knows of checks. */
interface Checkable {
  readonly way: Way;
  /** Whether "Check this seat" is offered. */
  readonly canCheck: boolean;
}

export type Screen =
  | { readonly kind: 'pairing'; readonly rejected: boolean }
  | { readonly kind: 'stopped'; readonly why: Stop }
  | { readonly kind: 'connecting' }
  | {
      readonly kind: 'lost';
      readonly ballot: KioskBallot | null;
      readonly lit: Vote | null;
      readonly waiting: boolean;
      readonly notice: Notice | null;
    }
  | { readonly kind: 'idle'; readonly item: AgendaItemView | null }
  | { readonly kind: 'barred'; readonly ballot: KioskBallot; readonly reason: RefusalReason }
  | { readonly kind: 'announced'; readonly ballot: KioskBallot }
  | ({
      readonly kind: 'voting';
      readonly ballot: KioskBallot;
      readonly lit: Vote | null;
      readonly press: Press | null;
      readonly offer: Offer;
      readonly notice: Notice | null;
    } & Checkable)
  | ({
      readonly kind: 'election';
      readonly ballot: KioskBallot;
      readonly lit: Vote | null;
      readonly press: Press | null;
      readonly offer: Offer;
      readonly notice: Notice | null;
      /** The paper that is filled in; null where the recorded vote is shown instead. */
      readonly paper: Paper | null;
      /** What the next paper begins with. */
      readonly start: Paper;
    } & Checkable)
  | {
      /** What was chosen to check the seat: sealed, shown, opened; never cast unasked. */
      readonly kind: 'checking';
      readonly ballot: KioskBallot;
      readonly lit: Vote | null;
      readonly step: Exclude<Checking, { kind: 'choosing' }>;
    }
  | {
      readonly kind: 'aloud';
      readonly ballot: KioskBallot;
      readonly way: Extract<Asking, { kind: 'aloud' }>['way'];
      /** Where this Member stands in a roll-call that is on. */
      readonly turn: Turn | null;
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
      readonly own: OwnVote | null;
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
        ballot: seat.view?.ballot ?? null,
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
  const bar = barOf(seat, ballot);
  const asking = askingOf(ballot);
  switch (ballot.phase) {
    case 'draft':
    case 'prepared':
      return { kind: 'idle', item };
    case 'announced':
      if (bar !== null) return { kind: 'barred', ballot, reason: bar };
      if (asking.kind === 'aloud') return { kind: 'aloud', ballot, way: asking.way, turn: null };
      return { kind: 'announced', ballot };
    case 'open':
      if (bar !== null) return { kind: 'barred', ballot, reason: bar };
      return openScreen(seat, ballot, asking, lit);
    case 'suspended':
      if (bar !== null) return { kind: 'barred', ballot, reason: bar };
      return { kind: 'interrupted', ballot, lit, notice };
    case 'in_doubt':
      return { kind: 'in_doubt', ballot };
    case 'closed':
      return { kind: 'closed', ballot, own: ownVote(seat, asking, lit, bar), notice };
    case 'declared':
    case 'certified':
    case 'published':
      if (ballot.outcome === null)
        return { kind: 'closed', ballot, own: ownVote(seat, asking, lit, bar), notice };
      return {
        kind: 'result',
        ballot,
        own: ownVote(seat, asking, lit, bar),
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

/** Why this seat may not vote, if so; in a secret ballot its own key must be the accredited one. */
function barOf(seat: Seat, ballot: KioskBallot): RefusalReason | null {
  if (!ballot.may_vote) return ballot.bar ?? 'not_on_roll';
  return isForeign(ballot, seat.credential) ? 'not_accredited' : null;
}

function openScreen(
  seat: Seat,
  ballot: KioskBallot,
  asking: Asking,
  lit: Vote | null,
): Extract<Screen, { kind: 'voting' | 'election' | 'checking' | 'aloud' }> {
  const offer = offerOf(ballot, lit);
  const { press, notice, checking } = seat;
  if (checking !== null && checking.kind !== 'choosing') {
    return { kind: 'checking', ballot, lit, step: checking };
  }
  const way: Way = checking === null ? 'direct' : 'checking';
  const canCheck = isSecret(ballot) && way === 'direct' && offer !== 'nothing' && press === null;
  switch (asking.kind) {
    case 'buttons':
      return { kind: 'voting', ballot, lit, press, offer, notice, way, canCheck };
    case 'names': {
      const start =
        lit === null || lit.choice === null || typeof lit.choice === 'string'
          ? NEW_PAPER
          : paperOf(lit.choice);
      // While a sealed vote is under way nothing is left of it to show, and no paper is due.
      const due = way === 'checking' || (lit === null && press?.choice !== null);
      const paper = offer === 'nothing' ? null : (seat.paper ?? (due ? start : null));
      const shown = { kind: 'election', ballot, lit, press, offer, notice, paper, start } as const;
      return { ...shown, way, canCheck };
    }
    case 'aloud': {
      const turn =
        ballot.calling === null || seat.view === null
          ? null
          : turnOf(ballot.calling, seat.view.member);
      return { kind: 'aloud', ballot, way: asking.way, turn };
    }
    default:
      return unreachable(asking);
  }
}

/** Null where the seat was not asked: what was answered in the hall is no business of its lamps. */
function ownVote(
  seat: Seat,
  asking: Asking,
  lit: Vote | null,
  bar: RefusalReason | null,
): OwnVote | null {
  if (isDoubted(seat)) return { kind: 'doubted' };
  const ballot = seat.view?.ballot ?? null;
  if (ballot !== null && isProving(ballot, lit)) return { kind: 'proving' };
  if (lit !== null) return { kind: 'voted', vote: lit };
  if (asking.kind === 'aloud') return null;
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
  | { readonly kind: 'opened'; readonly ballot: KioskBallot }
  | { readonly kind: 'recorded'; readonly ballot: KioskBallot; readonly vote: Vote }
  | { readonly kind: 'last_call'; readonly voted: boolean }
  | { readonly kind: 'turn'; readonly turn: Turn }
  | { readonly kind: 'closed'; readonly ballot: KioskBallot; readonly own: OwnVote | null };

function isAsking(
  screen: Screen,
): screen is Extract<Screen, { kind: 'voting' | 'election' | 'checking' }> {
  return screen.kind === 'voting' || screen.kind === 'election' || screen.kind === 'checking';
}

/** What to say on the way from one screen to the next, or null. */
export function spoken(before: Screen | null, after: Screen): Spoken | null {
  if (after.kind === 'aloud') {
    const was = before?.kind === 'aloud' && before.ballot.id === after.ballot.id ? before : null;
    const turn = after.turn;
    if (turn === null || turn.kind === 'later' || turn.kind === was?.turn?.kind) return null;
    return { kind: 'turn', turn };
  }
  if (isAsking(after)) {
    const was =
      before !== null && isAsking(before) && before.ballot.id === after.ballot.id ? before : null;
    if (was === null) return { kind: 'opened', ballot: after.ballot };
    if (after.lit !== null && after.lit.n !== was.lit?.n) {
      return { kind: 'recorded', ballot: after.ballot, vote: after.lit };
    }
    if (after.ballot.last_call && !was.ballot.last_call) {
      return { kind: 'last_call', voted: after.lit !== null };
    }
    return null;
  }
  if (after.kind === 'closed' && before?.kind !== 'closed')
    return { kind: 'closed', ballot: after.ballot, own: after.own };
  return null;
}
