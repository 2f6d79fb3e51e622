/*
 * What a step of the seat gives: the seat after it, and what its shell has to do.
 *
 * Rule: at most one press goes out a step, and at most one thing is asked of the vault.
 */
import type { Press as PressFrame } from '@wire/types';
import type { Ask } from '../secrecy/vault';
import type { Press, Seat } from './state';

/** What the vault is asked about a vote: to seal one, to sign or open what was shown, to forget. */
export type VaultAsk = Extract<Ask, { kind: 'seal' | 'enclose' | 'sign' | 'audit' | 'forget' }>;

/** A seat after something happened, the press to send, if any, and what to ask of the vault. */
export interface Step {
  readonly seat: Seat;
  readonly send: PressFrame | null;
  readonly ask?: VaultAsk;
}

/** Nothing to do. */
export const still = (seat: Seat): Step => ({ seat, send: null });

/** The press goes out. */
export function dispatched(seat: Seat, press: Press): Step {
  return { seat: { ...seat, press }, send: frameOf(press) };
}

/** Nothing to do, but that the vault forgets the ballot of a check that is over with this step. */
export function forgetting(before: Seat, seat: Seat): Step {
  if (before.checking === null || seat.checking !== null) return still(seat);
  return { seat, send: null, ask: { kind: 'forget' } };
}

function frameOf(press: Press): PressFrame {
  const named = { type: 'press', press_id: press.id, ballot: press.ballot } as const;
  if (press.choice === null) return { ...named, sealed: { ballot: press.sealed?.text ?? '' } };
  const choice = typeof press.choice === 'string' ? press.choice : [...press.choice];
  return { ...named, choice };
}
