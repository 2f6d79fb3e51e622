/**
 * Something that is asked of the hall, as a screen follows it: sending, unknown, refused, done.
 *
 * Rule: see `attempt.ts`. An answer that does not come in time leaves the outcome unknown; the
 * person may then ask again, under the same key.
 */
import { newKey, type Answer } from '@kit/rest';
import { type Attempt, IDLE, type Progress, again, press, settle } from './attempt';
import { NO_ANSWER_IN_TIME, isSignedOut } from './problems';

/** How long the hall may take before its silence is said, in milliseconds. */
export const PATIENCE_MS = 15_000;

type Send<W, T> = (key: string, what: W) => Promise<Answer<T>>;

async function inTime<T>(answer: Promise<Answer<T>>): Promise<Answer<T>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Answer<T>>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, problem: NO_ANSWER_IN_TIME }), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

export class Task<W, T> {
  progress = $state.raw<Progress<W>>(IDLE);

  readonly #send: Send<W, T>;
  readonly #signedOut: () => void;
  readonly #done: (body: T, what: W) => void;

  constructor(
    send: Send<W, T>,
    signedOut: () => void,
    done: (body: T, what: W) => void = () => undefined,
  ) {
    this.#send = send;
    this.#signedOut = signedOut;
    this.#done = done;
  }

  get sending(): boolean {
    return this.progress.at === 'sending';
  }

  /** Asks; true when it was done, false when it was refused, is unknown, or another is in flight. */
  run(what: W): Promise<boolean> {
    return this.#go(press(this.progress, newKey(), what));
  }

  /** Asks again what is unknown, under the same key. */
  retry(): Promise<boolean> {
    return this.#go(again(this.progress));
  }

  /** The person has read it. What is in flight cannot be dismissed. */
  dismiss(): void {
    if (!this.sending) this.progress = IDLE;
  }

  async #go(attempt: Attempt<W> | null): Promise<boolean> {
    if (attempt === null) return false;
    this.progress = { at: 'sending', attempt };
    const answer = await inTime(this.#send(attempt.key, attempt.what));
    this.progress = settle(attempt, answer);
    if (answer.ok) {
      this.#done(answer.body, attempt.what);
      return true;
    }
    if (isSignedOut(answer.problem)) this.#signedOut();
    return false;
  }
}
