/*
 * How a ballot asks its question: by buttons, by a paper with names, or not at the seats at all.
 *
 * Rule: one exhaustive switch over the modes; a new mode does not compile until a seat knows it.
 */
import type { Calling, KioskBallot } from '@wire/types';

/** What a seat has to do in a ballot. `aloud`: the answer is given in the hall, not at the seat. */
export type Asking =
  | { readonly kind: 'buttons' }
  | { readonly kind: 'names' }
  | { readonly kind: 'aloud'; readonly way: 'hands' | 'paper' | 'roll_call' | 'consensus' };

export function askingOf(ballot: KioskBallot): Asking {
  switch (ballot.mode) {
    case 'recorded':
    case 'non_recorded':
    case 'secret':
      return { kind: ballot.kind === 'election' ? 'names' : 'buttons' };
    case 'hands':
    case 'paper':
    case 'roll_call':
    case 'consensus':
      return { kind: 'aloud', way: ballot.mode };
  }
}

/** Where this Member stands in a roll-call. `later` covers who has answered as well. */
export type Turn =
  | { readonly kind: 'now' }
  | { readonly kind: 'next' }
  | { readonly kind: 'passed' }
  | { readonly kind: 'later' };

export function turnOf(calling: Calling, member: string): Turn {
  if (calling.member === member) return { kind: 'now' };
  if (calling.next[0] === member) return { kind: 'next' };
  return { kind: calling.pass_over.includes(member) ? 'passed' : 'later' };
}
