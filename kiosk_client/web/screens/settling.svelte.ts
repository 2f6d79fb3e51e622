/*
 * Touches rest a moment after a screen has moved.
 *
 * Rule: the second half of a double touch must not fall on what has come in the place of what was
 * touched.
 */

/** How long touches rest after the screen has moved, in milliseconds. */
const SETTLE = 400;

export class Settling {
  #until = $state(0);
  readonly #now: () => number;

  /** `now` is the tablet's steady clock, in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether the screen has settled, so that a touch means what is there. */
  get settled(): boolean {
    return this.#now() >= this.#until;
  }

  /** The screen has moved. */
  rest(): void {
    this.#until = performance.now() + SETTLE;
  }
}
