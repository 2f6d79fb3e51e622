/**
 * Hold to confirm: opening and closing ask for one second of a held key or pointer.
 *
 * Rule: the act happens once, at the end of the second. A key that repeats does not begin again;
 * a release before the end does nothing and is said.
 */

export const HOLD_MS = 1000;

export type Hold =
  | { readonly at: 'rest' }
  | { readonly at: 'holding'; readonly since: number }
  | { readonly at: 'done' }
  | { readonly at: 'released_early' };

/** A hold after something happened; `act` is true exactly once, when the second is full. */
export interface Step {
  readonly hold: Hold;
  readonly act: boolean;
}

export const REST: Hold = { at: 'rest' };

const still = (hold: Hold): Step => ({ hold, act: false });

/** The key or pointer goes down (`now` in milliseconds of any one clock). */
export function begin(hold: Hold, now: number): Step {
  switch (hold.at) {
    case 'rest':
    case 'released_early':
      return still({ at: 'holding', since: now });
    case 'holding':
    case 'done':
      return still(hold);
  }
}

/** Time passes: a hold of a full second is done. */
export function pass(hold: Hold, now: number): Step {
  if (hold.at !== 'holding' || now - hold.since < HOLD_MS) return still(hold);
  return { hold: { at: 'done' }, act: true };
}

/** The key or pointer comes up; a full second counts even if no frame has noticed it yet. */
export function release(hold: Hold, now: number): Step {
  switch (hold.at) {
    case 'holding':
      return now - hold.since < HOLD_MS
        ? still({ at: 'released_early' })
        : { hold: REST, act: true };
    case 'done':
    case 'rest':
      return still(REST);
    case 'released_early':
      return still(hold);
  }
}

/** The hold is taken away (another window, another ballot): nothing is done. */
export function abandon(): Step {
  return still(REST);
}

/** How much of the second has passed, 0 to 1. */
export function progress(hold: Hold, now: number): number {
  switch (hold.at) {
    case 'rest':
    case 'released_early':
      return 0;
    case 'holding':
      return Math.min(1, Math.max(0, (now - hold.since) / HOLD_MS));
    case 'done':
      return 1;
  }
}
