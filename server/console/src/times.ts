/**
 * Time on the console: always the server's, so that all screens say the same.
 *
 * Rule: a timer that has run out shows zero and "awaiting the Chair", never a negative number.
 */
import type { DisplayBallot } from '@wire/types';

/** A ballot's timer at an instant (milliseconds since 1970, the server's). */
export type Timer =
  | { readonly at: 'none' }
  | { readonly at: 'stopped'; readonly left: number }
  | { readonly at: 'running'; readonly left: number }
  | { readonly at: 'over' };

export function timerOf(ballot: DisplayBallot, now: number): Timer {
  if (ballot.phase === 'suspended') {
    return ballot.remaining === null ? { at: 'none' } : { at: 'stopped', left: ballot.remaining };
  }
  if (ballot.phase !== 'open' || ballot.closes_at === null) return { at: 'none' };
  const left = ballot.closes_at - now;
  return left > 0 ? { at: 'running', left } : { at: 'over' };
}

/** Milliseconds since the ballot was opened, while it is open or interrupted. */
export function elapsedOf(ballot: DisplayBallot, now: number): number | null {
  const running = ballot.phase === 'open' || ballot.phase === 'suspended';
  return running && ballot.opened_at !== null ? Math.max(0, now - ballot.opened_at) : null;
}

/** Milliseconds as minutes and seconds, rounded up for a countdown and down for elapsed time. */
export function clockwise(ms: number, rounding: 'up' | 'down'): string {
  const seconds = rounding === 'up' ? Math.ceil(ms / 1000) : Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${String(hours)}:${two(minutes)}:${rest}` : `${String(minutes)}:${rest}`;
}
