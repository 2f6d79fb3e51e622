/*
 * What one seat knows, as frozen values.
 *
 * Rule: a choice is lit because the hall said so (a receipt or the hall's own view), never because
 * it was touched. At most one press is unanswered at a time and it lives in memory only. Of a secret
 * ballot a receipt says so only of the very text that this seat sealed.
 */
import type {
  Choice,
  KioskBallot,
  KioskView,
  Mine,
  Phase,
  RefusalReason,
  Receipt,
} from '@wire/types';
import type { Paper } from './paper';

/** What is cast: a choice, or in an election the names, none of them for a blank vote. */
export type Answer = Choice | readonly string[];

/** Whether two answers say the same. Names are compared in the order of the ballot. */
export function sameAnswer(one: Answer, other: Answer): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.length === other.length && one.every((name, index) => name === other[index]);
}

/** Why the hall told this device to stop calling. */
export type Stop = 'replaced' | 'revoked' | 'protocol';

/** How this device stands with the hall. */
export type Link =
  | { readonly kind: 'unpaired'; readonly rejected: boolean }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'stopped'; readonly why: Stop };

/** A sealed vote: what is sent, and the hash that names it. */
export interface SealedVote {
  readonly text: string;
  readonly tracker: string;
}

/** A touch that the hall has not answered yet. */
export interface Press {
  readonly id: string;
  readonly ballot: string;
  /** What was chosen; null once it is sealed, for the seat has then forgotten it. */
  readonly choice: Answer | null;
  /** In a secret ballot, the sealed vote once there is one; undefined in an open ballot. */
  readonly sealed?: SealedVote | null;
  /** Whether the hall has it on disk and is checking it. */
  readonly received?: boolean;
  /** The phase in which it was touched: it is sent again in no other. */
  readonly phase: Phase;
  /** When it was touched, in milliseconds of this device's steady clock. */
  readonly at: number;
  /** Whether it went out on the connection that stands now. */
  readonly sent: boolean;
  /** When to send it again after `unavailable`; null while an answer is awaited. */
  readonly again: number | null;
}

/** A press that needs no answer any more; a late answer to it is still told. */
export interface GivenUp {
  readonly id: string;
  readonly ballot: string;
}

/** A receipt, with the epoch in which it was given. */
export interface Held {
  readonly epoch: string;
  readonly receipt: Receipt;
}

/** The election's text that the seat showed first for a ballot: it seals for no other. */
export interface Attended {
  readonly ballot: string;
  readonly election: string;
}

/** What the hall signed when it took a sealed vote: if that is lost, this proves it. */
export interface SignedReceipt {
  readonly hall: string;
  readonly ballot: string;
  readonly press_id: string;
  readonly tracker: string;
  readonly n: number;
  /** Ed25519, in hexadecimal; `Receipt` says over what. */
  readonly signature: string;
}

/** What the delegate has to be told about a touch that did not become a vote. */
export type Notice =
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'too_late' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'no_answer' }
  | { readonly kind: 'not_sent' }
  | { readonly kind: 'not_sealed' }
  | { readonly kind: 'not_opened' }
  | { readonly kind: 'other_ballot' }
  | { readonly kind: 'other_election' };

/**
 * How far a delegate is who checks this seat. Nothing is cast on this way but by `checkCast`, and
 * only the ballot whose fingerprint was `shown`; one that is opened is spent. It is signed when it is
 * cast, and not before.
 */
export type Checking =
  | { readonly kind: 'choosing' }
  | { readonly kind: 'sealing'; readonly id: string; readonly answer: Answer }
  | {
      readonly kind: 'shown';
      readonly id: string;
      readonly answer: Answer;
      /** What the signature is to be over. */
      readonly fingerprint: string;
    }
  | {
      readonly kind: 'opening';
      readonly id: string;
      readonly answer: Answer;
      readonly fingerprint: string;
    }
  | {
      readonly kind: 'opened';
      readonly answer: Answer;
      readonly fingerprint: string;
      /** What another machine needs to make the ballot again. */
      readonly text: string;
      /** The same, as the address of the page that does so; null where it could not be made. */
      readonly address: string | null;
    };

/** A vote that the hall has confirmed; of a secret one nothing but its tracker is known. */
export interface Vote {
  readonly choice: Answer | null;
  readonly tracker: string | null;
  readonly code: string;
  readonly n: number;
  /** The hall's word for it, of a secret vote whose receipt this device has. */
  readonly signed: SignedReceipt | null;
}

