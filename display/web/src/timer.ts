/** The countdown of a ballot as the display shows it. */
import type { DisplayBallot } from '@wire/types';

export type Timer =
  | { readonly is: 'none' }
  | { readonly is: 'running'; readonly remaining: number; readonly whole: number | null }
  | { readonly is: 'out' };

/** The timer of an open ballot at `now` (the hall's time, ms). Out: the Chair closes the voting. */
export function timerOf(ballot: DisplayBallot, now: number): Timer {
  if (ballot.phase !== 'open' || ballot.closes_at === null) return { is: 'none' };
  const remaining = ballot.closes_at - now;
  if (remaining <= 0) return { is: 'out' };
  const whole = ballot.opened_at === null ? null : ballot.closes_at - ballot.opened_at;
  return { is: 'running', remaining, whole };
}