/** Everything that a seat knows. */
export interface Seat {
  readonly link: Link;
  readonly epoch: string;
  readonly view: KioskView | null;
  readonly press: Press | null;
  readonly givenUp: GivenUp | null;
  readonly held: Held | null;
  readonly notice: Notice | null;
  /** The paper of the election that is filled in; null before it is begun and once it is cast. */
  readonly paper: Paper | null;
  /** Null on the direct way, where what is chosen is cast. */
  readonly checking: Checking | null;
  /** The public half of this device's key for secret ballots; null until there is one. */
  readonly credential: string | null;
  /** The hall's id, from its `welcome`. */
  readonly hall: string;
  readonly attended: Attended | null;
  /** The trackers of what was sealed here, by press: of each its receipt may come late. */
  readonly sealed: Readonly<Record<string, string>>;
  /** The last sealed vote of this seat that the hall signed for. */
  readonly signed: SignedReceipt | null;
  /** A ballot whose receipt named another sealed vote: of it nothing is believed to be recorded. */
  readonly doubted: string | null;
}

/** How long a touch may wait for its answer before it has to be made again, in milliseconds. */
export const PRESS_LASTS = 10_000;

/** A touch so soon after the last is the same finger's second one, in milliseconds. */
export const ONE_TOUCH = 700;

/** Pause before an `unavailable` press is sent again, in milliseconds. */
export const RESEND_PAUSE = 500;

/** How long a press may be silent before "Sending…" is shown, in milliseconds. */
export const SENDING_AFTER = 200;

/** A seat that has heard nothing yet. */
export function newSeat(paired: boolean): Seat {
  return {
    link: paired ? { kind: 'connecting' } : { kind: 'unpaired', rejected: false },
    epoch: '',
    view: null,
    press: null,
    givenUp: null,
    held: null,
    notice: null,
    paper: null,
    checking: null,
    credential: null,
    hall: '',
    attended: null,
    sealed: {},
    signed: null,
    doubted: null,
  };
}

/**
 * The confirmed vote to light, or null.
 *
 * Of the view and the receipt of the same epoch the higher `n` holds. A receipt of an earlier
 * epoch proves nothing about the box that is in use now, and after the close the box speaks alone.
 * A sealed vote that is not proved yet lights nothing; while it is under way, the receipt tells.
 * Of a ballot that is doubted nothing is lit.
 */
export function litVote(seat: Seat): Vote | null {
  const ballot = seat.view?.ballot ?? null;
  if (ballot === null || isDoubted(seat)) return null;
  const vote = confirmed(seat, ballot);
  const signed = seat.signed;
  if (vote === null || signed === null) return vote;
  const own = signed.ballot === ballot.id && signed.tracker === vote.tracker;
  return own ? { ...vote, signed } : vote;
}

/** Whether the hall gave a receipt for another sealed vote than this seat's, in this ballot. */
export function isDoubted({ view, doubted }: Seat): boolean {
  return doubted !== null && view?.ballot?.id === doubted;
}

function confirmed(seat: Seat, ballot: KioskBallot): Vote | null {
  const underWay = seat.press?.sealed?.tracker ?? '';
  const isOut = ballot.mine?.tracker === underWay || ballot.mine?.proved === false;
  const boxed = isOut ? null : voteIn(ballot.mine);
  const held = seat.held;
  const stillVoting = ballot.phase === 'open' || ballot.phase === 'suspended';
  if (!stillVoting || held === null || !held.receipt.current) return boxed;
  if (held.epoch !== seat.epoch || held.receipt.ballot !== ballot.id) return boxed;
  if (boxed !== null && boxed.n >= held.receipt.n) return boxed;
  return voteIn(held.receipt);
}

/**
 * Whether a vote of this ballot may still be found missing, or counted: until its end is in the
 * journal. So long its receipt is kept, and the hall is shown it; then the seat forgets it, and
 * with it what was chosen.
 */
export function mayBeDoubted(ballot: string, floor: KioskBallot | null): boolean {
  if (floor?.id !== ballot) return false;
  switch (floor.phase) {
    case 'draft':
    case 'prepared':
    case 'announced':
    case 'open':
    case 'suspended':
    case 'in_doubt':
      return true;
    case 'closed':
    case 'declared':
    case 'certified':
    case 'published':
    case 'cancelled':
    case 'void':
      return floor.recording;
  }
}

/** Whether the hall has a sealed vote that is newer than the one that is lit, and is proving it. */
export function isProving({ mine }: KioskBallot, lit: Vote | null): boolean {
  return mine !== null && !mine.proved && mine.n > (lit?.n ?? 0);
}

function voteIn(said: Mine | Receipt | null): Vote | null {
  if (said === null) return null;
  const [choice, tracker] = [said.choice ?? null, said.tracker ?? null];
  // Of a non-recorded ballot that is closed the hall keeps no more than that the Member has voted;
  // it gives it no number. A receipt without a choice was superseded.
  if (choice === null && tracker === null && said.n > 0) return null;
  return { choice, tracker, code: said.code, n: said.n, signed: null };
}

/** Whether a press has been silent for so long that the delegate should know. */
export function isSlow(press: Press | null, now: number): boolean {
  return press !== null && now - press.at >= SENDING_AFTER;
}
